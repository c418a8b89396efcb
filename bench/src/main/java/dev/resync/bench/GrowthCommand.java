package dev.resync.bench;

import dev.resync.bench.growth.GrowthReport;
import dev.resync.bench.growth.GrowthTrial;
import dev.resync.cli.demo.RevalidationData;
import dev.resync.cli.exit.ExitCode;
import dev.resync.cli.output.Output;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures how the time of a run grows with the documents: {@code ./resync bench growth}. */
@Command(
        name = "growth",
        mixinStandardHelpOptions = true,
        description =
                "Measures a run and a restore with N documents and with several times as many, with and without what the"
                        + " embedded server's missing index ranges cost. Exit code 1 where time grows faster than documents.")
final class GrowthCommand implements Callable<Integer> {

    private static final int FEWEST_MEGABYTES = 1_024;
    private static final int MOST_TIMES = 100;

    @Option(
            names = "--documents",
            paramLabel = "N",
            defaultValue = "50000",
            description = "The smaller number of doctors, 1000 or more (default: ${DEFAULT-VALUE}).")
    private int documents;

    @Option(
            names = "--times",
            paramLabel = "T",
            defaultValue = "4",
            description = "How many times as many the larger number is (default: ${DEFAULT-VALUE}).")
    private int times;

    @Option(
            names = "--targets",
            paramLabel = "T",
            defaultValue = "1",
            description = "Number of targets, 1 or 2 (default: ${DEFAULT-VALUE}).")
    private int targets;

    @Option(
            names = "--chunk-documents",
            paramLabel = "D",
            description = "Documents of each collection in a chunk (default: what the plan says).")
    private Integer chunkDocuments;

    @Option(
            names = "--server-heap-mb",
            paramLabel = "MB",
            defaultValue = "15000",
            description = "Most heap of the embedded server, for both sizes (default: ${DEFAULT-VALUE}).")
    private int serverMegabytes;

    @Option(names = "--seed", defaultValue = "7", description = "Seed of the generator (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--plans",
            paramLabel = "DIR",
            defaultValue = "${sys:resync.home:-.}/plans",
            description = "Folder with revalidation.json.")
    private Path plans;

    @Mixin
    private Output output;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        BenchCommand.require("--times", times, 2, MOST_TIMES);
        BenchCommand.require(
                "--documents", documents, BenchCommand.FEWEST_DOCTORS, RevalidationData.MOST_DOCTORS / times);
        BenchCommand.require("--targets", targets, 1, 2);
        BenchCommand.require("--server-heap-mb", serverMegabytes, FEWEST_MEGABYTES, Integer.MAX_VALUE);
        GrowthTrial.Settings settings =
                new GrowthTrial.Settings(documents, times, targets, chunkDocuments, serverMegabytes, seed, plans);
        GrowthReport report = new GrowthTrial(settings, this::say).run();
        if (output.json()) {
            output.print(report);
        } else {
            output.print(report.text());
        }
        List<String> broken = report.broken();
        broken.forEach(line -> say("BROKEN " + line));
        return (broken.isEmpty() ? ExitCode.DONE : ExitCode.PROMISE_BROKEN).code();
    }

    private void say(String line) {
        spec.commandLine().getErr().println(line);
        spec.commandLine().getErr().flush();
    }
}

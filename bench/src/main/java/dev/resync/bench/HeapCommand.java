package dev.resync.bench;

import dev.resync.bench.heap.HeapReport;
import dev.resync.bench.heap.HeapTrial;
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

/** Shows what heap the functions need, and that it does not grow with the documents: {@code ./resync bench heap}. */
@Command(
        name = "heap",
        mixinStandardHelpOptions = true,
        description =
                "Runs and restores with all functions in a process with a small heap, and tells what they hold. Exit code"
                        + " 1 where it is not enough, or grows with the documents.")
final class HeapCommand implements Callable<Integer> {

    private static final int FEWEST_MEGABYTES = 32;
    private static final int MOST_MEGABYTES = 10_240;

    @Option(
            names = "--documents",
            paramLabel = "N",
            split = ",",
            defaultValue = "20000,50000",
            description = "Numbers of doctors, each 1000 or more (default: ${DEFAULT-VALUE}).")
    private List<Integer> documents;

    @Option(
            names = "--heap-mb",
            paramLabel = "MB",
            defaultValue = "128",
            description = "Most heap of the functions' process (default: ${DEFAULT-VALUE}).")
    private int heapMegabytes;

    @Option(
            names = "--chunk-documents",
            paramLabel = "D",
            description = "Documents of each collection in a chunk (default: what the plan says).")
    private Integer chunkDocuments;

    @Option(
            names = "--targets",
            paramLabel = "T",
            defaultValue = "2",
            description = "Number of targets, 1 or 2 (default: ${DEFAULT-VALUE}).")
    private int targets;

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
        documents.forEach(number -> BenchCommand.require(
                "--documents", number, BenchCommand.FEWEST_DOCTORS, RevalidationData.MOST_DOCTORS));
        BenchCommand.require("--heap-mb", heapMegabytes, FEWEST_MEGABYTES, MOST_MEGABYTES);
        BenchCommand.require("--targets", targets, 1, 2);
        HeapTrial.Settings settings = new HeapTrial.Settings(
                documents.stream().sorted().distinct().toList(), heapMegabytes, chunkDocuments, targets, seed, plans);
        HeapReport report = new HeapTrial(settings, this::say).run();
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

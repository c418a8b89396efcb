package dev.resync.bench;

import dev.resync.bench.data.OutputDiffers;
import dev.resync.bench.measure.Benchmark;
import dev.resync.bench.measure.Report;
import dev.resync.bench.measure.ReportText;
import dev.resync.bench.measure.Settings;
import dev.resync.bench.micro.MicroBenchmarks;
import dev.resync.bench.micro.MicroReport;
import dev.resync.cli.demo.RevalidationData;
import dev.resync.cli.exit.ExitCode;
import dev.resync.cli.exit.Failure;
import dev.resync.cli.output.Output;
import dev.resync.error.RequestInvalid;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** Measures Resync beside what people would use instead: {@code ./resync bench}. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        subcommands = {SimulateCommand.class, HeapCommand.class, GrowthCommand.class},
        description = "Measures Resync beside what people would use instead, on one server and the same documents.",
        footer = {"", "What the rows and ratios mean: docs/benchmark.md."})
public final class BenchCommand implements Callable<Integer> {

    /** With fewer the example's odd cases outweigh the gates of its plan. */
    static final int FEWEST_DOCTORS = 1_000;

    private static final int MOST_CONCURRENCY = 1000;
    private static final double MOST_MILLIS = 1000;

    @Option(
            names = "--documents",
            paramLabel = "N",
            defaultValue = "50000",
            description = "Doctors to generate, 1000 or more (default: ${DEFAULT-VALUE}).")
    private int documents;

    @Option(
            names = "--repeat",
            paramLabel = "R",
            defaultValue = "3",
            description = "How often each row is measured (default: ${DEFAULT-VALUE}).")
    private int repeat;

    @Option(
            names = "--round-trip-ms",
            paramLabel = "MS",
            defaultValue = "1",
            description = "What the proxy adds to each round trip, in milliseconds (default: ${DEFAULT-VALUE}).")
    private double roundTripMillis;

    @Option(
            names = "--mongo-uri",
            paramLabel = "URI",
            description =
                    "A server instead of the embedded one. Its databases revalidation, bench and resync are replaced.")
    private String mongoUri;

    @Option(
            names = "--targets",
            paramLabel = "T",
            split = ",",
            defaultValue = "1,2",
            description = "Numbers of targets to measure with, 1 or 2 (default: ${DEFAULT-VALUE}).")
    private List<Integer> targets;

    @Option(
            names = "--concurrency",
            paramLabel = "C",
            defaultValue = "4",
            description = "Chunks, batches or cursors at once (default: ${DEFAULT-VALUE}).")
    private int concurrency;

    @Option(
            names = "--chunk-documents",
            paramLabel = "D",
            description = "Documents of each collection in a chunk (default: what the plan says).")
    private Integer chunkDocuments;

    @Option(
            names = "--micro",
            description =
                    "Measure the hot parts alone, as ratios to decoding and to a bare digest; all other options but"
                            + " --json are left aside.")
    private boolean micro;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            defaultValue = "2000",
            description =
                    "Doctors of the unmeasured pass before, 1000 or more, 0 for none (default: ${DEFAULT-VALUE}).")
    private int warmUp;

    @Option(
            names = "--only",
            paramLabel = "NAME",
            split = ",",
            description = "Contenders to measure (default: all); ratios need both of their rows.")
    private List<String> only = List.of();

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

    /**
     * Runs the command and exits with an {@link ExitCode}.
     *
     * @param arguments as typed
     */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** Returns the command; errors are written by name, as the command line of the product does. */
    static CommandLine commandLine() {
        return new CommandLine(new BenchCommand()).setExecutionExceptionHandler(BenchCommand::report);
    }

    private static int report(Exception error, CommandLine command, ParseResult parsed) {
        if (error instanceof OutputDiffers) {
            command.getErr().println(error.getMessage());
            return ExitCode.PROMISE_BROKEN.code();
        }
        Failure failure = Failure.of(error);
        command.getErr().println(failure.name() + ": " + failure.message());
        if (failure.exitCode() == ExitCode.UNEXPECTED) {
            error.printStackTrace(command.getErr());
        }
        return failure.exitCode().code();
    }

    @Override
    public Integer call() {
        if (micro) {
            MicroReport report = MicroBenchmarks.run(MicroBenchmarks.Effort.USUAL);
            print(report, report.text());
        } else {
            requireSound();
            Report report = new Benchmark(settings(), this::say).run();
            print(report, ReportText.of(report));
        }
        return ExitCode.DONE.code();
    }

    private void say(String line) {
        spec.commandLine().getErr().println(line);
        spec.commandLine().getErr().flush();
    }

    private void print(Object report, List<String> text) {
        if (output.json()) {
            output.print(report);
        } else {
            output.print(text);
        }
    }

    private void requireSound() {
        require("--documents", documents, FEWEST_DOCTORS, RevalidationData.MOST_DOCTORS);
        if (warmUp != 0) {
            require("--warm-up", warmUp, FEWEST_DOCTORS, RevalidationData.MOST_DOCTORS);
        }
        require("--repeat", repeat, 1, Integer.MAX_VALUE);
        require("--concurrency", concurrency, 1, MOST_CONCURRENCY);
        targets.forEach(number -> require("--targets", number, 1, 2));
        if (!(roundTripMillis >= 0 && roundTripMillis <= MOST_MILLIS)) {
            throw new RequestInvalid("--round-trip-ms is " + roundTripMillis + "; expected 0 to " + MOST_MILLIS + ".");
        }
        only.stream()
                .filter(name -> !Benchmark.contenders().contains(name))
                .findFirst()
                .ifPresent(unknown -> {
                    throw new RequestInvalid(
                            "--only names " + unknown + "; expected some of " + Benchmark.contenders() + ".");
                });
    }

    private Settings settings() {
        return new Settings(
                documents,
                seed,
                repeat,
                Duration.ofNanos(Math.round(roundTripMillis * 1e6)),
                mongoUri,
                plans,
                targets.stream().distinct().sorted().toList(),
                concurrency,
                chunkDocuments,
                only,
                warmUp);
    }

    static void require(String option, int value, int fewest, int most) {
        if (value < fewest || value > most) {
            throw new RequestInvalid(option + " is " + value + "; expected " + fewest + " to " + most + ".");
        }
    }
}

package dev.resync.cli.demo;

import dev.resync.cli.exit.ExitCode;
import dev.resync.cli.local.DatabaseProcess;
import dev.resync.cli.output.Output;
import dev.resync.cli.progress.ProgressStyle;
import dev.resync.cli.run.Shown;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows the main job on the embedded database: dry run, real run, a stopped run, a restore; each ending checked by hash. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "Dry run, real run, stopped run and restore of the revalidation example on an embedded database.")
public final class DemoCommand implements Callable<Integer> {

    private static final int FEWEST_DOCTORS = 1_000;
    private static final int FEWEST_MEGABYTES = 2048;
    private static final int DOCTORS_A_MEGABYTE = 10;

    @Option(
            names = "--doctors",
            defaultValue = "20000",
            description = "Doctors to generate, 1000 or more (default: ${DEFAULT-VALUE}).")
    private int doctors;

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
        if (doctors < FEWEST_DOCTORS || doctors > RevalidationData.MOST_DOCTORS) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--doctors is " + doctors + "; expected " + FEWEST_DOCTORS + " to " + RevalidationData.MOST_DOCTORS
                            + ": below, the rare cases weigh so heavily that the gates refuse the run.");
        }
        try (DatabaseProcess database =
                        new DatabaseProcess(spec.root().userObject().getClass(), databaseHeap());
                Demo demo = new Demo(
                        database.uri(),
                        plans,
                        new Shown("plans/revalidation.json", database.uri(), "--environment local"),
                        doctors,
                        seed,
                        ProgressStyle.of(Demo.ENVIRONMENT, output.json()),
                        output.json() ? line -> {} : line -> output.print(List.of(line)))) {
            DemoResult result = demo.play();
            if (output.json()) {
                output.print(result);
            }
            return (result.kept() ? ExitCode.DONE : ExitCode.PROMISE_BROKEN).code();
        }
    }

    /** All collections of a doctor, with snapshots, staging and shadows, and as much again for garbage. */
    private int databaseHeap() {
        return Math.max(FEWEST_MEGABYTES, doctors / DOCTORS_A_MEGABYTE);
    }
}

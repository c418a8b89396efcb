package dev.resync.bench;

import dev.resync.bench.simulation.Simulation;
import dev.resync.bench.simulation.SimulationReport;
import dev.resync.cli.exit.ExitCode;
import dev.resync.cli.output.Output;
import dev.resync.error.RequestInvalid;
import dev.resync.estimate.Quotas;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Counts what the state machines come to at their limits: {@code ./resync bench simulate}. */
@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        description =
                "Runs the state machines in virtual time with stubs for functions, and holds what they come to against"
                        + " the quotas of AWS. Exit code 1 where one is broken.")
final class SimulateCommand implements Callable<Integer> {

    /** Beyond the quota, so that a broken one can be seen. */
    private static final int MOST_ITEMS = 2 * Quotas.MAP_CHILDREN;

    @Option(
            names = "--items",
            paramLabel = "N",
            defaultValue = "10000",
            description = "Chunks in each map, 1 or more (default: ${DEFAULT-VALUE}).")
    private int items;

    @Option(
            names = "--concurrency",
            paramLabel = "C",
            defaultValue = "1000",
            description = "Functions at once (default: ${DEFAULT-VALUE}).")
    private int concurrency;

    @Option(
            names = "--faults",
            paramLabel = "SHARE",
            split = ",",
            defaultValue = "0,0.05",
            description = "Shares of the calls that fail with transient errors, 0 to 1; a run with each (default:"
                    + " ${DEFAULT-VALUE}).")
    private List<Double> faults;

    @Option(names = "--seed", defaultValue = "7", description = "Seed of times and faults (default: ${DEFAULT-VALUE}).")
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
        BenchCommand.require("--items", items, 1, MOST_ITEMS);
        BenchCommand.require("--concurrency", concurrency, 1, Quotas.LAMBDA_CONCURRENCY);
        faults.forEach(share -> {
            if (!(share >= 0 && share <= 1)) {
                throw new RequestInvalid("--faults is " + share + "; expected 0 to 1.");
            }
        });
        SimulationReport report =
                new Simulation(new Simulation.Settings(items, concurrency, faults, seed, plans), this::say).run();
        if (output.json()) {
            output.print(report);
        } else {
            output.print(report.text());
        }
        report.passes().forEach(pass -> pass.checks().stream()
                .filter(check -> !check.kept())
                .forEach(broken -> say("BROKEN " + pass.counted().machine() + ": " + broken.quota() + " is "
                        + broken.value() + "; allowed is " + broken.limit())));
        return (report.kept() ? ExitCode.DONE : ExitCode.PROMISE_BROKEN).code();
    }

    private void say(String line) {
        spec.commandLine().getErr().println(line);
        spec.commandLine().getErr().flush();
    }
}

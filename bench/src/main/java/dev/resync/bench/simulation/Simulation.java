package dev.resync.bench.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.bench.process.JvmWatch;
import dev.resync.cli.local.MachineFile;
import dev.resync.engine.Engine;
import dev.resync.engine.ExecutionDescription;
import dev.resync.engine.ExecutionStatus;
import dev.resync.engine.MapRunDescription;
import dev.resync.engine.StateMachine;
import dev.resync.engine.VirtualTime;
import dev.resync.estimate.ExecutionShape;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Runs the state machines as they are deployed, with all the chunks that a map takes and as many functions at once as an account
 * has, in virtual time and with stubs for functions, and counts what Step Functions has quotas for.
 */
public final class Simulation {

    private static final String MACHINE = "arn:aws:states:eu-west-2:000000000000:stateMachine:";
    private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");
    private static final Duration AT_MOST = Duration.ofHours(1);
    private static final long MEBIBYTE = 1 << 20;

    private final Settings settings;
    private final Consumer<String> progress;

    /**
     * What is to be simulated.
     *
     * @param items chunks of each map, 1 or more
     * @param concurrency chunks at once, 1 to 1,000
     * @param faults shares of the calls that fail, 0 to 1 each; every machine is run with each
     * @param seed of times and faults
     * @param plans folder of the plans
     */
    public record Settings(int items, int concurrency, List<Double> faults, long seed, Path plans) {

        public Settings {
            faults = List.copyOf(faults);
        }
    }

    /** @param progress told what is being done, line by line */
    public Simulation(Settings settings, Consumer<String> progress) {
        this.settings = settings;
        this.progress = progress;
    }

    /** Runs all. */
    public SimulationReport run() {
        progress.accept("listening to a small run and a restore");
        RecordedAnswers recorded = RecordedAnswers.of(settings.plans());
        JvmWatch watch = new JvmWatch();
        List<SimulationReport.Pass> passes = new ArrayList<>();
        for (SimulatedMachine machine : SimulatedMachine.values()) {
            for (double faults : settings.faults()) {
                progress.accept(String.format(
                        Locale.ROOT,
                        "%s: %,d chunks a map, %,d at once, %.0f %% of the calls fail",
                        machine.file(),
                        settings.items(),
                        settings.concurrency(),
                        faults * 100));
                watch.begin();
                long begun = System.nanoTime();
                Counted counted = counted(machine, recorded, faults);
                double seconds = (System.nanoTime() - begun) / 1e9;
                passes.add(new SimulationReport.Pass(
                        faults,
                        counted,
                        QuotaCheck.of(counted, settings.concurrency()),
                        seconds,
                        (double) watch.figures().peakLiveBytes() / MEBIBYTE));
            }
        }
        return new SimulationReport(settings.items(), settings.concurrency(), passes);
    }

    private Counted counted(SimulatedMachine machine, RecordedAnswers recorded, double faults) {
        VirtualTime time = VirtualTime.automatic(START);
        StubFunctions functions = new StubFunctions(
                time, recorded.scaled(machine, settings.items(), settings.concurrency()), faults, settings.seed());
        OpenChildren children = new OpenChildren();
        Random jitter = new Random(settings.seed());
        AtomicLong ids = new AtomicLong();
        try (Engine engine = Engine.builder(functions)
                .scheduler(time)
                .random(() -> nextDouble(jitter))
                .ids(() -> String.format(Locale.ROOT, "00000000-0000-0000-0000-%012d", ids.incrementAndGet()))
                // One more than allowed, so that one too many would be seen.
                .concurrentCalls(settings.concurrency() + 1)
                .mostChildren(Math.max(1, settings.items()))
                .onStatusChange(children::onStatusChange)
                .build()) {
            StateMachine definition = MachineFile.load(machine.file(), MACHINE + machine.file(), StubFunctions.ARN);
            engine.register(definition);
            String execution = engine.startExecution(definition.arn(), "simulated", recorded.request(machine));
            ExecutionDescription ended = engine.awaitExecution(execution, AT_MOST);
            time.awaitIdle(AT_MOST);
            return count(machine, engine, ended, functions, children);
        }
    }

    private static double nextDouble(Random random) {
        synchronized (random) {
            return random.nextDouble();
        }
    }

    private Counted count(
            SimulatedMachine machine,
            Engine engine,
            ExecutionDescription root,
            StubFunctions functions,
            OpenChildren open) {
        Payloads payloads = new Payloads();
        HistoryCount own = new HistoryCount(payloads);
        own.count(engine.getExecutionHistory(root.executionArn()));
        HistoryCount ofChildren = new HistoryCount(payloads);
        long executions = 1;
        long mostRetries = 0;
        int longest = 0;
        for (MapRunDescription map : engine.listMapRuns(root.executionArn())) {
            List<ExecutionDescription> children = engine.listMapRunExecutions(map.mapRunArn());
            executions += children.size();
            for (ExecutionDescription child : children) {
                var history = engine.getExecutionHistory(child.executionArn());
                mostRetries = Math.max(mostRetries, ofChildren.count(history));
                longest = Math.max(longest, history.size());
            }
            payloads.take(resultBytes(children), "result of " + map.mapRunArn().replaceAll(".*/|:.*", ""));
        }
        return new Counted(
                machine.file(),
                root.status() == ExecutionStatus.FAILED
                        ? "FAILED: " + root.error() + ", " + root.cause()
                        : root.status().name(),
                own.maps().size(),
                executions,
                own.maps().stream().mapToLong(Long::longValue).max().orElse(0),
                open.most(),
                functions.mostAtWork(),
                own.entered() + ofChildren.entered(),
                own.entered() + ofChildren.entered() + own.retries() + ofChildren.retries(),
                functions.calls(),
                functions.failed(),
                own.retries(),
                mostRetries,
                (int) own.events(),
                longest,
                own.events() + ofChildren.events(),
                payloads.largest(),
                payloads.where(),
                root.stopDate() == null
                        ? 0
                        : Duration.between(root.startDate(), root.stopDate()).toMillis() / 1e3,
                machine == SimulatedMachine.RESYNC ? ExecutionShape.of(false, false, executions - 1) : null);
    }

    /** Bytes of the list of all that the children put out, which the map has as its result. */
    private static long resultBytes(List<ExecutionDescription> children) {
        long bytes = 1 + Math.max(1, children.size());
        for (ExecutionDescription child : children) {
            JsonNode output = child.output();
            bytes += output == null ? 0 : Payloads.bytes(output);
        }
        return bytes;
    }

    /** Counts the children of maps that are open at once. Events come one after another. */
    private static final class OpenChildren {
        private long open;
        private long most;

        synchronized void onStatusChange(JsonNode event) {
            JsonNode detail = event.get("detail");
            if (detail.get("stateMachineArn").asText().contains("/")) {
                boolean running = detail.get("status").asText().equals(ExecutionStatus.RUNNING.name());
                open += running ? 1 : -1;
                most = Math.max(most, open);
            }
        }

        synchronized long most() {
            return most;
        }
    }
}

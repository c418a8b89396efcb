package dev.resync.bench.heap;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.bench.contender.Ground;
import dev.resync.bench.contender.Requests;
import dev.resync.bench.data.BenchPlan;
import dev.resync.bench.data.Wanted;
import dev.resync.bench.link.Link;
import dev.resync.bench.process.ChildProcess;
import dev.resync.bench.process.DatabaseMain;
import dev.resync.cli.demo.RevalidationData;
import dev.resync.cli.demo.Seeding;
import dev.resync.cli.local.ExecutionLeases;
import dev.resync.cli.local.LocalPlatform;
import dev.resync.cli.local.PlatformHooks;
import dev.resync.engine.ExecutionDescription;
import dev.resync.engine.ExecutionStatus;
import dev.resync.engine.FunctionError;
import dev.resync.engine.RealTime;
import dev.resync.store.ControlJson;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Runs and restores whole, by the state machines, with all functions in one process that has as little heap as a small function of
 * Lambda, one call at a time as a function has it, and the database in another.
 */
public final class HeapTrial {

    private static final int FEWEST_MEGABYTES = 2048;
    private static final int DOCTORS_A_MEGABYTE = 20;
    private static final long MEGABYTE = 1 << 20;
    private static final Duration AT_MOST = Duration.ofHours(6);

    private final Settings settings;
    private final Consumer<String> progress;

    /**
     * What is to be tried.
     *
     * @param doctors numbers of doctors, ascending; at least one
     * @param heapMegabytes most heap of the functions' process
     * @param chunkDocuments documents of each collection in a chunk; null for what the plan says
     * @param targets number of the plan's targets, 1 or 2
     * @param seed of the generator
     * @param plans folder of the plans
     */
    public record Settings(
            List<Integer> doctors, int heapMegabytes, Integer chunkDocuments, int targets, long seed, Path plans) {

        public Settings {
            doctors = List.copyOf(doctors);
        }
    }

    /** @param progress told what is being done, line by line */
    public HeapTrial(Settings settings, Consumer<String> progress) {
        this.settings = settings;
        this.progress = progress;
    }

    /** Tries all numbers of doctors. */
    public HeapReport run() {
        BenchPlan plan = BenchPlan.of(settings.plans(), settings.targets());
        int chunkDocuments =
                settings.chunkDocuments() == null ? plan.plan().chunkDocuments() : settings.chunkDocuments();
        List<HeapReport.Size> sizes = new ArrayList<>();
        for (int doctors : settings.doctors()) {
            progress.accept(String.format(
                    Locale.ROOT,
                    "%,d doctors, chunks of %,d documents, -Xmx%dm",
                    doctors,
                    chunkDocuments,
                    settings.heapMegabytes()));
            sizes.add(tried(plan, doctors, chunkDocuments));
        }
        return new HeapReport(settings.heapMegabytes(), chunkDocuments, settings.targets(), sizes);
    }

    private HeapReport.Size tried(BenchPlan plan, int doctors, int chunkDocuments) {
        int serverMegabytes = Math.max(FEWEST_MEGABYTES, doctors / DOCTORS_A_MEGABYTE);
        try (ChildProcess database = DatabaseMain.start(serverMegabytes);
                Link link = Link.open(Link.BARE, database.address())) {
            new Seeding(link.client()).load(new RevalidationData(doctors, settings.seed(), RevalidationData.AS_OF));
            try (ChildProcess functions = new ChildProcess(
                    FunctionsMain.class,
                    settings.heapMegabytes(),
                    database.address(),
                    settings.plans().toString(),
                    Integer.toString(settings.targets()))) {
                Ground ground =
                        new Ground(plan, List.of(), new Wanted(Map.of(), Map.of()), Map.of(), 1, chunkDocuments, link);
                Calls calls = new Calls(functions);
                String failure = ended(ground, calls);
                return new HeapReport.Size(doctors, calls.byFunction(), failure);
            }
        }
    }

    /** Returns why run or restore did not succeed; null where both did. */
    private static String ended(Ground ground, Calls calls) {
        Requests requests = new Requests(ground);
        try (LocalPlatform platform = new LocalPlatform(
                ground.bare().client(),
                ExecutionLeases.ALONE,
                ground.plans(),
                requests.environment(),
                new RealTime(),
                new SecureRandom(),
                Requests.NO_COMMANDS,
                PlatformHooks.NONE.withCalls((function, payload, call) -> calls.call(function, payload)))) {
            ExecutionDescription run = platform.await(platform.startResync(null, requests.execute()), AT_MOST);
            if (run.status() != ExecutionStatus.SUCCEEDED) {
                return failure("the run", run, calls);
            }
            String snapshot = platform.context()
                    .runs()
                    .findByExecution(run.executionArn())
                    .orElseThrow()
                    .snapshot();
            ExecutionDescription restore =
                    platform.await(platform.startRestore(null, requests.restore(snapshot)), AT_MOST);
            return restore.status() == ExecutionStatus.SUCCEEDED ? null : failure("the restore", restore, calls);
        }
    }

    private static String failure(String what, ExecutionDescription ended, Calls calls) {
        return what + " ended " + ended.status() + " in " + calls.last() + ": " + ended.error() + ", " + ended.cause();
    }

    /** Hands the calls on to the process of the functions, and keeps what they held. */
    private static final class Calls {
        private final ChildProcess functions;
        private final Map<String, HeapReport.Function> byFunction = new TreeMap<>();
        private String last = "";

        Calls(ChildProcess functions) {
            this.functions = functions;
        }

        synchronized JsonNode call(String function, JsonNode payload) throws FunctionError {
            last = function;
            JsonNode told = parsed(functions.ask(function + " " + payload));
            long live = told.get(FunctionsMain.LIVE_BYTES).asLong();
            byFunction.merge(function, new HeapReport.Function(1, (double) live / MEGABYTE), HeapReport.Function::plus);
            if (told.has(FunctionsMain.ERROR)) {
                throw new FunctionError(
                        told.get(FunctionsMain.ERROR).asText(),
                        told.get(FunctionsMain.MESSAGE).asText());
            }
            return told.get(FunctionsMain.ANSWER);
        }

        private static JsonNode parsed(String line) {
            try {
                return ControlJson.mapper().readTree(line);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("the functions' process told something else: " + line, e);
            }
        }

        synchronized Map<String, HeapReport.Function> byFunction() {
            return Map.copyOf(byFunction);
        }

        synchronized String last() {
            return last;
        }
    }
}

package dev.resync.bench.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resync.bench.contender.Ground;
import dev.resync.bench.contender.Requests;
import dev.resync.bench.data.BenchPlan;
import dev.resync.bench.data.Wanted;
import dev.resync.bench.link.Link;
import dev.resync.cli.demo.RevalidationData;
import dev.resync.cli.demo.Seeding;
import dev.resync.cli.local.EmbeddedDatabase;
import dev.resync.cli.local.ExecutionLeases;
import dev.resync.cli.local.LocalPlatform;
import dev.resync.cli.local.PlatformHooks;
import dev.resync.engine.ExecutionDescription;
import dev.resync.engine.ExecutionStatus;
import dev.resync.engine.RealTime;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the real functions answered in a small run and a restore, so that stubs answer in their shape and size whatever functions
 * there are.
 *
 * @param resync last answer of each function of a real run, by function
 * @param restore last answer of each function of a restore, by function
 * @param requests what was asked for, by machine
 */
record RecordedAnswers(
        Map<String, JsonNode> resync, Map<String, JsonNode> restore, Map<SimulatedMachine, JsonNode> requests) {

    private static final int DOCTORS = 1_000;
    private static final int TARGETS = 2;
    private static final int CONCURRENCY = 4;
    private static final long SEED = 7;
    private static final Duration AT_MOST = Duration.ofMinutes(5);

    /** Functions whose answer says how large the run is. */
    private static final String ADMIT = "admit";

    private static final String PLAN_CHUNKS = "plan-chunks";

    /**
     * Makes both and listens.
     *
     * @param plans folder of the plans
     */
    static RecordedAnswers of(Path plans) {
        BenchPlan plan = BenchPlan.of(plans, TARGETS);
        try (EmbeddedDatabase database = new EmbeddedDatabase(0);
                Link link = Link.open(Link.BARE, database.uri())) {
            new Seeding(link.client()).load(new RevalidationData(DOCTORS, SEED, RevalidationData.AS_OF));
            Ground ground = new Ground(
                    plan,
                    List.of(),
                    new Wanted(Map.of(), Map.of()),
                    Map.of(),
                    CONCURRENCY,
                    plan.plan().chunkDocuments(),
                    link);
            return recorded(link, plan, new Requests(ground));
        }
    }

    private static RecordedAnswers recorded(Link link, BenchPlan plan, Requests requests) {
        Map<String, JsonNode> answers = new ConcurrentHashMap<>();
        try (LocalPlatform platform = new LocalPlatform(
                link.client(),
                ExecutionLeases.ALONE,
                plan,
                requests.environment(),
                new RealTime(),
                new SecureRandom(),
                Requests.NO_COMMANDS,
                PlatformHooks.NONE.withCalls((function, payload, call) -> {
                    JsonNode answer = call.get();
                    answers.put(function, answer);
                    return answer;
                }))) {
            ObjectNode execute = requests.execute();
            String run = succeeded(platform, platform.startResync(null, execute));
            Map<String, JsonNode> resync = Map.copyOf(answers);
            answers.clear();
            ObjectNode back = requests.restore(
                    platform.context().runs().findByExecution(run).orElseThrow().snapshot());
            succeeded(platform, platform.startRestore(null, back));
            return new RecordedAnswers(
                    resync,
                    Map.copyOf(answers),
                    Map.of(SimulatedMachine.RESYNC, execute, SimulatedMachine.RESTORE, back));
        }
    }

    private static String succeeded(LocalPlatform platform, String execution) {
        ExecutionDescription ended = platform.await(execution, AT_MOST);
        if (ended.status() != ExecutionStatus.SUCCEEDED) {
            throw new IllegalStateException("the run that is listened to ended " + ended.status() + ": " + ended.error()
                    + ", " + ended.cause());
        }
        return execution;
    }

    /** Returns the request that starts a machine. */
    JsonNode request(SimulatedMachine machine) {
        return requests.get(machine);
    }

    /**
     * Returns the answers as those of a run with so many chunks in each map that has any.
     *
     * @param items chunks of each map, 1 or more
     * @param concurrency chunks at once
     */
    Map<String, JsonNode> scaled(SimulatedMachine machine, int items, int concurrency) {
        Map<String, JsonNode> scaled = new ConcurrentHashMap<>(machine == SimulatedMachine.RESYNC ? resync : restore);
        ObjectNode admitted = scaled.get(ADMIT).deepCopy();
        admitted.put("concurrency", concurrency);
        scaled.put(ADMIT, admitted);
        ObjectNode chunks = scaled.get(PLAN_CHUNKS).deepCopy();
        chunks.properties().forEach(count -> {
            if (count.getValue().asInt() > 0) {
                count.setValue(IntNode.valueOf(items));
            }
        });
        scaled.put(PLAN_CHUNKS, chunks);
        return scaled;
    }
}

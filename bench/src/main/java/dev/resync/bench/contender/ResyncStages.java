package dev.resync.bench.contender;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resync.bench.link.Link;
import dev.resync.bench.measure.Recorder;
import dev.resync.pace.SystemTime;
import dev.resync.plan.TargetPlan;
import dev.resync.run.RunMode;
import dev.resync.stage.StageContext;
import dev.resync.stage.Stages;
import dev.resync.store.Checkpoints;
import dev.resync.store.ControlJson;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** Each stage of Resync alone, called as the state machines call it, but without their engine; then the way back. */
public final class ResyncStages implements Contender {

    public static final String SNAPSHOT = "snapshot";
    public static final String SYNC = "sync";
    public static final String MAP = "map";
    public static final String SYNC_AND_MAP = "sync-and-map";
    public static final String VERIFY = "verify";
    public static final String CUT_OVER = "cut-over";
    public static final String RESTORE = "restore";

    @Override
    public String name() {
        return "resync-stages";
    }

    @Override
    public boolean readsRanges() {
        return true;
    }

    @Override
    public void run(Ground ground, Link link, Recorder recorder) {
        ground.dropRuns();
        try (Parallel parallel = new Parallel(ground.concurrency())) {
            Requests requests = new Requests(ground);
            StageContext context = StageContext.of(
                    link.store(),
                    ground.plans(),
                    requests.environment(),
                    "bench",
                    new RunningExecutions(),
                    Clock.systemUTC(),
                    new SystemTime(),
                    new SecureRandom(),
                    Requests.NO_COMMANDS,
                    Checkpoints.NONE);
            Stages stages = new Stages(context);
            Calls run = Calls.admit(stages, parallel, requests.execute(), RunMode.EXECUTE);
            forward(run, recorder);
            ground.require(name(), TargetPlan::namespace, ground.wanted().hashes());
            String snapshot = context.runs().require(run.runId()).snapshot();
            back(Calls.admit(stages, parallel, requests.restore(snapshot), RunMode.RESTORE), recorder);
            ground.require(RESTORE, TargetPlan::namespace, ground.before());
        }
        ground.dropRuns();
    }

    private static void forward(Calls run, Recorder recorder) {
        JsonNode chunks = run.call("plan-chunks");
        recorder.measure(SNAPSHOT, () -> {
            run.chunks("snapshot-chunk", chunks.get("snapshot").asInt());
            run.seal("seal-snapshot");
        });
        recorder.measure(SYNC, () -> {
            run.chunks("sync-chunk", chunks.get("sync").asInt());
            run.seal("seal-staging");
        });
        recorder.measure(MAP, () -> {
            run.chunks("map-chunk", chunks.get("map").asInt());
            run.seal("seal-shadow");
        });
        recorder.sum(SYNC_AND_MAP, SYNC, MAP);
        recorder.measure(VERIFY, () -> run.call("verify"));
        recorder.measure(CUT_OVER, () -> {
            run.call("pre-cut-over");
            run.call("cut-over");
        });
        run.call("finish");
    }

    private static void back(Calls run, Recorder recorder) {
        JsonNode chunks = run.call("plan-chunks");
        run.chunks("snapshot-chunk", chunks.get("snapshot").asInt());
        run.seal("seal-snapshot");
        recorder.measure(RESTORE, () -> {
            run.chunks("restore-chunk", chunks.get("restore").asInt());
            run.seal("seal-shadow");
            run.call("verify");
            run.call("pre-cut-over");
            run.call("cut-over");
        });
        run.call("finish");
    }

    /** The calls of one run. */
    private record Calls(Stages stages, Parallel parallel, String runId, long epoch) {

        static Calls admit(Stages stages, Parallel parallel, ObjectNode request, RunMode mode) {
            ObjectNode input = ControlJson.mapper().createObjectNode();
            input.putArray("accepts").add(mode.name());
            input.set("request", request);
            input.put("execution", "bench:" + UUID.randomUUID());
            input.put("startedAt", Clock.systemUTC().instant().toString());
            JsonNode admitted = stages.call("admit", input);
            return new Calls(
                    stages,
                    parallel,
                    admitted.get("runId").asText(),
                    admitted.get("epoch").asLong());
        }

        private ObjectNode input() {
            return ControlJson.mapper().createObjectNode().put("runId", runId).put("epoch", epoch);
        }

        JsonNode call(String function) {
            return stages.call(function, input());
        }

        void chunks(String function, int chunks) {
            List<Runnable> calls = IntStream.range(0, chunks)
                    .<Runnable>mapToObj(index -> () -> stages.call(function, input().put("index", index)))
                    .toList();
            parallel.run(calls);
        }

        void seal(String function) {
            if (!call(function).get("sealed").asBoolean()) {
                throw new IllegalStateException(
                        function + " sends chunks back: somebody else writes to the benchmark's database");
            }
        }
    }
}

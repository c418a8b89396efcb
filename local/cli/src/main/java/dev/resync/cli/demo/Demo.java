package dev.resync.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.resync.cli.demo.DemoResult.Check;
import dev.resync.cli.local.FunctionCalls;
import dev.resync.cli.local.LocalPlatform;
import dev.resync.engine.ExecutionDescription;
import dev.resync.engine.ExecutionStatus;
import dev.resync.engine.RealTime;
import dev.resync.hash.ContentHash;
import dev.resync.hash.HashSum;
import dev.resync.plan.PlanDirectory;
import dev.resync.plan.PlanReader;
import dev.resync.run.Environment;
import dev.resync.run.Run;
import dev.resync.run.RunState;
import dev.resync.store.Checkpoints;
import dev.resync.store.ControlJson;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.bson.RawBsonDocument;

/** Plays the four acts of the demo. Each act says what it promises, and checks it against the database itself. */
final class Demo implements AutoCloseable {

    /** All dates of the example lie around this moment, so that a seed always gives the same data. */
    private static final Instant AS_OF = Instant.parse("2026-06-15T09:00:00Z");

    private static final Duration BOUND = Duration.ofHours(2);
    private static final int CONCURRENCY = 4;
    private final MongoClient client;
    private final LocalPlatform platform;
    private final RevalidationData data;
    private final Consumer<String> out;
    private final AtomicReference<FunctionCalls> calls = new AtomicReference<>(FunctionCalls.PLAIN);
    private final List<JsonNode> receipts = new ArrayList<>();
    private final List<Check> checks = new ArrayList<>();

    Demo(String uri, Path plans, int doctors, long seed, Consumer<String> out) {
        this.out = out;
        data = new RevalidationData(doctors, seed, AS_OF);
        client = MongoClients.create(uri);
        platform = new LocalPlatform(
                uri,
                new PlanDirectory(plans, new PlanReader()),
                new Environment("local", "green", "local", false, CONCURRENCY),
                new RealTime(),
                new SecureRandom(),
                Checkpoints.NONE,
                (function, payload, call) -> calls.get().around(function, payload, call),
                transition -> {});
    }

    DemoResult play() {
        out.accept("[local, green] seeding sources and an older live view of " + data.doctors() + " doctors");
        new Seeding(client).load(data);
        Map<String, ContentHash> old = live();

        Run dryRun = run("1. Dry run", platform.startResync(null, request("DRY_RUN")));
        check("a dry run ends UNTOUCHED", "UNTOUCHED", ending(dryRun));
        check("a dry run leaves live as it was", old, live());

        Run real = run("2. Real run", platform.startResync(null, confirmed(dryRun)));
        Map<String, ContentHash> published = live();
        check("a real run ends CUT_OVER", "CUT_OVER", ending(real));
        check("live is what was verified", shadows(real), published);

        new Seeding(client).advance(data.inGeneration(2));
        Run second = run("   (dry run after the sources changed)", platform.startResync(null, request("DRY_RUN")));
        receipts.remove(receipts.size() - 1);
        Run stopped = run("3. Real run, stopped in the middle of MapChunks", stoppedRun(second));
        check("a stopped run ends UNTOUCHED", "UNTOUCHED", ending(stopped));
        check("a stopped run leaves live as it was", published, live());

        Run restored = run("4. Restore of the first real run's snapshot", platform.startRestore(null, restore(real)));
        check("a restore ends RESTORED", "RESTORED", ending(restored));
        check("live is the older view again", old, live());
        return new DemoResult(receipts, checks);
    }

    private Run run(String act, String execution) {
        ExecutionDescription description = platform.await(execution, BOUND);
        Run run = ended(execution);
        receipts.add(run.receipt());
        out.accept("");
        out.accept(act + ": " + run.id());
        run.receipt().path("targets").properties().forEach(target -> {
            JsonNode account = target.getValue();
            out.accept(String.format(
                    "   %-20s %,9d before %,9d after: %,d added, %,d changed, %,d removed, %,d unchanged",
                    target.getKey(),
                    account.path("before").asLong(),
                    account.path("after").asLong(),
                    account.path("added").asLong(),
                    account.path("changed").asLong(),
                    account.path("removed").asLong(),
                    account.path("unchanged").asLong()));
        });
        run.receipt()
                .path("stages")
                .forEach(stage -> out.accept(String.format(
                        "   %-20s %,9d documents in %,d chunks, %.1f s",
                        stage.path("name").asText(),
                        stage.path("documents").asLong(),
                        stage.path("chunks").asLong(),
                        stage.path("seconds").asDouble())));
        out.accept("   execution " + description.status() + ", run ended " + ending(run)
                + (run.error() == null ? "" : " (" + run.error().name() + ")"));
        return run;
    }

    /** A stopped run is closed by the restore state machine, a moment after the execution has ended. */
    private Run ended(String execution) {
        Run run = platform.context().runs().findByExecution(execution).orElseThrow();
        Instant bound = Instant.now().plus(BOUND);
        while (run.state() != RunState.CLOSED && Instant.now().isBefore(bound)) {
            platform.engine()
                    .listExecutions(platform.restoreMachine())
                    .forEach(restore -> platform.await(restore.executionArn(), BOUND));
            run = platform.context().runs().findByExecution(execution).orElseThrow();
        }
        return run;
    }

    private String stoppedRun(Run dryRun) {
        calls.set((function, payload, call) -> {
            JsonNode answer = call.get();
            if (function.equals("map-chunk")) {
                platform.engine().listExecutions(platform.resyncMachine()).stream()
                        .filter(execution -> execution.status() == ExecutionStatus.RUNNING)
                        .forEach(execution ->
                                platform.engine().stopExecution(execution.executionArn(), "Demo.Stopped", "the demo"));
            }
            return answer;
        });
        String execution = platform.startResync(null, confirmed(dryRun));
        platform.await(execution, BOUND);
        calls.set(FunctionCalls.PLAIN);
        return execution;
    }

    /** The embedded server scans a whole collection for each range, so that few large chunks suit it. */
    private ObjectNode request(String mode) {
        return ControlJson.mapper()
                .createObjectNode()
                .put("environment", "local")
                .put("plan", "revalidation")
                .put("mode", mode)
                .put("requestedBy", "demo")
                .put("reason", "to show what a run does")
                .put("chunkDocuments", data.doctors());
    }

    private ObjectNode confirmed(Run dryRun) {
        return request("EXECUTE").put("confirm", dryRun.confirm().token());
    }

    private ObjectNode restore(Run run) {
        return ControlJson.mapper()
                .createObjectNode()
                .put("environment", "local")
                .put("snapshot", run.snapshot())
                .put("requestedBy", "demo")
                .put("reason", "to show the way back")
                .put("chunkDocuments", data.doctors());
    }

    private Map<String, ContentHash> live() {
        Map<String, ContentHash> hashes = new TreeMap<>();
        for (RevalidationCollection target : RevalidationCollection.targets()) {
            HashSum sum = new HashSum();
            for (RawBsonDocument document : client.getDatabase(RevalidationData.DATABASE)
                    .getCollection(target.collectionName(), RawBsonDocument.class)
                    .find()) {
                sum.add(document);
            }
            hashes.put(target.collectionName(), sum.toContentHash());
        }
        return hashes;
    }

    private static Map<String, ContentHash> shadows(Run run) {
        return run.verdict() == null ? Map.of() : new TreeMap<>(run.verdict().shadows());
    }

    private static String ending(Run run) {
        return String.valueOf(run.ending());
    }

    private void check(String promise, Object expected, Object found) {
        boolean held = expected.equals(found);
        checks.add(new Check(promise, expected.toString(), found.toString(), held));
        out.accept((held ? "   kept:   " : "   BROKEN: ") + promise);
    }

    @Override
    public void close() {
        platform.close();
        client.close();
    }
}

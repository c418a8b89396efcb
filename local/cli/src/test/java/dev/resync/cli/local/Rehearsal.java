package dev.resync.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mongodb.MongoNamespace;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import dev.resync.chunk.SourceAccount;
import dev.resync.cli.demo.RevalidationData;
import dev.resync.cli.demo.Seeding;
import dev.resync.cli.output.ReceiptSchema;
import dev.resync.cli.run.Shown;
import dev.resync.cli.run.ShownCommands;
import dev.resync.engine.Engine;
import dev.resync.engine.ExecutionDescription;
import dev.resync.engine.ExecutionStatus;
import dev.resync.engine.TransitionListener;
import dev.resync.engine.VirtualTime;
import dev.resync.environment.Colour;
import dev.resync.environment.Environment;
import dev.resync.environment.EnvironmentReader;
import dev.resync.hash.ContentHash;
import dev.resync.hash.HashSum;
import dev.resync.plan.PlanDirectory;
import dev.resync.plan.PlanReader;
import dev.resync.run.Run;
import dev.resync.run.RunId;
import dev.resync.run.RunState;
import dev.resync.store.Checkpoints;
import dev.resync.store.ControlJson;
import dev.resync.store.MongoStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.bson.RawBsonDocument;

/** A seeded embedded database with the whole platform on it, in virtual time; hooks can be set before each run. */
final class Rehearsal implements AutoCloseable {

    static final Instant NOW = Instant.parse("2026-06-15T09:00:00Z");
    static final MongoNamespace MASTER = new MongoNamespace(RevalidationData.DATABASE, "masterDoctorView");
    static final MongoNamespace RECOMMENDATION = new MongoNamespace(RevalidationData.DATABASE, "recommendationView");
    static final List<MongoNamespace> LIVE = List.of(MASTER, RECOMMENDATION);
    static final Path PLANS = Path.of("..", "..", "plans");
    private static final Duration BOUND = Duration.ofMinutes(2);
    private static final int CHUNK_DOCUMENTS = 2_000;

    final MongoClient client;
    final LocalPlatform platform;
    final RevalidationData data;
    private final VirtualTime time = VirtualTime.automatic(NOW);
    final AtomicReference<FunctionCalls> calls = new AtomicReference<>(FunctionCalls.PLAIN);
    final AtomicReference<TransitionListener> transitions = new AtomicReference<>(transition -> {});
    final AtomicReference<Checkpoints> checkpoints = new AtomicReference<>(Checkpoints.NONE);
    private final TestServer server = new TestServer();

    Rehearsal(int doctors) {
        this(doctors, false);
    }

    Rehearsal(int doctors, boolean approval) {
        this(doctors, approval, PLANS);
    }

    Rehearsal(int doctors, boolean approval, Path plans) {
        String uri = server.uri();
        client = MongoClients.create(uri);
        client.getDatabase(MongoStore.CONTROL_DATABASE).drop();
        client.getDatabase(RevalidationData.DATABASE).drop();
        data = new RevalidationData(doctors, 7, NOW);
        new Seeding(client).load(data);
        platform = new LocalPlatform(
                client,
                ExecutionLeases.ALONE,
                new PlanDirectory(plans, new PlanReader()),
                environment(approval),
                time,
                new Random(7),
                new ShownCommands(
                        new Shown("plans/revalidation.json", uri, "--environment local"), arn -> Optional.empty()),
                new PlatformHooks(
                        name -> checkpoints.get().reached(name),
                        (function, payload, call) -> calls.get().around(function, payload, call),
                        transition -> transitions.get().onTransition(transition),
                        EventDelivery.PLAIN,
                        UnaryOperator.identity()));
    }

    /** Returns a folder of plans in which both targets are changed in place. */
    static Path inPlace(Path folder) throws IOException {
        String plan = Files.readString(PLANS.resolve("revalidation.json"));
        String changed =
                plan.replace("\"changeStreamConsumers\"", "\"apply\": \"in-place\", \"changeStreamConsumers\"");
        Files.writeString(folder.resolve("revalidation.json"), changed);
        return folder;
    }

    private static Environment environment(boolean approval) {
        ObjectNode profile = LocalEnvironment.profile("local", Colour.GREEN, 2)
                .put("approval", approval ? "one-other-person" : "none")
                .put("confirmation", "plan-hash");
        profile.putObject("dryRun").put("required", false);
        return new EnvironmentReader().read(profile.toString());
    }

    /** Lets time pass, which it otherwise does only while something waits. */
    void pass(Duration duration) {
        time.schedule(duration, () -> {});
        assertThat(time.awaitRest(BOUND)).isTrue();
    }

    /** Keeps timers from running out until closed. */
    VirtualTime.Hold holdTime() {
        return time.hold();
    }

    /** Takes all hooks away. */
    void calm() {
        calls.set(FunctionCalls.PLAIN);
        transitions.set(transition -> {});
        checkpoints.set(Checkpoints.NONE);
    }

    ObjectNode request(String mode) {
        return ControlJson.mapper()
                .createObjectNode()
                .put("environment", "local")
                .put("plan", "revalidation")
                .put("mode", mode)
                .put("requestedBy", "Ada Example")
                .put("reason", "rehearsal")
                .put("chunkDocuments", CHUNK_DOCUMENTS);
    }

    ObjectNode restoreRequest(String snapshot) {
        return ControlJson.mapper()
                .createObjectNode()
                .put("environment", "local")
                .put("mode", "RESTORE")
                .put("snapshot", snapshot)
                .put("requestedBy", "Ada Example")
                .put("reason", "rehearsal")
                .put("chunkDocuments", CHUNK_DOCUMENTS);
    }

    /** Returns what a real run must give; the environment asks for no dry run. */
    String confirmation() {
        return platform.context().plans().load("revalidation").hash();
    }

    /** Starts a real run with a fresh confirmation; returns the execution. */
    String execute() {
        return platform.startResync(null, request("EXECUTE").put("confirm", confirmation()));
    }

    /** Stops the resync that is at work. */
    void stop() {
        Engine engine = platform.engine();
        engine.listExecutions(platform.resyncMachine()).stream()
                .filter(execution -> execution.status() == ExecutionStatus.RUNNING)
                .forEach(execution -> engine.stopExecution(execution.executionArn(), "Stopped", "rehearsal"));
    }

    /** Waits until an execution and every other one have come to their end. */
    ExecutionDescription settled(String execution) {
        ExecutionDescription description = platform.await(execution, BOUND);
        // The event of a stop is delivered on a thread of its own; only then is there a restore to wait for.
        assertThat(time.awaitRest(BOUND)).isTrue();
        platform.engine()
                .listExecutions(platform.restoreMachine())
                .forEach(restore -> platform.await(restore.executionArn(), BOUND));
        // Functions of a stopped execution may still be in flight.
        assertThat(time.awaitIdle(BOUND)).isTrue();
        return description;
    }

    /** Waits for the end of all executions and returns the run of this one. */
    Run finished(String execution) {
        settled(execution);
        Run run = run(execution);
        requireAccounted(run);
        return run;
    }

    /** I3 and I8 hold for every run of every test: a receipt, and each document of each source in exactly one place. */
    private static void requireAccounted(Run run) {
        if (run.state() != RunState.CLOSED) {
            return;
        }
        assertThat(run.ending()).isNotNull();
        ReceiptSchema.requireKept(run.receipt());
        assertThat(run.receipt().path("ending").asText()).isEqualTo(run.ending().name());
        if (run.stages().containsKey("map-chunk")) {
            List<String> sources = new ArrayList<>();
            run.receipt().path("sources").fieldNames().forEachRemaining(sources::add);
            assertThat(sources).containsExactlyInAnyOrder("gmc", "tis", "recommendation", "connection", "hidden");
            run.receipt().path("sources").properties().forEach(source -> {
                SourceAccount account = ControlJson.mapper().convertValue(source.getValue(), SourceAccount.class);
                assertThat(account.balanced())
                        .as("%s of %s", source.getKey(), source.getValue())
                        .isTrue();
            });
        }
    }

    /** Returns the run that an execution started, whichever drives it now. */
    Run run(String execution) {
        return platform.context().runs().all().stream()
                .filter(run ->
                        run.id().endsWith(RunId.of("local", "x", NOW, execution).shortId()))
                .findFirst()
                .orElseThrow();
    }

    ContentHash hash(MongoNamespace namespace) {
        HashSum sum = new HashSum();
        for (RawBsonDocument document : client.getDatabase(namespace.getDatabaseName())
                .getCollection(namespace.getCollectionName(), RawBsonDocument.class)
                .find()) {
            sum.add(document);
        }
        return sum.toContentHash();
    }

    Map<String, ContentHash> live() {
        Map<String, ContentHash> hashes = new TreeMap<>();
        LIVE.forEach(namespace -> hashes.put(namespace.getCollectionName(), hash(namespace)));
        return hashes;
    }

    /** Returns the names of the live collections that exist, ascending. */
    List<String> existing() {
        return client.getDatabase(RevalidationData.DATABASE).listCollectionNames().into(new ArrayList<>()).stream()
                .filter(name ->
                        LIVE.stream().anyMatch(live -> live.getCollectionName().equals(name)))
                .sorted()
                .toList();
    }

    /** Hash of every collection there is. */
    Map<String, ContentHash> everything() {
        Map<String, ContentHash> hashes = new TreeMap<>();
        for (String name : List.of(MongoStore.CONTROL_DATABASE, RevalidationData.DATABASE)) {
            MongoDatabase found = client.getDatabase(name);
            for (String collection : found.listCollectionNames()) {
                hashes.put(name + "." + collection, hash(new MongoNamespace(name, collection)));
            }
        }
        return hashes;
    }

    @Override
    public void close() {
        platform.close();
        client.close();
        server.close();
    }
}

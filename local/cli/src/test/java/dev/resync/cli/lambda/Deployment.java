package dev.resync.cli.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.resync.cli.demo.RevalidationData;
import dev.resync.cli.demo.Seeding;
import dev.resync.cli.local.ExecutionLeases;
import dev.resync.cli.local.LocalEnvironment;
import dev.resync.cli.local.LocalPlatform;
import dev.resync.cli.local.PlatformHooks;
import dev.resync.cli.local.TestServer;
import dev.resync.cli.output.ReceiptSchema;
import dev.resync.cli.run.Shown;
import dev.resync.cli.run.ShownCommands;
import dev.resync.cli.stepfunctions.StepFunctionsServer;
import dev.resync.engine.FunctionError;
import dev.resync.engine.VirtualTime;
import dev.resync.environment.Colour;
import dev.resync.environment.EnvironmentReader;
import dev.resync.hash.ContentHash;
import dev.resync.hash.HashSum;
import dev.resync.plan.PlanDirectory;
import dev.resync.plan.PlanReader;
import dev.resync.run.Run;
import dev.resync.stage.Stages;
import dev.resync.store.ControlJson;
import dev.resync.store.MongoStore;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.bson.RawBsonDocument;

/** Every function in a process of its own, the database and Step Functions that they ask, and the two state machines. */
final class Deployment implements AutoCloseable {

    static final Path HOME = Path.of("..", "..");
    private static final Duration BOUND = Duration.ofMinutes(3);
    private static final int DOCTORS = 1_000;
    private static final int STARTING_AT_ONCE = 2;
    private static final List<String> VIEWS = List.of("masterDoctorView", "recommendationView");

    final MongoClient client;
    final LocalPlatform platform;
    private final ObjectNode profile = LocalEnvironment.profile("test", Colour.GREEN, 2)
            .put("approval", "one-other-person")
            .put("confirmation", "plan-hash");
    private final Instant now = Instant.now();
    private final VirtualTime time = VirtualTime.automatic(now);
    private final TestServer server = new TestServer();
    private final StepFunctionsServer stepFunctions = new StepFunctionsServer(0, this::platform);
    private final ExecutorService starting = Executors.newFixedThreadPool(STARTING_AT_ONCE);
    private final Map<String, CompletableFuture<FunctionProcess>> processes = new ConcurrentHashMap<>();
    private final Set<String> called = new ConcurrentSkipListSet<>();

    /**
     * @param deployed package of the functions
     */
    Deployment(FunctionPackage deployed) {
        String uri = server.uri();
        client = MongoClients.create(uri);
        client.getDatabase(MongoStore.CONTROL_DATABASE).drop();
        client.getDatabase(RevalidationData.DATABASE).drop();
        profile.putObject("dryRun").put("required", false);
        platform = new LocalPlatform(
                client,
                ExecutionLeases.ALONE,
                new PlanDirectory(HOME.resolve("plans"), new PlanReader()),
                new EnvironmentReader().read(profile.toString()),
                time,
                new SecureRandom(),
                new ShownCommands(
                        new Shown("plans/revalidation.json", uri, "--environment test"), arn -> Optional.empty()),
                PlatformHooks.NONE.withCalls((function, payload, call) -> call(function, payload)));
        Stages.FUNCTIONS.forEach(function ->
                processes.put(function, CompletableFuture.supplyAsync(() -> started(function, deployed), starting)));
        new Seeding(client).load(new RevalidationData(DOCTORS, 7, now));
    }

    private LocalPlatform platform() {
        return platform;
    }

    private FunctionProcess started(String function, FunctionPackage deployed) {
        try {
            return new FunctionProcess(function, deployed, variables()).awaitReady();
        } catch (FunctionError e) {
            throw new CompletionException(e);
        }
    }

    /** Returns what a deployment says about itself, as Terraform sets it. */
    private Map<String, String> variables() {
        return Map.of(
                "RESYNC_ENVIRONMENT", profile.toString(),
                "RESYNC_PLANS", "revalidation",
                "RESYNC_MONGO_URI", server.uri(),
                "RESYNC_ARTIFACT", platform.context().artifact(),
                "RESYNC_RESTORE_MACHINE_ARN", platform.restoreMachine(),
                "AWS_ENDPOINT_URL_SFN", stepFunctions.url(),
                "AWS_REGION", "eu-west-2",
                "AWS_ACCESS_KEY_ID", "none",
                "AWS_SECRET_ACCESS_KEY", "none");
    }

    /** Returns the process of a function, once it is ready. */
    FunctionProcess process(String function) {
        return processes.get(function).join();
    }

    /** Calls a function as the state machines do. */
    JsonNode call(String function, JsonNode payload) throws FunctionError {
        called.add(function);
        return process(function).call(payload);
    }

    /** Returns the names of the functions that were called, ascending. */
    Set<String> called() {
        return called;
    }

    ObjectNode request(String mode) {
        return ControlJson.mapper()
                .createObjectNode()
                .put("environment", "test")
                .put("plan", "revalidation")
                .put("mode", mode)
                .put("requestedBy", "Ada Example")
                .put("reason", "the packages are tested");
    }

    /** Returns the request of a real run, confirmed by the hash of its plan. */
    ObjectNode confirmed() {
        return request("EXECUTE")
                .put("confirm", platform.context().plans().load("revalidation").hash());
    }

    /** Keeps timers from running out until closed. */
    VirtualTime.Hold holdTime() {
        return time.hold();
    }

    /** Waits for the end of all executions and returns the run of this one, whose receipt is looked at. */
    Run finished(String execution) {
        platform.await(execution, BOUND);
        assertThat(time.awaitRest(BOUND)).isTrue();
        return accounted(platform.context().runs().findByExecution(execution).orElseThrow());
    }

    /** Waits for the end of all restores and returns the run with this id, whose receipt is looked at. */
    Run closed(String runId) {
        platform.engine()
                .listExecutions(platform.restoreMachine())
                .forEach(restore -> platform.await(restore.executionArn(), BOUND));
        return accounted(platform.context().runs().require(runId));
    }

    private static Run accounted(Run run) {
        assertThat(run.ending()).as("%s", run.error()).isNotNull();
        ReceiptSchema.requireKept(run.receipt());
        return run;
    }

    Map<String, ContentHash> live() {
        Map<String, ContentHash> hashes = new TreeMap<>();
        VIEWS.forEach(view -> {
            HashSum sum = new HashSum();
            client.getDatabase(RevalidationData.DATABASE)
                    .getCollection(view, RawBsonDocument.class)
                    .find()
                    .forEach(sum::add);
            hashes.put(view, sum.toContentHash());
        });
        return hashes;
    }

    @Override
    public void close() {
        platform.close();
        starting.shutdown();
        processes.values().forEach(starting -> starting.handle((process, failed) -> {
                    if (process != null) {
                        process.close();
                    }
                    return null;
                })
                .join());
        stepFunctions.close();
        client.close();
        server.close();
    }
}

package dev.resync.cli.console;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.resync.admin.Caller;
import dev.resync.cli.demo.RevalidationData;
import dev.resync.cli.demo.Seeding;
import dev.resync.cli.local.EmbeddedDatabase;
import dev.resync.cli.local.LocalEnvironment;
import dev.resync.cli.local.PlatformHooks;
import dev.resync.cli.serve.AdminServer;
import dev.resync.cli.serve.ServedPlatform;
import dev.resync.engine.FunctionError;
import dev.resync.environment.Colour;
import dev.resync.environment.Environment;
import dev.resync.environment.EnvironmentKind;
import dev.resync.environment.EnvironmentReader;
import dev.resync.run.Run;
import dev.resync.stage.StageContext;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** What {@code resync serve --admin-port 0} serves, with a caller that can be another one and functions that can be kept waiting. */
final class ServedConsole implements AutoCloseable {

    static final String ADA = "arn:aws:sts::222222222222:assumed-role/ExampleResyncOperator/ada";
    static final String GRACE = "arn:aws:sts::222222222222:assumed-role/ExampleResyncApprover/grace";
    private static final Path PLANS = Path.of("..", "..", "plans");
    /** Longer than any test, so that what is kept waiting does not go on by itself. */
    private static final int MOST_MINUTES = 10;

    private static final int DOCTORS = 1_000;

    private final EmbeddedDatabase database = new EmbeddedDatabase(0);
    private final MongoClient client = MongoClients.create(database.uri());
    private final Map<String, Gate> gates = new ConcurrentHashMap<>();
    private final ServedPlatform platform;
    private final AdminServer server;
    private volatile String caller = ADA;

    ServedConsole(ObjectNode profile) {
        new Seeding(client).load(new RevalidationData(DOCTORS, 7, RevalidationData.AS_OF));
        Environment environment = new EnvironmentReader().read(profile.toString());
        platform = new ServedPlatform(
                database.uri(),
                environment,
                "--environment " + environment.name(),
                PLANS,
                PlatformHooks.NONE.withCalls(this::around));
        server = new AdminServer(0, platform.context(), platform.executions(), () -> new Caller(caller, List.of()));
    }

    /** Where calls wait, but for the first few. */
    private record Gate(AtomicInteger free, CountDownLatch latch) {}

    /** Returns a profile in which everybody may do everything, and real runs need the dry run's token. */
    static ObjectNode profile(String name, EnvironmentKind kind, Colour colour) {
        return LocalEnvironment.profile(name, colour, 2).put("kind", kind.label());
    }

    private JsonNode around(String function, JsonNode payload, Supplier<JsonNode> call) throws FunctionError {
        Gate gate = gates.get(function);
        if (gate != null && gate.free().getAndDecrement() <= 0) {
            try {
                gate.latch().await(MOST_MINUTES, TimeUnit.MINUTES);
            } catch (InterruptedException ending) {
                Thread.currentThread().interrupt();
            }
        }
        return call.get();
    }

    /** Keeps every call of a function waiting until {@link #release}. */
    void keepWaiting(String function) {
        keepWaiting(function, 0);
    }

    /** The same after so many calls. */
    void keepWaiting(String function, int after) {
        gates.put(function, new Gate(new AtomicInteger(after), new CountDownLatch(1)));
    }

    void release(String function) {
        gates.remove(function).latch().countDown();
    }

    /** From now on this is who calls. */
    void callAs(String who) {
        caller = who;
    }

    /** Starts a dry run and returns the run's id once it is admitted. */
    String startDryRun() {
        return start(request("DRY_RUN"));
    }

    /** Starts what the newest run, a dry run, confirms, and returns the run's id once it is admitted. */
    String startRealRun() {
        return start(request("EXECUTE")
                .put("confirm", newest().receipt().path("confirm").asText()));
    }

    private static ObjectNode request(String mode) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("plan", "revalidation")
                .put("mode", mode)
                .put("requestedBy", ADA)
                .put("reason", "weekly rebuild")
                .put("chunkDocuments", 150);
    }

    private String start(ObjectNode request) {
        request.put("environment", context().environment().name());
        String execution = platform.platform().startResync(null, request);
        return await().atMost(Browser.BOUND)
                .until(() -> context().runs().findByExecution(execution), Optional::isPresent)
                .orElseThrow()
                .id();
    }

    String page() {
        return server.url() + "/console/";
    }

    String page(String view) {
        return page() + "#/" + view;
    }

    StageContext context() {
        return platform.context();
    }

    MongoClient client() {
        return client;
    }

    /** Returns the newest run. */
    Run newest() {
        return context().runs().all().get(0);
    }

    /** Waits until there are so many runs, and the newest has ended. */
    Run ended(int runs) {
        return await().atMost(Browser.BOUND)
                .until(
                        () -> context().runs().all(),
                        all -> all.size() == runs && all.get(0).ending() != null)
                .get(0);
    }

    @Override
    public void close() {
        gates.values().forEach(gate -> gate.latch().countDown());
        server.close();
        platform.close();
        client.close();
        database.close();
    }
}

package dev.resync.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.resync.admin.Caller;
import dev.resync.admin.ExecutionControl;
import dev.resync.admin.contract.Contract;
import dev.resync.cli.demo.RevalidationData;
import dev.resync.cli.demo.Seeding;
import dev.resync.cli.local.FunctionCalls;
import dev.resync.cli.local.LocalEnvironment;
import dev.resync.cli.local.PlatformHooks;
import dev.resync.cli.local.TestServer;
import dev.resync.environment.Colour;
import dev.resync.environment.Environment;
import dev.resync.environment.EnvironmentReader;
import dev.resync.error.AccessDenied;
import dev.resync.stage.StageContext;
import dev.resync.store.ControlJson;
import dev.resync.store.MongoStore;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/** The admin API as {@code resync serve} has it, on the revalidation example; whoever calls can be told whom to be. */
final class ServedApi implements AutoCloseable {

    static final Caller ADA = new Caller("ada", List.of());
    static final Caller GRACE = new Caller("grace", List.of());
    static final Caller HEDY = new Caller("hedy", List.of());
    /** May start runs, and approve those of others. */
    static final Caller LIN = new Caller("lin", List.of());

    static final Caller NOBODY = new Caller("nobody", List.of());
    static final String ENVIRONMENT = "test";
    private static final Duration BOUND = Duration.ofMinutes(2);

    final AtomicReference<FunctionCalls> calls = new AtomicReference<>(FunctionCalls.PLAIN);
    final AtomicReference<Caller> caller = new AtomicReference<>(ADA);
    final MongoClient client;
    final ServedPlatform platform;
    private final TestServer database;
    private final AdminServer server;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Contract contract = new Contract();
    private final Set<String> seen = new TreeSet<>();

    /** An answer. */
    record Answer(int status, JsonNode body, HttpResponse<String> whole) {

        String error() {
            return body.path("error").asText().replaceFirst("dev\\.resync\\.error\\.", "");
        }
    }

    /**
     * @param executions gets in the way of what the API asks of executions
     * @param context gets in the way of the control data
     */
    ServedApi(UnaryOperator<ExecutionControl> executions, UnaryOperator<StageContext> context) {
        this(new TestServer(), executions, context);
    }

    /** @param database closed with this */
    ServedApi(TestServer database, UnaryOperator<ExecutionControl> executions, UnaryOperator<StageContext> context) {
        this.database = database;
        client = MongoClients.create(database.uri());
        client.getDatabase(MongoStore.CONTROL_DATABASE).drop();
        new Seeding(client).load(new RevalidationData(1_000, 7, RevalidationData.AS_OF));
        platform = new ServedPlatform(
                database.uri(),
                environment(),
                "--environment " + ENVIRONMENT,
                Path.of("..", "..", "plans"),
                PlatformHooks.NONE.withCalls(
                        (function, payload, call) -> calls.get().around(function, payload, call)));
        server = new AdminServer(
                0, context.apply(platform.context()), executions.apply(platform.executions()), this::caller);
    }

    private Caller caller() {
        Caller now = caller.get();
        if (now == null) {
            throw new AccessDenied("nobody has authenticated the caller");
        }
        return now;
    }

    /** Ada operates, Grace approves, Lin does both, Hedy looks; real runs need another person's approval. */
    static Environment environment() {
        ObjectNode profile = LocalEnvironment.profile(ENVIRONMENT, Colour.GREEN, 2)
                .put("kind", "test")
                .put("approval", "one-other-person");
        ObjectNode callers = profile.putObject("callers");
        callers.putArray("viewers").add("hedy");
        callers.putArray("operators").add("ada").add("lin");
        callers.putArray("approvers").add("grace").add("lin");
        return new EnvironmentReader().read(profile.toString());
    }

    /** Returns the same on another store. */
    static StageContext on(MongoStore store, StageContext context) {
        return StageContext.of(
                store,
                context.plans(),
                context.environment(),
                context.artifact(),
                context.executions(),
                context.clock(),
                context.time(),
                context.random(),
                context.nextCommands(),
                context.checkpoints());
    }

    Contract contract() {
        return contract;
    }

    /** Returns every answer so far, as operation and status. */
    Set<String> seen() {
        return seen;
    }

    String url() {
        return server.url();
    }

    Answer get(String path) {
        return call("GET", path, null);
    }

    Answer post(String path, JsonNode body) {
        return call("POST", path, body.toString());
    }

    Answer call(String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.url() + path))
                .timeout(BOUND)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (body != null && !List.of(headers).contains("Content-Type")) {
            request.header("Content-Type", "application/json");
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
            String type = answer.headers().firstValue("Content-Type").orElse(null);
            synchronized (seen) {
                seen.add(
                        contract.check(method, path.replaceAll("\\?.*", ""), answer.statusCode(), type, answer.body()));
            }
            boolean json = type != null && type.contains("json");
            return new Answer(answer.statusCode(), ControlJson.mapper().readTree(json ? answer.body() : "{}"), answer);
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Returns the body of a change. */
    static ObjectNode change() {
        return ControlJson.mapper()
                .createObjectNode()
                .put("environment", ENVIRONMENT)
                .put("reason", "a test");
    }

    /** Returns a request for a dry run. */
    static ObjectNode dryRun() {
        return change().put("plan", "revalidation").put("mode", "DRY_RUN");
    }

    /** Asks for a start; returns the id that the run is to have. */
    String start(ObjectNode request) {
        Answer asked = post("/runs", request);
        assertThat(asked.status()).as("%s", asked.body()).isEqualTo(202);
        return asked.body().path("runId").asText();
    }

    /** Waits until a run's status says something; returns that status. */
    JsonNode until(String run, String pointer, String value) {
        return await().atMost(BOUND).until(() -> get("/runs/" + run).body(), status -> status.at(pointer)
                .asText()
                .equals(value));
    }

    /** Waits until a run has ended. */
    JsonNode ended(String run) {
        return until(run, "/run/state", "CLOSED");
    }

    @Override
    public void close() {
        server.close();
        platform.close();
        client.close();
        database.close();
    }
}

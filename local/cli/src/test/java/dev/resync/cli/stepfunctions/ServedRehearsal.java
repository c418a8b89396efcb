package dev.resync.cli.stepfunctions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.resync.cli.demo.RevalidationData;
import dev.resync.cli.demo.Seeding;
import dev.resync.cli.local.ExecutionLeases;
import dev.resync.cli.local.FunctionCalls;
import dev.resync.cli.local.LocalEnvironment;
import dev.resync.cli.local.LocalPlatform;
import dev.resync.cli.local.PlatformHooks;
import dev.resync.cli.local.TestServer;
import dev.resync.cli.run.Shown;
import dev.resync.cli.run.ShownCommands;
import dev.resync.engine.VirtualTime;
import dev.resync.environment.Colour;
import dev.resync.environment.EnvironmentReader;
import dev.resync.plan.PlanDirectory;
import dev.resync.plan.PlanReader;
import dev.resync.run.Run;
import dev.resync.store.ControlJson;
import dev.resync.store.MongoStore;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.SfnException;

/** The whole platform on a seeded embedded database, in virtual time, behind the endpoint, and AWS' own client of it. */
final class ServedRehearsal implements AutoCloseable {

    static final Instant NOW = Instant.parse("2026-06-15T09:00:00.250Z");
    static final String RESYNC = "arn:aws:states:local:000000000000:stateMachine:resync";
    static final String RESTORE = "arn:aws:states:local:000000000000:stateMachine:resync-restore";
    private static final Duration BOUND = Duration.ofMinutes(1);
    private static final int DOCTORS = 1_000;
    /** Few documents, so that every map has several chunks. */
    private static final int CHUNK_DOCUMENTS = 200;

    final VirtualTime time = VirtualTime.automatic(NOW);
    final LocalPlatform platform;
    final StepFunctionsServer server;
    final SfnClient client;
    final AtomicReference<FunctionCalls> calls = new AtomicReference<>(FunctionCalls.PLAIN);
    /** Inputs of the executions whose lease was taken, by ARN. */
    final Map<String, JsonNode> held = new ConcurrentHashMap<>();

    private final TestServer database = new TestServer();
    private final MongoClient mongo = MongoClients.create(database.uri());

    ServedRehearsal(boolean approval) {
        this(profile -> profile.put("approval", approval ? "one-other-person" : "none"));
    }

    /** @param settings changes the profile of the environment */
    ServedRehearsal(Consumer<ObjectNode> settings) {
        mongo.getDatabase(MongoStore.CONTROL_DATABASE).drop();
        mongo.getDatabase(RevalidationData.DATABASE).drop();
        new Seeding(mongo).load(new RevalidationData(DOCTORS, 7, NOW));
        ObjectNode profile = LocalEnvironment.profile("local", Colour.GREEN, 2).put("confirmation", "plan-hash");
        profile.putObject("dryRun").put("required", false);
        settings.accept(profile);
        platform = new LocalPlatform(
                mongo,
                new Leases(),
                new PlanDirectory(Path.of("..", "..", "plans"), new PlanReader()),
                new EnvironmentReader().read(profile.toString()),
                time,
                new Random(7),
                new ShownCommands(
                        new Shown("plans/revalidation.json", database.uri(), "--environment local"),
                        arn -> Optional.empty()),
                PlatformHooks.NONE.withCalls(
                        (function, payload, call) -> calls.get().around(function, payload, call)));
        server = new StepFunctionsServer(0, () -> platform);
        client = SfnClient.builder()
                .endpointOverride(URI.create(server.url()))
                .region(Region.of("local"))
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .httpClient(UrlConnectionHttpClient.create())
                .overrideConfiguration(changed -> changed.addExecutionInterceptor(new ModelledAnswers()))
                .build();
    }

    private final class Leases implements ExecutionLeases {
        @Override
        public void hold(String execution, JsonNode input) {
            held.put(execution, input);
        }

        @Override
        public void release(String execution, dev.resync.run.ExecutionStatus status) {
            held.remove(execution);
        }

        @Override
        public dev.resync.run.ExecutionStatus status(String execution) {
            return dev.resync.run.ExecutionStatus.UNKNOWN;
        }
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

    /** Starts a real run and returns its execution. */
    String execute() {
        String input = request("EXECUTE")
                .put("confirm", platform.context().plans().load("revalidation").hash())
                .toString();
        return client.startExecution(start -> start.stateMachineArn(RESYNC).input(input))
                .executionArn();
    }

    String preview(String name) {
        return client.startExecution(start -> start.stateMachineArn(RESYNC).name(name))
                .executionArn();
    }

    /** Waits until an execution, and all else that it set off, has come to its end. */
    void settle(String execution) {
        platform.await(execution, BOUND);
        assertThat(time.awaitIdle(BOUND)).isTrue();
    }

    Run run(String execution) {
        return platform.context().runs().findByExecution(execution).orElseThrow();
    }

    /** Returns the token that the run of an execution waits with. */
    String awaitToken(String execution) {
        await().atMost(BOUND).until(() -> platform.context()
                .runs()
                .findByExecution(execution)
                .map(Run::approvalToken)
                .isPresent());
        return run(execution).approvalToken();
    }

    /** Has all calls of a function wait until the gate is opened. */
    Gate gate(String function) {
        Gate gate = new Gate();
        calls.set((called, payload, call) -> {
            if (called.equals(function)) {
                gate.pass();
            }
            return call.get();
        });
        return gate;
    }

    static final class Gate implements AutoCloseable {
        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch open = new CountDownLatch(1);

        private void pass() {
            reached.countDown();
            await(open);
        }

        void awaitReached() {
            await(reached);
        }

        private static void await(CountDownLatch latch) {
            try {
                assertThat(latch.await(BOUND.toSeconds(), TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() {
            open.countDown();
        }
    }

    /** Returns the error that a request is refused with; AWS' client must know its class by the name. */
    static <E extends SfnException> E refused(Class<E> type, Runnable request) {
        E refused = catchThrowableOfType(type, request::run);
        assertThat(refused).as("refused as %s", type.getSimpleName()).isNotNull();
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.requestId()).isNotBlank();
        assertThat(refused.awsErrorDetails().errorMessage()).isNotBlank();
        return refused;
    }

    @Override
    public void close() {
        client.close();
        server.close();
        platform.close();
        mongo.close();
        database.close();
    }
}

package dev.resync.cli.serve;

import static dev.resync.cli.serve.ServedApi.ADA;
import static dev.resync.cli.serve.ServedApi.GRACE;
import static dev.resync.cli.serve.ServedApi.HEDY;
import static dev.resync.cli.serve.ServedApi.LIN;
import static dev.resync.cli.serve.ServedApi.NOBODY;
import static dev.resync.cli.serve.ServedApi.change;
import static dev.resync.cli.serve.ServedApi.dryRun;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mongodb.MongoClientSettings;
import com.mongodb.ServerAddress;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.resync.admin.Caller;
import dev.resync.admin.ExecutionControl;
import dev.resync.admin.contract.Contract.Operation;
import dev.resync.cli.local.FunctionCalls;
import dev.resync.cli.serve.ServedApi.Answer;
import dev.resync.engine.FunctionError;
import dev.resync.error.ExecutionsUnavailable;
import dev.resync.error.SourceUnsuitable;
import dev.resync.run.AuditTrail.Entry;
import dev.resync.run.ExecutionStatus;
import dev.resync.store.MongoStore;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every operation of the API: what it does, each error, and who may not. The last test holds that none was left out. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AdminOperationsTest {

    private final ServedApi api = new ServedApi(AdminOperationsTest::absentOnDemand, context -> context);
    private static volatile boolean away;
    private static volatile boolean dies;

    /** A dry run that has ended, and its snapshot. */
    private String closed;

    private String snapshot;

    @BeforeAll
    void aDryRunThatHasEnded() {
        closed = api.start(dryRun());
        JsonNode status = api.ended(closed);
        assertThat(status.at("/run/error").isMissingNode()).as("%s", status).isTrue();
        snapshot = status.at("/run/snapshot").asText();
    }

    @AfterEach
    void asBefore() {
        away = false;
        dies = false;
        api.caller.set(ADA);
        api.calls.set(FunctionCalls.PLAIN);
    }

    @AfterAll
    void tearDown() {
        api.close();
    }

    /** Step Functions, which does not answer while it is away. */
    private static ExecutionControl absentOnDemand(ExecutionControl executions) {
        return new ExecutionControl() {
            @Override
            public Optional<Started> start(Machine machine, String name, JsonNode input) {
                return there().start(machine, name, input);
            }

            @Override
            public void stop(String execution, String who, String why) {
                there().stop(execution, who, why);
                if (dies) {
                    throw new IllegalStateException("the function dies");
                }
            }

            @Override
            public void wake(String taskToken) {
                there().wake(taskToken);
            }

            @Override
            public ExecutionStatus status(String execution) {
                return there().status(execution);
            }

            @Override
            public void redrive(String execution) {
                there().redrive(execution);
            }

            @Override
            public void limitConcurrency(String execution, int most) {
                there().limitConcurrency(execution, most);
            }

            private ExecutionControl there() {
                if (away) {
                    throw new ExecutionsUnavailable("Step Functions is away", null);
                }
                return executions;
            }
        };
    }

    private String path(Operation operation) {
        return operation
                .template()
                .replace("{file}", "index.html")
                .replace("{id}", operation.template().startsWith("/snapshots") ? snapshot : closed);
    }

    private static boolean changes(Operation operation) {
        return operation.method().equals("POST");
    }

    private ObjectNode body(Operation operation) {
        return switch (operation.id()) {
            case "start" -> dryRun();
            case "restore" -> change().put("mode", "RESTORE_DRY_RUN");
            case "throttle" -> change().put("documentsPerSecond", 500);
            default -> change();
        };
    }

    private Answer call(Operation operation, String body, String... headers) {
        return api.call(operation.method(), path(operation), body, headers);
    }

    @Test
    @Order(1)
    void everyLookAnswersAndSaysWhenNothingHasChanged() {
        for (Caller each : List.of(ADA, GRACE, HEDY)) {
            api.caller.set(each);
            for (Operation operation : api.contract().operations()) {
                if (changes(operation)) {
                    continue;
                }
                Answer answer = call(operation, null);
                assertThat(answer.status())
                        .as("%s: %s", operation.id(), answer.body())
                        .isEqualTo(200);
                answer.whole().headers().firstValue("ETag").ifPresent(tag -> assertThat(
                                call(operation, null, "If-None-Match", tag).status())
                        .as(operation.id())
                        .isEqualTo(304));
            }
        }
    }

    @Test
    @Order(1)
    void whoHasNoRoleGetsNothing() {
        for (Caller each : new Caller[] {NOBODY, null}) {
            api.caller.set(each);
            for (Operation operation : api.contract().operations()) {
                Answer answer =
                        call(operation, changes(operation) ? body(operation).toString() : null);
                if (operation.role().equals("none")) {
                    assertThat(answer.status()).as(operation.id()).isEqualTo(200);
                } else {
                    assertThat(answer.status()).as(operation.id()).isEqualTo(403);
                    assertThat(answer.error()).isEqualTo("AccessDenied");
                }
            }
        }
    }

    @Test
    @Order(1)
    void whoHasAnotherRoleChangesNothing() {
        for (Operation operation : api.contract().operations()) {
            List<Caller> others = operation.role().equals("approver") ? List.of(ADA, HEDY) : List.of(GRACE, HEDY);
            for (Caller each : changes(operation) ? others : List.<Caller>of()) {
                api.caller.set(each);
                Answer answer = call(operation, body(operation).toString());
                assertThat(answer.status()).as(operation.id()).isEqualTo(403);
                assertThat(answer.body().path("detail").asText())
                        .contains(each.name() + " is in none of [" + operation.role() + "s]");
            }
        }
    }

    @Test
    @Order(1)
    void aBodyThatIsWrongIsNamed() {
        for (Operation operation : api.contract().operations()) {
            if (!changes(operation)) {
                continue;
            }
            allowed(operation);
            for (String body : List.of(
                    "",
                    "{",
                    "[]",
                    "7",
                    "{}",
                    change().put("reasons", "x").toString(),
                    change().put("environment", 7).toString(),
                    change().put("reason", "two\nlines").toString())) {
                Answer answer = call(operation, body);
                assertThat(answer.status())
                        .as("%s with %s: %s", operation.id(), body, answer.body())
                        .isEqualTo(400);
                assertThat(answer.error()).isEqualTo("RequestInvalid");
            }
            assertThat(call(operation, "environment=test", "Content-Type", "application/x-www-form-urlencoded")
                            .status())
                    .as(operation.id())
                    .isEqualTo(415);
        }
    }

    private void allowed(Operation operation) {
        api.caller.set(operation.role().equals("approver") ? GRACE : ADA);
    }

    @ParameterizedTest
    @Order(1)
    @CsvSource(
            delimiter = '|',
            value = {
                "If-None-Match|garbage|200",
                "If-None-Match|\"a|200",
                "If-None-Match|W/\"a\", b|200",
                "If-None-Match|*|304",
                "If-Match|\"x\"|200",
                "Accept|nonsense|406",
                "Content-Encoding|gzip|415",
                "Content-Type|garbage|400"
            })
    void aHeaderThatIsWrongIsNoFault(String header, String value, int status) {
        Answer answer = api.call("GET", "/runs", null, header, value);
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(status);
    }

    @Test
    @Order(1)
    void whatIsMeantForAnotherEnvironmentIsRefused() {
        for (Operation operation : api.contract().operations()) {
            if (changes(operation)) {
                allowed(operation);
                Answer answer = call(
                        operation, body(operation).put("environment", "prod").toString());
                assertThat(answer.status())
                        .as("%s: %s", operation.id(), answer.body())
                        .isEqualTo(409);
                assertThat(answer.error()).isEqualTo("EnvironmentMismatch");
                assertThat(answer.body().path("detail").asText())
                        .contains("prod")
                        .contains("test");
            }
        }
    }

    @Test
    @Order(1)
    void whatThereIsNotIsNotFound() {
        for (Operation operation : api.contract().operations()) {
            if (operation.template().contains("{")) {
                allowed(operation);
                Answer answer = api.call(
                        operation.method(),
                        operation.template().replaceAll("\\{\\w+}", "none"),
                        changes(operation) ? body(operation).toString() : null);
                assertThat(answer.status())
                        .as("%s: %s", operation.id(), answer.body())
                        .isEqualTo(404);
            }
        }
        api.caller.set(ADA);
        assertThat(api.get("/runs?after=none").status()).isEqualTo(404);
        assertThat(api.post("/runs", dryRun().put("plan", "none")).error()).isEqualTo("PlanUnknown");
    }

    @Test
    @Order(1)
    void aParameterThatIsWrongIsNamed() {
        for (String path : List.of(
                "/runs?limit=0",
                "/runs?limit=501",
                "/runs?limit=some",
                "/runs/" + closed + "/quarantine?limit=-1",
                "/runs/" + closed + "/quarantine?after=x",
                "/runs/" + closed + "/quarantine?reason=none",
                "/runs/" + closed + "/quarantine?source=none",
                "/runs/" + closed + "/diff?target=none")) {
            Answer answer = api.get(path);
            assertThat(answer.status()).as(path).isEqualTo(400);
            String parameter = path.replaceAll(".*\\?(\\w+)=.*", "$1");
            assertThat(answer.body().path("detail").asText())
                    .startsWith(parameter + " is ")
                    .contains("expected");
        }
    }

    @Test
    @Order(1)
    void nothingCanBeDoneWithARunThatHasEnded() {
        for (String change : List.of("stop", "hold", "continue", "throttle", "redrive", "approve", "refuse")) {
            Operation operation =
                    api.contract().operation("POST", "/runs/x/" + change).orElseThrow();
            allowed(operation);
            Answer answer = call(operation, body(operation).toString());
            assertThat(answer.status()).as("%s: %s", change, answer.body()).isEqualTo(409);
            assertThat(answer.error()).isIn("RunClosed", "ResumeRefused", "ApprovalInvalid");
        }
    }

    @Test
    @Order(1)
    void whereTheDatabaseDoesNotAnswerEveryOperationSaysSo() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        MongoClientSettings nobody = MongoClientSettings.builder()
                .applyToClusterSettings(cluster -> cluster.hosts(List.of(new ServerAddress("127.0.0.1", port)))
                        .serverSelectionTimeout(50, TimeUnit.MILLISECONDS))
                .build();
        try (MongoClient client = MongoClients.create(nobody);
                ServedApi silent = new ServedApi(
                        executions -> executions, context -> ServedApi.on(new MongoStore(client), context))) {
            for (Operation operation : api.contract().operations()) {
                silent.caller.set(operation.role().equals("approver") ? GRACE : ADA);
                Answer answer = silent.call(
                        operation.method(),
                        path(operation),
                        changes(operation) ? body(operation).toString() : null);
                boolean withoutDatabase =
                        Set.of("openapi", "root", "page", "settings", "file").contains(operation.id());
                assertThat(answer.status())
                        .as("%s: %s", operation.id(), answer.body())
                        .isEqualTo(withoutDatabase ? 200 : 503);
                if (!withoutDatabase) {
                    assertThat(answer.error()).isEqualTo("DatabaseUnavailable");
                    assertThat(answer.whole().headers().firstValue("Retry-After"))
                            .isPresent();
                }
            }
            api.seen().addAll(silent.seen());
        }
    }

    @Test
    @Order(2)
    void whereStepFunctionsDoesNotAnswerARunIsShownAllTheSame() throws Exception {
        try (Blocked blocked = new Blocked("map-chunk")) {
            String run = api.start(dryRun());
            blocked.await();
            away = true;
            JsonNode status = api.get("/runs/" + run).body();
            assertThat(status.at("/execution/unknown").asText()).contains("Step Functions is away");
            assertThat(status.at("/execution/status").isMissingNode()).isTrue();
            assertThat(status.at("/stages/2/state").asText()).isEqualTo("working");
            assertThat(api.post("/runs/" + run + "/stop", change()).error()).isEqualTo("ExecutionsUnavailable");
            // A limit counts all the same: the functions look for it themselves.
            assertThat(api.post("/runs/" + run + "/throttle", change().put("concurrency", 1))
                            .status())
                    .isEqualTo(200);
            assertThat(api.post("/runs", dryRun()).status()).isEqualTo(503);
            away = false;
            assertThat(api.post("/runs/" + run + "/stop", change()).status()).isEqualTo(202);
            blocked.release();
            assertThat(api.ended(run).at("/run/ending").asText()).isEqualTo("UNTOUCHED");
        }
    }

    @Test
    @Order(2)
    void aRunIsHeldLetGoOnThrottledAndStopped() throws Exception {
        try (Blocked blocked = new Blocked("sync-chunk")) {
            String run = api.start(dryRun());
            blocked.await();
            JsonNode working = api.get("/runs/" + run).body();
            assertThat(next(working))
                    .contains("stop", "hold", "throttle")
                    .doesNotContain("continue", "approve", "receipt");
            assertThat(working.at("/stages/0/state").asText()).isEqualTo("done");
            assertThat(working.at("/stages/1/state").asText()).isEqualTo("working");
            assertThat(working.at("/stages/2/state").asText()).isEqualTo("waiting");
            assertThat(working.at("/stages/2/usualSeconds").isNumber()).isTrue();
            assertThat(working.at("/eta/from").asText()).isEqualTo("earlier runs");
            assertThat(api.get("/runs/" + run + "/receipt").status()).isEqualTo(404);
            assertThat(api.get("/runs/" + run + "/diff").status()).isEqualTo(404);
            JsonNode held = api.post("/runs/" + run + "/hold", change()).body();
            assertThat(held.at("/pace/held/who").asText()).isEqualTo("ada");
            JsonNode status = api.get("/runs/" + run).body();
            assertThat(next(status)).contains("continue").doesNotContain("hold");
            assertThat(status.has("eta")).as("an end while it is held").isFalse();
            assertThat(api.post("/runs/" + run + "/throttle", change().put("documentsPerSecond", 500))
                            .body()
                            .at("/pace/documentsPerSecond")
                            .asInt())
                    .isEqualTo(500);
            assertThat(api.post("/runs/" + run + "/continue", change())
                            .body()
                            .at("/pace/held")
                            .isMissingNode())
                    .isTrue();
            assertThat(api.post("/runs/" + run + "/stop", change()).status()).isEqualTo(202);
            blocked.release();
            JsonNode ended = api.ended(run);
            assertThat(ended.at("/run/ending").asText()).isEqualTo("UNTOUCHED");
            assertThat(next(ended)).contains("receipt").doesNotContain("stop", "hold", "confirm", "restore");
        }
    }

    @Test
    @Order(2)
    void aRealRunIsApprovedAndTakenBack() {
        JsonNode dry = api.ended(api.start(dryRun()));
        JsonNode confirm = link(dry, "confirm");
        api.caller.set(HEDY);
        assertThat(link(api.get("/runs/" + dry.at("/run/runId").asText()).body(), "confirm")
                        .has("request"))
                .as("a token for whoever may only look")
                .isFalse();
        api.caller.set(ADA);
        String run = api.start(((ObjectNode) confirm.path("request")).put("reason", "a test"));
        JsonNode waiting = api.until(run, "/details/waitsForApproval", "true");
        assertThat(link(waiting, "approve").path("allowed").asBoolean())
                .as("for who asked for it")
                .isFalse();
        api.caller.set(GRACE);
        assertThat(link(api.get("/runs/" + run).body(), "approve")
                        .path("allowed")
                        .asBoolean())
                .isTrue();
        Answer approved = api.post(link(waiting, "approve").path("path").asText(), change());
        assertThat(approved.status()).as("%s", approved.body()).isEqualTo(200);
        api.caller.set(ADA);
        JsonNode ended = api.ended(run);
        assertThat(ended.at("/run/ending").asText()).isEqualTo("CUT_OVER");
        assertThat(ended.at("/details/approvals/0/who").asText()).isEqualTo("grace");
        assertThat(api.get("/runs/" + run + "/diff").status()).isEqualTo(200);
        JsonNode back = link(ended, "restore");
        Answer asked =
                api.post(back.path("path").asText(), ((ObjectNode) back.path("request")).put("reason", "a test"));
        assertThat(asked.status()).as("%s", asked.body()).isEqualTo(202);
        assertThat(api.ended(asked.body().path("runId").asText())
                        .at("/run/mode")
                        .asText())
                .isEqualTo("RESTORE_DRY_RUN");
        Answer restored = api.post(back.path("path").asText(), change().put("mode", "RESTORE"));
        assertThat(api.ended(restored.body().path("runId").asText())
                        .at("/run/ending")
                        .asText())
                .isEqualTo("RESTORED");
    }

    /** Whatever name they gave: what is authenticated counts, and is shown. */
    @Test
    @Order(2)
    void whoAskedIsNotOfferedToApprove() {
        api.caller.set(LIN);
        JsonNode dry = api.ended(api.start(dryRun()));
        ObjectNode request = (ObjectNode) link(dry, "confirm").path("request");
        String run = api.start(request.put("reason", "a test").put("requestedBy", "ceo"));
        JsonNode waiting = api.until(run, "/details/waitsForApproval", "true");
        assertThat(waiting.at("/run/requestedBy").asText()).isEqualTo("ceo");
        assertThat(waiting.at("/run/authenticatedAs").asText()).isEqualTo("lin");
        assertThat(link(waiting, "approve").path("allowed").asBoolean()).isFalse();
        assertThat(link(waiting, "approve").path("refused").asText()).contains("You asked for this run");
        assertThat(api.post("/runs/" + run + "/approve", change()).error()).isEqualTo("ApprovalInvalid");
        api.post("/runs/" + run + "/hold", change());
        api.caller.set(GRACE);
        assertThat(api.post("/runs/" + run + "/approve", change()).status()).isEqualTo(200);
        JsonNode approved = api.get("/runs/" + run).body();
        assertThat(approved.at("/details/waitsForApproval").asBoolean()).isFalse();
        assertThat(next(approved)).doesNotContain("approve", "refuse");
        api.caller.set(LIN);
        assertThat(api.post("/runs/" + run + "/stop", change()).status()).isEqualTo(202);
        api.ended(run);
        assertThat(api.get("/runs/" + run + "/receipt")
                        .body()
                        .path("authenticatedAs")
                        .asText())
                .isEqualTo("lin");
    }

    @Test
    @Order(2)
    void aStopIsOnRecordThoughItsFunctionDies() throws Exception {
        try (Blocked blocked = new Blocked("sync-chunk")) {
            String run = api.start(dryRun());
            blocked.await();
            dies = true;
            assertThat(api.post("/runs/" + run + "/stop", change()).status()).isEqualTo(500);
            blocked.release();
            api.ended(run);
            assertThat(api.platform.context().audit().latest(run, "STOPPING", 1))
                    .singleElement()
                    .extracting(Entry::authenticatedAs, Entry::why)
                    .containsExactly("ada", "a test");
        }
    }

    @Test
    @Order(2)
    void aRealRunIsRefused() {
        JsonNode dry = api.ended(api.start(dryRun()));
        String run = api.start(((ObjectNode) link(dry, "confirm").path("request")).put("reason", "a test"));
        api.until(run, "/details/waitsForApproval", "true");
        api.caller.set(GRACE);
        assertThat(api.post("/runs/" + run + "/refuse", change()).status()).isEqualTo(200);
        assertThat(api.ended(run).at("/run/ending").asText()).isEqualTo("UNTOUCHED");
    }

    @Test
    @Order(2)
    void aSuspendedRunIsRedriven() {
        api.calls.set((function, payload, call) -> {
            if (function.equals("map-chunk")) {
                throw new FunctionError(SourceUnsuitable.class.getName(), "a rehearsal");
            }
            return call.get();
        });
        String run = api.start(dryRun().put("resumeMinutes", 10));
        JsonNode suspended = api.until(run, "/run/state", "SUSPENDED");
        assertThat(next(suspended)).contains("redrive", "resume", "stop").doesNotContain("hold");
        away = true;
        assertThat(api.post("/runs/" + run + "/redrive", change()).status()).isEqualTo(503);
        away = false;
        api.calls.set(FunctionCalls.PLAIN);
        assertThat(api.post("/runs/" + run + "/redrive", change()).status()).isEqualTo(202);
        JsonNode ended = api.ended(run);
        assertThat(ended.at("/run/error").isMissingNode()).as("%s", ended).isTrue();
    }

    @Test
    @Order(2)
    void aStartThatItsExecutionRefusesSaysByWhat() {
        Answer asked = api.post("/runs", dryRun().put("mode", "EXECUTE").put("confirm", "made up"));
        assertThat(asked.status()).isEqualTo(202);
        String run = asked.body().path("runId").asText();
        await().atMost(Duration.ofMinutes(1))
                .until(() -> api.get("/runs/" + run).error().equals("ConfirmationInvalid"));
        assertThat(api.get("/runs/" + run).body().path("detail").asText()).contains("Start a dry run");
    }

    @Test
    @Order(2)
    void askedAgainUnderItsKeyBeforeItIsAdmittedAStartIsTheSame() throws Exception {
        List<String> runs = new ArrayList<>();
        try (Blocked blocked = new Blocked("admit")) {
            Answer first = keyed(dryRun(), "monthly");
            blocked.await();
            Answer again = keyed(dryRun(), "monthly");
            assertThat(again.body()).isEqualTo(first.body());
            assertThat(keyed(dryRun().put("mode", "EXECUTE").put("confirm", "x"), "monthly")
                            .body()
                            .path("detail")
                            .asText())
                    .contains("idempotencyKey monthly was used for another request");
            api.caller.set(LIN);
            Answer another = keyed(dryRun(), "monthly");
            assertThat(another.body().path("runId"))
                    .as("what another caller has reserved, who would go unseen by it")
                    .isNotEqualTo(first.body().path("runId"));
            api.caller.set(ADA);
            runs.add(first.body().path("runId").asText());
            runs.add(another.body().path("runId").asText());
        }
        // Either may come first; the key is its, whoever asks.
        await().atMost(Duration.ofMinutes(1)).until(() -> runs.stream()
                .anyMatch(run ->
                        api.get("/runs/" + run).body().at("/run/state").asText().equals("CLOSED")));
        String run = runs.stream()
                .filter(each -> api.get("/runs/" + each).status() == 200)
                .findFirst()
                .orElseThrow();
        assertThat(keyed(dryRun(), "monthly").body().path("runId").asText()).isEqualTo(run);
    }

    @Test
    @Order(2)
    void aStartThatWasRefusedLeavesItsKeyToTheNext() {
        ObjectNode request = dryRun().put("mode", "EXECUTE").put("confirm", "made up");
        String first = keyed(request, "again").body().path("runId").asText();
        await().atMost(Duration.ofMinutes(1))
                .until(() -> api.get("/runs/" + first).error().equals("ConfirmationInvalid"));
        String second = keyed(request, "again").body().path("runId").asText();
        assertThat(second).isNotEqualTo(first);
        await().atMost(Duration.ofMinutes(1))
                .until(() -> api.get("/runs/" + second).error().equals("ConfirmationInvalid"));
    }

    private Answer keyed(ObjectNode request, String key) {
        return api.call("POST", "/runs", request.toString(), "Idempotency-Key", key);
    }

    @Test
    @Order(3)
    void everyAnswerThatIsPromisedWasSeen() {
        Set<String> missing = new TreeSet<>(api.contract().promised());
        missing.removeAll(api.seen());
        assertThat(missing)
                .as("answers that no test has seen (run the whole class)")
                .isEmpty();
    }

    private static List<String> next(JsonNode status) {
        return status.path("next").findValuesAsText("what");
    }

    private static JsonNode link(JsonNode status, String what) {
        for (JsonNode link : status.path("next")) {
            if (link.path("what").asText().equals(what)) {
                return link;
            }
        }
        throw new AssertionError("no " + what + " in " + status.path("next"));
    }

    /** Calls of one function stand still until they are let go on. */
    private final class Blocked implements AutoCloseable {

        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);

        Blocked(String function) {
            api.calls.set((called, payload, call) -> {
                if (called.equals(function)) {
                    reached.countDown();
                    awaited(released);
                }
                return call.get();
            });
        }

        void await() {
            awaited(reached);
        }

        private static void awaited(CountDownLatch latch) {
            try {
                assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }

        void release() {
            released.countDown();
        }

        @Override
        public void close() {
            release();
        }
    }
}

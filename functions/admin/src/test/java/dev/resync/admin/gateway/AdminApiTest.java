package dev.resync.admin.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import dev.resync.admin.contract.Contract;
import dev.resync.admission.RequestTickets;
import dev.resync.aws.Database;
import dev.resync.aws.Doctors;
import dev.resync.aws.EmbeddedMongo;
import dev.resync.aws.FakeAws;
import dev.resync.aws.StepFunctionsEndpoint;
import dev.resync.run.AuditTrail;
import dev.resync.stage.StageContext;
import dev.resync.stage.Stages;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bson.Document;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls the API as API Gateway does: with events that say who was authenticated. */
@QuarkusTest
@TestProfile(AdminApiTest.Deployment.class)
class AdminApiTest {

    private static final String ROLE = "arn:aws:sts::123456789012:assumed-role/";
    private static final String OPERATOR = ROLE + "Ops/ada";
    private static final String VIEWER = ROLE + "Look/hedy";
    private static final String EXECUTION = "arn:aws:states:eu-west-2:123456789012:execution:resync:one";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Contract CONTRACT = new Contract();

    FakeAws service;

    @Inject
    StageContext context;

    @Inject
    Database database;

    public static final class Deployment implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "resync.environment",
                    """
                    {"name": "test", "colour": "green", "kind": "test", "approval": "one-other-person", "maxConcurrency": 4,
                      "confirmation": "plan-hash", "dryRun": {"required": false},
                      "starts": {"api": {"who": ["*"], "realRuns": true}},
                      "callers": {"viewers": ["*"], "operators": ["%1$sOps/*"], "approvers": ["group:approvers"]}}
                    """.formatted(ROLE),
                    "resync.plans",
                    "revalidation",
                    "resync.resync-machine-arn",
                    "arn:aws:states:eu-west-2:123456789012:stateMachine:resync",
                    "resync.restore-machine-arn",
                    "arn:aws:states:eu-west-2:123456789012:stateMachine:restore");
        }

        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(
                    new TestResourceEntry(EmbeddedMongo.class), new TestResourceEntry(StepFunctionsEndpoint.class));
        }
    }

    @BeforeEach
    void empty() {
        database.client().getDatabase("resync").drop();
        service.asked().clear();
        service.answer("{\"executionArn\": \"" + EXECUTION + "\", \"startDate\": 1772352000, \"status\": \"RUNNING\"}");
    }

    /** An answer of the API. */
    private record Answer(int status, JsonNode body, JsonNode headers) {}

    private static ObjectNode iam(String arn) {
        ObjectNode authorizer = JSON.createObjectNode();
        authorizer.putObject("iam").put("userArn", arn);
        return authorizer;
    }

    private static ObjectNode jwt(String subject, String groups) {
        ObjectNode authorizer = JSON.createObjectNode();
        authorizer.putObject("jwt").putObject("claims").put("sub", subject).put("cognito:groups", groups);
        return authorizer;
    }

    private static String contentType(JsonNode answer) {
        JsonNode single = answer.at("/headers/Content-Type");
        return single.isMissingNode()
                ? answer.at("/multiValueHeaders/Content-Type/0").asText(null)
                : single.asText();
    }

    private static Answer call(ObjectNode authorizer, String method, String path, JsonNode body) {
        ObjectNode event = JSON.createObjectNode();
        event.put("version", "2.0").put("routeKey", "$default").put("rawPath", path.replaceAll("\\?.*", ""));
        event.put("rawQueryString", path.contains("?") ? path.replaceAll(".*\\?", "") : "");
        ObjectNode headers = event.putObject("headers").put("content-type", "application/json");
        headers.put("accept", "application/json");
        ObjectNode context = event.putObject("requestContext");
        context.putObject("http").put("method", method).put("path", path.replaceAll("\\?.*", ""));
        if (authorizer != null) {
            context.set("authorizer", authorizer);
        }
        if (body != null) {
            event.put("body", body.toString());
        }
        int port = ConfigProvider.getConfig().getValue("quarkus.lambda.mock-event-server.test-port", Integer.class);
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/_lambda_"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(event.toString()))
                .build();
        try {
            JsonNode answer = JSON.readTree(HttpClient.newHttpClient()
                    .send(request, BodyHandlers.ofString())
                    .body());
            String text = answer.path("body").asText("");
            CONTRACT.check(
                    method,
                    path.replaceAll("\\?.*", ""),
                    answer.path("statusCode").asInt(),
                    contentType(answer),
                    text);
            return new Answer(
                    answer.path("statusCode").asInt(),
                    text.isEmpty() ? null : JSON.readTree(text),
                    answer.path("headers"));
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static ObjectNode body(String environment) {
        return JSON.createObjectNode().put("environment", environment).put("reason", "a test");
    }

    private static ObjectNode dryRun() {
        return body("test").put("plan", "revalidation");
    }

    @Test
    void everybodyWhoMayLookSeesWhereTheyAre() {
        Answer answer = call(iam(VIEWER), "GET", "/environment", null);
        assertThat(answer.status()).as("%s", answer).isEqualTo(200);
        assertThat(answer.body().path("environment").asText()).isEqualTo("test");
        assertThat(answer.body().path("kind").asText()).isEqualTo("test");
        assertThat(answer.body().path("colour").asText()).isEqualTo("green");
        Answer plans = call(jwt("hedy", "[]"), "GET", "/plans", null);
        assertThat(plans.body().at("/planHashes/revalidation").asText()).hasSize(64);
        assertThat(call(null, "GET", "/health", null).body().path("database").asBoolean())
                .isTrue();
        assertThat(call(iam(VIEWER), "GET", "/runs", null).body().path("runs").size())
                .isZero();
        assertThat(call(iam(VIEWER), "GET", "/snapshots", null)
                        .body()
                        .path("environment")
                        .asText())
                .isEqualTo("test");
        assertThat(context.audit().all()).as("a GET writes nothing").isEmpty();
    }

    /** Whoever tried to change something is on record, whatever kept them from it. */
    @ParameterizedTest
    @CsvSource({
        "stop, viewer, test, AccessDenied",
        "approve, viewer, test, AccessDenied",
        "approve, approver, prod, EnvironmentMismatch",
        "refuse, approver, prod, EnvironmentMismatch",
        "stop, operator, prod, EnvironmentMismatch",
        "hold, operator, prod, EnvironmentMismatch",
        "throttle, operator, prod, EnvironmentMismatch"
    })
    void whatIsRefusedIsOnRecord(String operation, String who, String environment, String error) {
        String run = running();
        ObjectNode caller =
                switch (who) {
                    case "approver" -> jwt("grace", "[approvers]");
                    case "operator" -> iam(OPERATOR);
                    default -> iam(VIEWER);
                };
        String path = "/runs/" + run + "/" + operation;
        assertThat(call(caller, "POST", path, body(environment))
                        .body()
                        .path("title")
                        .asText())
                .isEqualTo(error);
        assertThat(context.audit().latest(null, "REFUSED", 9)).singleElement().satisfies(refused -> {
            assertThat(refused.authenticatedAs()).isIn("grace", OPERATOR, VIEWER);
            assertThat(refused.what()).startsWith(operation).endsWith(run);
            assertThat(refused.detail()).startsWith("dev.resync.error." + error + ": ");
        });
    }

    @Test
    void aStartThatIsRefusedForWantOfTheRoleIsOnRecord() {
        call(iam(VIEWER), "POST", "/runs", dryRun());
        call(iam(VIEWER), "POST", "/snapshots/some-snapshot/restore", body("test"));
        assertThat(context.audit().latest(null, "REFUSED", 9))
                .extracting(AuditTrail.Entry::what)
                .containsExactlyInAnyOrder("start", "restore some-snapshot");
    }

    @Test
    void lookingChangesNothing() {
        String run = running();
        Map<String, List<Document>> before = everything();
        assertThat(before).containsKeys("resync.runs", "resync.locks", "resync.audit");
        for (String path : List.of(
                "/environment",
                "/plans",
                "/health",
                "/runs",
                "/runs?limit=1",
                "/snapshots",
                "/runs/none",
                "/runs/" + run,
                "/runs/" + run + "/receipt")) {
            call(iam(OPERATOR), "GET", path, null);
        }
        assertThat(everything()).isEqualTo(before);
        assertThat(service.asked().subList(1, service.asked().size()))
                .as("of Step Functions, beside the start")
                .extracting(FakeAws.Asked::action)
                .containsOnly("DescribeExecution");
    }

    /** Returns all documents of all collections. */
    private Map<String, List<Document>> everything() {
        Map<String, List<Document>> all = new TreeMap<>();
        for (String name : database.client().listDatabaseNames()) {
            MongoDatabase each = database.client().getDatabase(name);
            for (String collection : each.listCollectionNames()) {
                all.put(
                        name + "." + collection,
                        each.getCollection(collection).find().into(new ArrayList<>()));
            }
        }
        return all;
    }

    @ParameterizedTest
    @CsvSource({"GET, /environment", "GET, /runs", "GET, /snapshots", "POST, /runs", "POST, /runs/x/stop"})
    void whoIsNotAuthenticatedGetsNothing(String method, String path) {
        Answer answer = call(null, method, path, method.equals("POST") ? body("test") : null);
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body().path("error").asText()).isEqualTo("dev.resync.error.AccessDenied");
        assertThat(answer.headers().toString()).contains("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/console/../health",
                "/console/%2e%2e/health",
                "/console/..%2fhealth",
                "/console/../runs",
                "/console/./../environment"
            })
    void theOpenWayToThePageLeadsNowhereElse(String path) {
        assertThat(call(null, "GET", path, null).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({"stop", "hold", "continue", "throttle", "approve", "refuse"})
    void whoMayLookMayDoNothing(String operation) {
        Answer answer = call(iam(VIEWER), "POST", "/runs/some-run/" + operation, body("test"));
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body().path("detail").asText())
                .contains(VIEWER + " is in none of")
                .contains("of environment test (test, green)");
    }

    @Test
    void aStartIsHandedOverWithATicketThatSaysWhoAsked() {
        Answer answer = call(iam(OPERATOR), "POST", "/runs", dryRun());
        assertThat(answer.status()).as("%s", answer).isEqualTo(202);
        assertThat(answer.body().path("runId").asText()).startsWith("test-revalidation-20260301T080000-");
        assertThat(answer.body().at("/links/run").asText())
                .isEqualTo("/runs/" + answer.body().path("runId").asText());
        JsonNode started = service.asked().get(0).body();
        assertThat(started.path("stateMachineArn").asText()).endsWith(":stateMachine:resync");
        assertThat(started.path("name").asText()).startsWith("test-revalidation-");
        ObjectNode input = (ObjectNode) FakeAws.json(started.path("input").asText());
        assertThat(input.path("via").asText()).isEqualTo("api");
        assertThat(input.path("requestedBy").asText()).isEqualTo(OPERATOR);
        assertThat(input.path(RequestTickets.FIELD).asText()).hasSize(32);
        assertThat(context.audit().all())
                .extracting(AuditTrail.Entry::event, AuditTrail.Entry::authenticatedAs)
                .containsExactly(tuple("STARTING", OPERATOR), tuple("ASKED", OPERATOR));
        assertThat(admitted(input)).isEqualTo(answer.body().path("runId").asText());
    }

    /** Plays the execution's first step on the same database. */
    private String admitted(JsonNode input) {
        Doctors.seed(database.client());
        ObjectNode event = JSON.createObjectNode();
        event.putArray("accepts").add("DRY_RUN").add("EXECUTE");
        event.set("request", input);
        event.put("execution", EXECUTION).put("startedAt", "2026-03-01T08:00:00Z");
        return new Stages(context).call("admit", event).path("runId").asText();
    }

    private String running() {
        call(iam(OPERATOR), "POST", "/runs", dryRun());
        return admitted(FakeAws.json(service.asked().get(0).body().path("input").asText()));
    }

    @Test
    void whoMayOnlyLookIsShownNoToken() {
        String run = running();
        database.client()
                .getDatabase("resync")
                .getCollection("runs")
                .updateOne(
                        Filters.eq("_id", run),
                        Updates.set(
                                "receipt",
                                Document.parse(
                                        "{runId: 'x', confirm: 'x.token', next: 'start with x.token', environment: 'test', ending: 'UNTOUCHED'}")));
        String seen = call(iam(VIEWER), "GET", "/runs/" + run + "/receipt", null)
                .body()
                .toString();
        assertThat(seen).contains("UNTOUCHED").doesNotContain("token");
        assertThat(call(iam(OPERATOR), "GET", "/runs/" + run + "/receipt", null)
                        .body()
                        .path("confirm")
                        .asText())
                .isEqualTo("x.token");
    }

    @ParameterizedTest
    @CsvSource({"'[not-yet approvers]', groups", "'[others]', cognito:groups", "'', cognito:groups"})
    void nobodyIsInAGroupThatOnlySoundsLikeIt(String groups, String claim) {
        ObjectNode authorizer = JSON.createObjectNode();
        authorizer
                .putObject("jwt")
                .putObject("claims")
                .put("sub", "group:approvers")
                .put(claim, groups);
        assertThat(call(authorizer, "POST", "/runs/some-run/approve", body("test"))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void theSameKeyTwiceIsOneRun() {
        ObjectNode request = dryRun().put("idempotencyKey", "monthly-3");
        call(iam(OPERATOR), "POST", "/runs", request);
        String run = admitted(
                FakeAws.json(service.asked().get(0).body().path("input").asText()));
        Answer again = call(iam(OPERATOR), "POST", "/runs", request);
        assertThat(again.status()).isEqualTo(202);
        assertThat(again.body().path("runId").asText()).isEqualTo(run);
        assertThat(again.body().path("execution").asText()).isEqualTo(EXECUTION);
        assertThat(service.asked()).as("executions started").hasSize(1);
        Answer other = call(
                iam(OPERATOR), "POST", "/runs", request.put("mode", "EXECUTE").put("confirm", "x"));
        assertThat(other.status()).isEqualTo(400);
        assertThat(other.body().path("detail").asText()).contains("was used for another request");
    }

    @Test
    void aRunIsShownHeldThrottledAndStopped() {
        String run = running();
        Answer listed = call(iam(VIEWER), "GET", "/runs?limit=1", null);
        assertThat(listed.body().at("/runs/0/runId").asText()).isEqualTo(run);
        assertThat(listed.body().path("environment").asText()).isEqualTo("test");
        assertThat(listed.body().hasNonNull("next")).isFalse();
        assertThat(call(iam(VIEWER), "GET", "/runs/" + run, null)
                        .body()
                        .at("/run/state")
                        .asText())
                .isEqualTo("OPEN");
        assertThat(call(iam(OPERATOR), "POST", "/runs/" + run + "/hold", body("test"))
                        .body()
                        .at("/pace/held/who")
                        .asText())
                .isEqualTo(OPERATOR);
        assertThat(call(
                                iam(OPERATOR),
                                "POST",
                                "/runs/" + run + "/throttle",
                                body("test").put("documentsPerSecond", 500).put("concurrency", "none"))
                        .body()
                        .at("/pace/documentsPerSecond")
                        .asInt())
                .isEqualTo(500);
        assertThat(call(iam(OPERATOR), "POST", "/runs/" + run + "/continue", body("test"))
                        .status())
                .isEqualTo(200);
        Answer stopped = call(iam(OPERATOR), "POST", "/runs/" + run + "/stop", body("test"));
        assertThat(stopped.status()).isEqualTo(202);
        JsonNode asked = service.asked().get(service.asked().size() - 1).body();
        assertThat(service.asked().get(service.asked().size() - 1).action()).isEqualTo("StopExecution");
        assertThat(asked.path("executionArn").asText()).isEqualTo(EXECUTION);
        assertThat(asked.path("cause").asText()).isEqualTo("Stopped by " + OPERATOR + ": a test");
        assertThat(context.audit().all())
                .extracting(AuditTrail.Entry::event)
                .containsExactly(
                        "STARTING", "ASKED", "ADMITTED", "HELD", "THROTTLED", "CONTINUED", "STOPPING", "STOPPED");
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /runs, prod, 409, EnvironmentMismatch",
        "POST, /runs/RUN/stop, prod, 409, EnvironmentMismatch",
        "POST, /runs/RUN/hold, prod, 409, EnvironmentMismatch",
        "POST, /runs/none/stop, test, 404, RunUnknown",
        "GET, /runs/none, , 404, RunUnknown",
        "GET, /runs/none/receipt, , 404, RunUnknown",
        "GET, /runs?limit=0, , 400, RequestInvalid",
        "GET, /runs?limit=abc, , 400, RequestInvalid",
        "POST, /plans-that-are-not, test, 404, PlanUnknown",
        "GET, /runs?after=none, , 404, RunUnknown",
        "POST, /snapshots/none/restore, test, 404, SnapshotUnknown"
    })
    void whatIsWrongHasAName(String method, String path, String environment, int status, String error) {
        String run = running();
        ObjectNode body = environment == null
                ? null
                : path.equals("/runs") ? dryRun().put("environment", environment) : body(environment);
        if (path.startsWith("/plans-")) {
            path = "/runs";
            body.put("plan", "no such plan");
        }
        int before = service.asked().size();
        Answer answer = call(iam(OPERATOR), method, path.replace("RUN", run), body);
        assertThat(answer.status()).as("%s", answer).isEqualTo(status);
        assertThat(answer.body().path("title").asText()).isEqualTo(error);
        assertThat(answer.body().path("error").asText()).isEqualTo("dev.resync.error." + error);
        assertThat(service.asked()).as("what was asked of the service").hasSize(before);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"environment\": \"test\"} | reason is missing",
                "{\"environment\": \"test\", \"reason\": \"a\\nb\"} | reason holds a line break",
                "{\"environment\": 7, \"reason\": \"x\"} | environment is 7; expected a text",
                "{\"environment\": \"test\", \"reason\": \"x\", \"force\": true} | Unknown field force",
                "[] | The body is ARRAY"
            })
    void aWrongBodyIsNamed(String body, String expected) {
        Answer answer = call(iam(OPERATOR), "POST", "/runs/some-run/stop", FakeAws.json(body));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().path("detail").asText()).contains(expected);
    }

    @Test
    void whoHasTheRoleByAGroupMayApprove() {
        String run = running();
        Answer answer = call(jwt("grace", "[approvers others]"), "POST", "/runs/" + run + "/approve", body("test"));
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.body().path("error").asText()).isEqualTo("dev.resync.error.ApprovalInvalid");
        assertThat(answer.body().path("detail").asText()).contains("waits for no approval");
        assertThat(call(jwt("grace", "[others]"), "POST", "/runs/" + run + "/approve", body("test"))
                        .status())
                .isEqualTo(403);
        assertThat(context.audit().latest(run, "REFUSED", 1).get(0).authenticatedAs())
                .isEqualTo("grace");
    }

    @Test
    void aServiceThatDoesNotAnswerIsTold() {
        service.refuse("ThrottlingException");
        Answer answer = call(iam(OPERATOR), "POST", "/runs", dryRun());
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.body().path("title").asText()).isEqualTo("ExecutionsUnavailable");
    }

    @Test
    void whatIsNotThereIsAProblem() {
        Answer answer = call(iam(VIEWER), "GET", "/nothing", null);
        assertThat(answer.status()).isEqualTo(404);
    }
}

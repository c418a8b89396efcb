package dev.resync.admission;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resync.error.ResyncException;
import dev.resync.fixture.EmbeddedMongo;
import dev.resync.fixture.RunFixture;
import dev.resync.run.ExecutionStatus;
import dev.resync.run.Run;
import dev.resync.run.RunMode;
import dev.resync.store.ControlJson;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Ten thousand requests, nearly all of them wrong somewhere: none crashes admission, and none gets a real run by luck. */
class AdmissionFuzzTest {

    private static final int REQUESTS = 10_000;
    private static final long SEED = 20231211;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    @RegisterExtension
    static final EmbeddedMongo MONGO = new EmbeddedMongo();

    private final Random random = new Random(SEED);
    private final Map<String, Integer> refusals = new TreeMap<>();
    private final Set<String> tokens = new HashSet<>();
    private final List<String> used = new ArrayList<>();
    private RunFixture fixture;

    @Test
    void noRunWithoutAValidToken() {
        fixture = new RunFixture(MONGO.client(), MONGO.client(), """
                        {"name": "test", "colour": "blue", "kind": "test", "maxConcurrency": 10, "approval": "none",
                          "starts": {"console": {"who": ["*"], "realRuns": true}, "api": {"who": ["*"], "realRuns": true},
                            "schedule": {"who": ["*"], "realRuns": true}}}
                        """).filled(3);
        for (int i = 0; i < 5; i++) {
            tokens.add(fixture.confirmation());
        }
        for (int i = 0; i < REQUESTS; i++) {
            admit(request(), i);
        }
        assertThat(used).as("valid tokens that were hit").isNotEmpty().doesNotHaveDuplicates();
        assertThat(fixture.context().runs().all().stream().filter(run -> run.mode() == RunMode.EXECUTE))
                .hasSameSizeAs(used);
        assertThat(refusals)
                .containsKeys(
                        "dev.resync.error.RequestInvalid",
                        "dev.resync.error.EnvironmentMismatch",
                        "dev.resync.error.PlanUnknown",
                        "dev.resync.error.ConfirmationInvalid",
                        "dev.resync.error.SnapshotUnknown",
                        "dev.resync.error.RunUnknown",
                        "dev.resync.error.StartRefused");
        assertThat(refusals.keySet()).allMatch(name -> name.startsWith("dev.resync.error."));
    }

    private void admit(JsonNode request, int number) {
        String execution = "arn:aws:states:eu-west-2:1:execution:resync:fuzz-" + number;
        try {
            JsonNode answer = fixture.call("admit", fixture.admission(request, execution));
            boolean another = answer.get("alreadyStarted").booleanValue();
            if (!another && !answer.get("mode").textValue().equals("PREVIEW")) {
                admitted(request, fixture.run(answer.get("runId").textValue()), execution);
            }
        } catch (ResyncException refused) {
            assertThat(refused.getMessage()).as("%s", request).isNotBlank();
            refusals.merge(refused.errorName(), 1, Integer::sum);
        } catch (RuntimeException crashed) {
            throw new AssertionError("admission crashed on " + request, crashed);
        }
    }

    private void admitted(JsonNode request, Run run, String execution) {
        if (run.mode() == RunMode.EXECUTE) {
            String token = request.path("confirm").asText().strip();
            assertThat(tokens).as("%s", request).contains(token);
            used.add(token);
        }
        fixture.executions().set(execution, ExecutionStatus.ABORTED);
        fixture.close(execution, execution + "-close");
    }

    /** Mostly a whole request with one to three things done to it. */
    private JsonNode request() {
        if (random.nextInt(50) == 0) {
            return anything(2);
        }
        ObjectNode request = fixture.request(pick("DRY_RUN", "EXECUTE", "EXECUTE", "RESTORE", "RESTORE_DRY_RUN"));
        if (request.get("mode").textValue().equals("EXECUTE")) {
            request.put("confirm", confirmation());
        } else if (request.get("mode").textValue().startsWith("RESTORE")) {
            request.put("snapshot", "s-1").remove("plan");
        }
        if (random.nextInt(20) == 0) {
            request.put("resume", pick("test-people-20260301T080000-0123456789", "x"))
                    .put("from", "MAP");
            request.remove("plan");
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            spoil(request);
        }
        return request;
    }

    /** Valid now and then; else nearly so. */
    private String confirmation() {
        List<String> all = new ArrayList<>(tokens);
        Collections.sort(all);
        String token = all.get(random.nextInt(all.size()));
        return switch (random.nextInt(12)) {
            case 0 -> token;
            case 1 -> token.substring(0, token.length() - 1) + (token.endsWith("0") ? "1" : "0");
            case 2 -> token.substring(0, token.lastIndexOf('.') + 1);
            case 3 -> token.toUpperCase(Locale.ROOT);
            case 4 -> token.substring(0, token.lastIndexOf('.'));
            case 5 -> token + "0";
            case 6 -> fixture.planHash();
            case 7 -> "{\"$ne\": null}";
            case 8 -> "." + token;
            default -> pick("yes", "null", ".", "..", "test-people.x", "$where");
        };
    }

    private void spoil(ObjectNode request) {
        String field = pick(
                "environment",
                "plan",
                "mode",
                "requestedBy",
                "reason",
                "confirm",
                "snapshot",
                "only",
                "resume",
                "from",
                "concurrency",
                "chunkDocuments",
                "resumeMinutes",
                "via",
                "scheduledTime",
                "ticket",
                "idempotencyKey",
                "enviroment",
                "$set",
                "",
                "Comment");
        switch (random.nextInt(4)) {
            case 0 -> request.remove(field);
            case 1 -> request.set(field, anything(1));
            default -> request.set(field, plausible(field));
        }
    }

    private JsonNode plausible(String field) {
        return switch (field) {
            case "environment" -> JSON.textNode(pick("prod", "Test", "test ", "tes"));
            case "plan" -> JSON.textNode(pick("people", "persons", "../people", "people.json"));
            case "mode" ->
                JSON.textNode(pick("DRY_RUN", "EXECUTE", "execute", "RESTORE", "PREVIEW", "RESTORE_DRY_RUN"));
            case "via" -> JSON.textNode(pick("console", "api", "schedule", "command-line", "CONSOLE"));
            case "scheduledTime" ->
                JSON.textNode(pick("2026-03-01T08:00:00Z", "2026-03-01", "<aws.scheduler.scheduled-time>"));
            case "from" -> JSON.textNode(pick("MAP", "SYNC", "map"));
            case "resume" -> JSON.textNode(pick("test-people-20260301T080000-0123456789", "x"));
            case "only" -> JSON.arrayNode().add(pick("nameView", "personView", ""));
            case "concurrency", "chunkDocuments", "resumeMinutes" -> JSON.numberNode(random.nextInt(2_000_001) - 1);
            default -> JSON.textNode(pick("k-1", "k-2", "a b", "é", "x".repeat(1001), "a\nb", "\u00a0"));
        };
    }

    private JsonNode anything(int depth) {
        return switch (random.nextInt(depth > 0 ? 9 : 7)) {
            case 0 -> JSON.nullNode();
            case 1 -> JSON.booleanNode(random.nextBoolean());
            case 2 -> JSON.numberNode(random.nextInt());
            case 3 -> JSON.numberNode(random.nextLong() / 3.0);
            case 4 -> JSON.textNode("");
            case 5 -> JSON.textNode(pick("\0", "🩺", "{}", "[]", "true", " "));
            case 6 -> JSON.numberNode(new BigDecimal("1e400"));
            case 7 -> JSON.arrayNode().add(anything(depth - 1)).add(anything(depth - 1));
            default ->
                ControlJson.mapper().createObjectNode().set(pick("a", "$ne", "environment"), anything(depth - 1));
        };
    }

    private String pick(String... values) {
        return values[random.nextInt(values.length)];
    }
}

package dev.resync.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resync.admin.ExecutionControl;
import dev.resync.admin.contract.Contract.Operation;
import dev.resync.cli.local.LocalPlatform;
import dev.resync.cli.serve.ServedApi.Answer;
import dev.resync.environment.StartWay;
import dev.resync.run.ExecutionStatus;
import dev.resync.run.Run;
import dev.resync.stage.Stages;
import dev.resync.store.ControlJson;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Thousands of requests, right and wrong, none of which the server may answer with a fault of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AdminFuzzTest {

    private static final int REQUESTS = 5_000;
    private static final long SEED = 20_231_204;
    private static final List<String> HEADERS = List.of(
            "If-None-Match",
            "If-Match",
            "If-Modified-Since",
            "Idempotency-Key",
            "Accept",
            "Accept-Encoding",
            "Accept-Language",
            "Content-Encoding",
            "Content-Type",
            "Cookie",
            "Range",
            "Authorization",
            "X-HTTP-Method-Override",
            "X-Forwarded-Host");
    private static final List<String> HOSTILE = List.of(
            "",
            " ",
            "test",
            "prod",
            "revalidation",
            "../../etc/passwd",
            "%00",
            "a\u0000b",
            "\ud800",
            "<script>alert(1)</script>",
            "{$ne: 1}",
            "$where",
            "x".repeat(1_000),
            "x".repeat(100_000),
            "\u202etxet",
            "two\nlines",
            "none",
            "DRY_RUN",
            "EXECUTE",
            "RESTORE",
            "9223372036854775808",
            "-1",
            "1e400",
            "😀");

    private final ServedApi api = new ServedApi(executions -> new Pretended(), context -> context);
    private final Random random = new Random(SEED);
    private final List<String> ids = new ArrayList<>(List.of("none", "..", ".", "%2e%2e", "a b"));

    /** Takes every order and carries out none. */
    private static final class Pretended implements ExecutionControl {

        private int started;

        @Override
        public synchronized Optional<Started> start(Machine machine, String name, JsonNode input) {
            return Optional.of(new Started(
                    "arn:aws:states:eu-west-2:123456789012:execution:resync:" + started++,
                    Instant.parse("2026-06-15T09:00:00Z")));
        }

        @Override
        public void stop(String execution, String who, String why) {}

        @Override
        public void wake(String taskToken) {}

        @Override
        public ExecutionStatus status(String execution) {
            return ExecutionStatus.RUNNING;
        }

        @Override
        public void redrive(String execution) {}

        @Override
        public void limitConcurrency(String execution, int most) {}
    }

    @AfterAll
    void tearDown() {
        api.close();
    }

    @Test
    void noRequestIsAnsweredWithAFault() {
        ids.add(ended());
        ids.add(open());
        Map<Integer, Integer> statuses = new TreeMap<>();
        List<Operation> operations = api.contract().operations();
        for (int i = 0; i < REQUESTS; i++) {
            Operation operation = operations.get(random.nextInt(operations.size()));
            api.caller.set(
                    random.nextInt(20) == 0
                            ? ServedApi.HEDY
                            : operation.role().equals("approver") ? ServedApi.GRACE : ServedApi.ADA);
            String path = path(operation);
            String method = random.nextInt(50) == 0 ? "PUT" : operation.method();
            String body = operation.method().equals("POST") ? body(operation) : null;
            Answer answer = api.call(method, path, body, headers());
            assertThat(answer.status())
                    .as("request %d: %s %s %s: %s", i, method, path, body, answer.body())
                    .isLessThan(500);
            statuses.merge(answer.status(), 1, Integer::sum);
        }
        // Or else the requests would all have been turned away at the door.
        assertThat(statuses.get(200)).as("%s", statuses).isGreaterThan(REQUESTS / 20);
        assertThat(statuses.get(202)).as("%s", statuses).isGreaterThan(REQUESTS / 100);
        assertThat(statuses).containsKeys(400, 403, 404, 409);
    }

    private String[] headers() {
        if (random.nextInt(3) > 0) {
            return new String[0];
        }
        String value = text().replaceAll("[^\\x20-\\x7e]", "?");
        return new String[] {
            HEADERS.get(random.nextInt(HEADERS.size())), value.substring(0, Math.min(2_000, value.length()))
        };
    }

    private String ended() {
        LocalPlatform platform = api.platform.platform();
        String execution = platform.startResync(
                null, ServedApi.dryRun().put("via", StartWay.CONSOLE.label()).put("requestedBy", "ada"));
        platform.await(execution, Duration.ofMinutes(1));
        Run run = platform.context().runs().findByExecution(execution).orElseThrow();
        ids.add(run.snapshot());
        return run.id();
    }

    /** A run that holds its locks and on which nothing works. */
    private String open() {
        ObjectNode event = ControlJson.mapper().createObjectNode().put("execution", "arn:open");
        event.putArray("accepts").add("DRY_RUN");
        event.put("startedAt", "2026-06-15T09:00:00Z");
        event.set(
                "request",
                ServedApi.dryRun().put("via", StartWay.CONSOLE.label()).put("requestedBy", "ada"));
        return new Stages(api.platform.context())
                .call("admit", event)
                .path("runId")
                .asText();
    }

    private String path(Operation operation) {
        String path = operation.template();
        while (path.contains("{")) {
            String value = random.nextInt(4) == 0
                    ? text()
                    : ids.get(ids.size() - 1 - random.nextInt(random.nextBoolean() ? 3 : ids.size()));
            path = path.replaceFirst("\\{\\w+}", Matcher.quoteReplacement(encoded(value)));
        }
        StringBuilder query = new StringBuilder();
        operation.definition().path("parameters").forEach(parameter -> {
            if (parameter.path("in").asText().equals("query") && random.nextInt(3) == 0) {
                query.append(query.isEmpty() ? '?' : '&')
                        .append(parameter.path("name").asText())
                        .append('=')
                        .append(encoded(random.nextBoolean() ? text() : String.valueOf(random.nextInt(600) - 50)));
            }
        });
        return path + query;
    }

    private static String encoded(String value) {
        String shorter = value.length() > 2_000 ? value.substring(0, 2_000) : value;
        String encoded = URLEncoder.encode(shorter, StandardCharsets.UTF_8).replace("+", "%20");
        return encoded.isEmpty() ? "-" : encoded;
    }

    private String text() {
        return HOSTILE.get(random.nextInt(HOSTILE.size()));
    }

    private String body(Operation operation) {
        ObjectNode body = valid(operation);
        int changes = Math.max(0, random.nextInt(4) - 1);
        for (int i = 0; i < changes; i++) {
            List<String> names = new ArrayList<>();
            api.contract()
                    .document()
                    .at("/components/schemas/StartRequest/properties")
                    .fieldNames()
                    .forEachRemaining(names::add);
            String name = random.nextInt(4) == 0 ? text() : names.get(random.nextInt(names.size()));
            body.set(name, value(2));
        }
        String text = body.toString();
        return switch (random.nextInt(30)) {
            case 0 -> text.substring(0, random.nextInt(text.length()));
            case 1 -> text + text;
            case 2 -> value(2).toString();
            case 3 -> "[".repeat(20_000);
            default -> text;
        };
    }

    private ObjectNode valid(Operation operation) {
        ObjectNode body = ServedApi.change();
        switch (operation.id()) {
            case "start" -> {
                body.put("plan", "revalidation").put("mode", "DRY_RUN");
                if (random.nextBoolean()) {
                    body.put("mode", "EXECUTE").put("confirm", text());
                }
            }
            case "restore" -> body.put("mode", random.nextBoolean() ? "RESTORE" : "RESTORE_DRY_RUN");
            case "throttle" -> body.put("documentsPerSecond", random.nextInt(3_000) - 10);
            default -> body.put("reason", "a test " + random.nextInt(10));
        }
        return body;
    }

    private JsonNode value(int depth) {
        return switch (random.nextInt(depth > 0 ? 9 : 6)) {
            case 0 -> ControlJson.mapper().getNodeFactory().nullNode();
            case 1 -> ControlJson.mapper().getNodeFactory().numberNode(random.nextLong());
            case 2 -> ControlJson.mapper().getNodeFactory().numberNode(random.nextDouble() * 1e300);
            case 3 -> ControlJson.mapper().getNodeFactory().booleanNode(random.nextBoolean());
            case 4, 5 -> ControlJson.mapper().getNodeFactory().textNode(text());
            case 6 -> {
                ArrayNode array = ControlJson.mapper().createArrayNode();
                array.add(value(depth - 1)).add(value(depth - 1));
                yield array;
            }
            default -> ControlJson.mapper().createObjectNode().set(text(), value(depth - 1));
        };
    }
}

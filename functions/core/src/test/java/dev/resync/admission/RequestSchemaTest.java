package dev.resync.admission;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.resync.error.RequestInvalid;
import dev.resync.store.ControlJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The published schema of requests says what admission accepts, no more and no less. */
class RequestSchemaTest {

    private static final Path FOLDER = Path.of("../../statemachine");
    private static final int REQUESTS = 3000;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final List<String> FIELDS = List.of(
            "environment",
            "plan",
            "mode",
            "via",
            "scheduledTime",
            "ticket",
            "idempotencyKey",
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
            "unknown");

    private final Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(read(FOLDER.resolve("request.schema.json")), InputFormat.JSON);
    private final Random random = new Random(6);

    static Stream<Path> samples() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER.resolve("inputs"))) {
            return files.filter(file -> asksForARun(file)).sorted().toList().stream();
        }
    }

    /** A preview asks for nothing, and a run is closed by its id alone. */
    private static boolean asksForARun(Path file) {
        return read(file).contains("requestedBy") && !read(file).contains("runId");
    }

    @ParameterizedTest
    @MethodSource("samples")
    void everySampleIsARequest(Path sample) {
        assertThat(schema.validate(read(sample), InputFormat.JSON)).isEmpty();
    }

    @Test
    void schemaAndAdmissionAgree() {
        int accepted = 0;
        for (int i = 0; i < REQUESTS; i++) {
            ObjectNode request = request();
            boolean accepts = accepts(request);
            accepted += accepts ? 1 : 0;
            assertThat(schema.validate(request.toString(), InputFormat.JSON).isEmpty())
                    .as("schema accepts %s", request)
                    .isEqualTo(accepts);
        }
        assertThat(accepted).isBetween(REQUESTS / 20, REQUESTS / 2);
    }

    private static boolean accepts(JsonNode request) {
        try {
            RequestReader.read(request);
            return true;
        } catch (RequestInvalid refused) {
            return false;
        }
    }

    private ObjectNode request() {
        ObjectNode request = ControlJson.mapper().createObjectNode();
        for (String field : List.of("environment", "requestedBy", "reason")) {
            request.put(field, "x");
        }
        switch (random.nextInt(5)) {
            case 0 -> request.put("plan", "x");
            case 1 -> request.put("plan", "x").put("mode", "EXECUTE").put("confirm", "x");
            case 2 -> request.put("snapshot", "x");
            case 3 -> request.put("resume", "x").put("from", "MAP");
            default -> request.put("plan", "x").put("via", "schedule").put("scheduledTime", "2026-03-01T08:00:00Z");
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            String field = FIELDS.get(random.nextInt(FIELDS.size()));
            if (random.nextInt(3) == 0) {
                request.remove(field);
            } else {
                request.set(field, value(field));
            }
        }
        return request;
    }

    private JsonNode value(String field) {
        if (random.nextInt(4) == 0) {
            return List.of(
                            JSON.numberNode(1.5),
                            JSON.textNode(""),
                            JSON.textNode("  "),
                            JSON.booleanNode(true),
                            JSON.arrayNode(),
                            JSON.objectNode(),
                            JSON.textNode("y".repeat(1001)))
                    .get(random.nextInt(7));
        }
        return switch (field) {
            case "mode" -> JSON.textNode(pick("DRY_RUN", "EXECUTE", "RESTORE", "RESTORE_DRY_RUN", "PREVIEW"));
            case "via" -> JSON.textNode(pick("console", "schedule", "api", "command-line", "fax"));
            case "scheduledTime" -> JSON.textNode("2026-03-01T08:00:00Z");
            case "from" -> JSON.textNode(pick("MAP", "SYNC"));
            case "only" -> JSON.arrayNode().add("a").add(pick("b", "a", " "));
            case "concurrency", "chunkDocuments", "resumeMinutes" ->
                JSON.numberNode(List.of(-1, 0, 1, 1000, 1001, 10_080, 10_081, 1_000_000, 1_000_001)
                        .get(random.nextInt(9)));
            default -> JSON.textNode("x");
        };
    }

    private String pick(String... values) {
        return values[random.nextInt(values.length)];
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

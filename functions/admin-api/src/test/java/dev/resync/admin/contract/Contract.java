package dev.resync.admin.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The published description of the API, to hold answers to it. */
public final class Contract {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** What any HTTP server may say of a request before it knows what is asked for. */
    private static final Set<Integer> PROTOCOL = Set.of(400, 405, 406, 413, 415);

    private static final Set<String> METHODS = Set.of("get", "post", "put", "delete", "patch");

    private final JsonNode document;
    private final List<Operation> operations = new ArrayList<>();

    /**
     * An operation.
     *
     * @param id operationId
     * @param method in capitals
     * @param template path with parameters in braces
     * @param role who may call it
     */
    public record Operation(String id, String method, String template, String role, JsonNode definition) {

        boolean matches(String otherMethod, String path) {
            String pattern = Pattern.compile("\\{(\\w+)}")
                    .matcher(template)
                    .replaceAll(match -> match.group(1).equals("file") ? ".+" : "[^/]+");
            return method.equals(otherMethod) && path.matches(pattern);
        }
    }

    public Contract() {
        try (InputStream in = Contract.class.getResourceAsStream("/openapi.json")) {
            document = JSON.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> each : path.getValue().properties()) {
                assertThat(METHODS).contains(each.getKey());
                JsonNode definition = each.getValue();
                operations.add(new Operation(
                        definition.path("operationId").asText(),
                        each.getKey().toUpperCase(Locale.ROOT),
                        path.getKey(),
                        definition.path("x-resync-role").asText(),
                        definition));
            }
        }
    }

    /** Returns all operations. */
    public List<Operation> operations() {
        return List.copyOf(operations);
    }

    /** Returns the whole description. */
    public JsonNode document() {
        return document;
    }

    /** Returns the operation that a call is one of; that with fewest parameters where several fit, as OpenAPI has it. */
    public Optional<Operation> operation(String method, String path) {
        return operations.stream()
                .filter(each -> each.matches(method, path))
                .min(Comparator.comparing(each -> each.template().split("\\{").length));
    }

    /** Returns every answer that is promised, as operation and status. */
    public Set<String> promised() {
        Set<String> promised = new TreeSet<>();
        for (Operation operation : operations) {
            operation.definition().path("responses").fieldNames().forEachRemaining(status -> {
                if (!status.equals("default")) {
                    promised.add(operation.id() + " " + status);
                }
            });
        }
        return promised;
    }

    /**
     * Holds an answer to the description.
     *
     * @param path without query
     * @param contentType may be null
     * @param body may be null or empty
     * @return operation and status
     */
    public String check(String method, String path, int status, String contentType, String body) {
        if (operation(method, path).isEmpty()) {
            assertThat(status).as("%s %s is none of the API", method, path).isIn(400, 404, 405, 413, 415);
            return "none " + status;
        }
        Operation operation = operation(method, path).orElseThrow();
        String what = operation.id() + " " + status;
        JsonNode responses = operation.definition().path("responses");
        boolean named = responses.has(String.valueOf(status));
        boolean ofTheProtocol =
                PROTOCOL.contains(status) && String.valueOf(body).contains("about:blank");
        assertThat(named || status == 500 || ofTheProtocol)
                .as("%s is promised; it says %s", what, body)
                .isTrue();
        JsonNode response = resolved(named ? responses.path(String.valueOf(status)) : responses.path("default"));
        JsonNode content = response.path("content");
        if (content.isMissingNode()) {
            assertThat(body == null ? "" : body).as("body of %s", what).isEmpty();
            return what;
        }
        String type = contentType == null ? "" : contentType.replaceAll("\\s*;.*", "");
        assertThat(content.has(type)).as("%s has type %s", what, contentType).isTrue();
        if (type.endsWith("json")) {
            assertThat(problems(content.path(type).path("schema"), body))
                    .as("%s is as described: %s", what, body)
                    .isEmpty();
        }
        return what;
    }

    /** Returns what is wrong with a request's body; empty where it is as described. */
    public List<String> requestProblems(Operation operation, String body) {
        return problems(operation.definition().at("/requestBody/content/application~1json/schema"), body);
    }

    private List<String> problems(JsonNode schema, String body) {
        ObjectNode whole = schema.deepCopy();
        whole.set("components", document.path("components"));
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(whole.toString(), InputFormat.JSON)
                .validate(body, InputFormat.JSON)
                .stream()
                .map(Object::toString)
                .toList();
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? document.at(node.path("$ref").asText().substring(1)) : node;
    }
}

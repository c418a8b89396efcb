package dev.resync.schema;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.resync.error.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Checks a document against its published schema and says in plain words what is wrong. Thread-safe. */
public final class SchemaCheck {

    private final Schema schema;
    private final JsonNode schemaTree;

    /** @param resource the schema, on the class path; must be there */
    public SchemaCheck(String resource) {
        String text = read(resource);
        this.schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(text, InputFormat.JSON);
        try {
            this.schemaTree = new ObjectMapper().readTree(text);
        } catch (JsonProcessingException brokenBuild) {
            throw new UncheckedIOException(brokenBuild);
        }
    }

    /**
     * Returns all that is wrong.
     *
     * @param json text of the document
     * @param document the same, parsed
     */
    public List<Problem> check(String json, JsonNode document) {
        List<Problem> problems = new ArrayList<>();
        for (Error error : schema.validate(json, InputFormat.JSON)) {
            problems.add(problem(error, document));
        }
        return problems;
    }

    private Problem problem(Error error, JsonNode document) {
        String pointer = error.getInstanceLocation().toString();
        JsonNode value = document.at(JsonPointer.compile(pointer));
        JsonPointer keyword =
                JsonPointer.compile(error.getSchemaLocation().getFragment().toString());
        JsonNode expected = schemaTree.at(keyword);
        JsonNode around = schemaTree.at(keyword.head());
        return switch (error.getKeyword()) {
            case "additionalProperties" ->
                new Problem(
                        pointer + "/" + escape(error.getProperty()),
                        "unknown field " + error.getProperty()
                                + NearestName.hint(error.getProperty(), names(around.path("properties"))));
            case "required" -> new Problem(pointer, "lacks the field " + error.getProperty() + "; add it");
            case "type" -> new Problem(pointer, "is " + show(value) + "; expected " + types(around, expected));
            case "enum" ->
                new Problem(
                        pointer,
                        "is " + show(value) + "; expected one of " + list(expected)
                                + (value.isTextual() ? NearestName.hint(value.asText(), texts(expected)) : ""));
            case "pattern", "minLength", "maxLength" ->
                new Problem(
                        pointer,
                        "is " + show(value) + "; expected " + textExpectation(error.getKeyword(), around, expected));
            case "propertyNames" ->
                new Problem(
                        pointer + "/" + escape(error.getProperty()),
                        "is no name; expected " + expected.path("title").asText());
            case "minimum" -> new Problem(pointer, "is " + show(value) + "; expected at least " + expected.asText());
            case "maximum" -> new Problem(pointer, "is " + show(value) + "; expected at most " + expected.asText());
            case "minItems", "minProperties" ->
                new Problem(pointer, "has too few entries; expected at least " + expected.asText());
            default -> new Problem(pointer, "is " + show(value) + "; " + error.getMessage());
        };
    }

    private static String textExpectation(String keyword, JsonNode around, JsonNode expected) {
        if (around.has("title")) {
            return around.get("title").asText();
        }
        return switch (keyword) {
            case "minLength" -> "at least " + expected.asText() + " character";
            case "maxLength" -> "at most " + expected.asText() + " characters";
            default -> "another form: " + expected.asText();
        };
    }

    private static String types(JsonNode around, JsonNode expected) {
        if (around.has("title")) {
            return around.get("title").asText();
        }
        return expected.isArray()
                ? texts(expected).stream().map(SchemaCheck::withArticle).collect(Collectors.joining(" or "))
                : withArticle(expected.asText());
    }

    private static String withArticle(String type) {
        return switch (type) {
            case "integer" -> "a whole number";
            case "object", "array" -> "an " + type;
            case "null" -> type;
            default -> "a " + type;
        };
    }

    /** Returns a value as short JSON. */
    public static String show(JsonNode value) {
        String text = value.toString();
        return text.length() <= 100 ? text : text.substring(0, 99) + "…";
    }

    /** Returns a name as one step of a JSON pointer. */
    public static String escape(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    private static String list(JsonNode values) {
        return texts(values).stream().collect(Collectors.joining(", "));
    }

    private static List<String> texts(JsonNode values) {
        return StreamSupport.stream(values.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static List<String> names(JsonNode properties) {
        List<String> names = new ArrayList<>();
        properties.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static String read(String name) {
        try (InputStream resource = SchemaCheck.class.getResourceAsStream(name)) {
            if (resource == null) {
                throw new IllegalStateException(String.format(Locale.ROOT, "The build lacks the resource %s", name));
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException brokenBuild) {
            throw new UncheckedIOException(brokenBuild);
        }
    }
}

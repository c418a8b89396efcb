package dev.resync.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resync.error.RequestInvalid;
import dev.resync.schema.OneLine;
import java.util.List;
import java.util.stream.Stream;

/** The body of a request, held to the fields that it may have. */
final class Body {

    private static final String ENVIRONMENT = "environment";
    private static final String REASON = "reason";

    private final ObjectNode fields;

    private Body(ObjectNode fields) {
        this.fields = fields;
    }

    /**
     * Returns what came as an object.
     *
     * @param json as it came; null for none
     * @throws RequestInvalid where it is none
     */
    static ObjectNode object(JsonNode json) {
        if (json == null || !json.isObject()) {
            throw new RequestInvalid("The body is " + (json == null ? "missing" : json.getNodeType())
                    + "; expected a JSON object. Nothing was changed.");
        }
        return (ObjectNode) json;
    }

    /**
     * Returns the body of a change.
     *
     * @param json as it came; null for none
     * @param more fields that it may have beside environment and reason
     * @throws RequestInvalid where it is no object, or has another field
     */
    static Body of(JsonNode json, String... more) {
        ObjectNode fields = object(json);
        List<String> known =
                Stream.concat(Stream.of(ENVIRONMENT, REASON), Stream.of(more)).toList();
        fields.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw new RequestInvalid("Unknown field " + name + " in the body; known are " + String.join(", ", known)
                        + ". Nothing was changed.");
            }
        });
        return new Body(fields);
    }

    /** Returns the name of the environment that is meant. */
    String environment() {
        return text(ENVIRONMENT);
    }

    /** Returns why. */
    String reason() {
        return text(REASON);
    }

    /** Returns why; null where they give no reason. */
    String reasonIfGiven() {
        return has(REASON) ? reason() : null;
    }

    /**
     * Returns a text.
     *
     * @throws RequestInvalid where it is missing, or no line of text; see {@link OneLine}
     */
    private String text(String field) {
        JsonNode value = fields.path(field);
        if (!value.isMissingNode() && !value.isNull() && !value.isTextual()) {
            throw new RequestInvalid(field + " is " + value + "; expected a text. Nothing was changed.");
        }
        return OneLine.require(field, value.textValue(), "Nothing was changed.");
    }

    /** Returns whether a field is there, and not null. */
    boolean has(String field) {
        return fields.hasNonNull(field);
    }

    /** Returns a field as it came. */
    JsonNode value(String field) {
        return fields.path(field);
    }
}

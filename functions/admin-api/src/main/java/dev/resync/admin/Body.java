package dev.resync.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resync.error.RequestInvalid;
import dev.resync.schema.OneLine;
import java.util.List;

/** The body of a request, held to the fields that it may have. */
final class Body {

    private final ObjectNode fields;

    private Body(ObjectNode fields) {
        this.fields = fields;
    }

    /**
     * Returns a body.
     *
     * @param json as it came; null for none
     * @param known fields that it may have
     * @throws RequestInvalid where it is no object, or has another field
     */
    static Body of(JsonNode json, List<String> known) {
        if (json == null || !json.isObject()) {
            throw new RequestInvalid("The body is " + (json == null ? "missing" : json.getNodeType())
                    + "; expected a JSON object with " + String.join(", ", known) + ". Nothing was changed.");
        }
        json.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw new RequestInvalid("Unknown field " + name + " in the body; known are " + String.join(", ", known)
                        + ". Nothing was changed.");
            }
        });
        return new Body((ObjectNode) json);
    }

    /**
     * Returns a text.
     *
     * @throws RequestInvalid where it is missing, or no line of text; see {@link OneLine}
     */
    String text(String field) {
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

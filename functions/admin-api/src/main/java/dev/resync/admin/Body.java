package dev.resync.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resync.error.RequestInvalid;
import java.util.List;

/** The body of a request, held to the fields that it may have. */
final class Body {

    private static final int LONGEST = 1000;

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
     * @throws RequestInvalid where it is missing, blank, longer than 1,000 characters or no text
     */
    String text(String field) {
        JsonNode value = fields.path(field);
        if (!value.isTextual()
                || value.textValue().isBlank()
                || value.textValue().length() > LONGEST
                || value.textValue().strip().chars().anyMatch(Character::isISOControl)) {
            throw new RequestInvalid(field + " is " + (value.isMissingNode() ? "missing" : value)
                    + "; expected one line of 1 to " + LONGEST + " characters. Nothing was changed.");
        }
        return value.textValue().strip();
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

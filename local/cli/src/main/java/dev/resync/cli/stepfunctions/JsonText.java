package dev.resync.cli.stepfunctions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** JSON that stands as text in a request. */
final class JsonText {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private JsonText() {}

    /**
     * Reads it.
     *
     * @param error name of the error where it is none
     * @param what it is, as the beginning of a sentence
     */
    static JsonNode parse(String text, String error, String what) {
        try {
            JsonNode parsed = MAPPER.readTree(text);
            if (parsed.isMissingNode()) {
                throw new ApiError(error, what + " is empty; expected JSON");
            }
            return parsed;
        } catch (JsonProcessingException e) {
            throw new ApiError(error, what + " is not JSON: " + e.getOriginalMessage() + where(e));
        }
    }

    private static String where(JsonProcessingException e) {
        return e.getLocation() == null
                ? ""
                : " (line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr() + ")";
    }
}

package dev.resync.schema;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.resync.error.Problem;
import java.util.Optional;

/** Reads JSON as people write it, and says where it is none, or names a field twice. Thread-safe. */
public final class StrictJson {

    private final ObjectMapper json = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /** Returns the document; empty where it is no JSON, which is added to the problems. */
    public Optional<JsonNode> parse(String document, Problems problems) {
        try {
            return Optional.of(json.readTree(document));
        } catch (JacksonException notJson) {
            problems.add(new Problem(pointer(notJson), describe(notJson)));
            return Optional.empty();
        }
    }

    private static String pointer(JacksonException notJson) {
        return notJson instanceof JsonParseException parse && parse.getProcessor() != null
                ? parse.getProcessor().getParsingContext().pathAsPointer().toString()
                : "";
    }

    private static String describe(JacksonException notJson) {
        String where = notJson.getLocation() == null
                ? ""
                : " (line " + notJson.getLocation().getLineNr() + ", column "
                        + notJson.getLocation().getColumnNr() + ")";
        String what = notJson.getOriginalMessage();
        return what.startsWith("Duplicate field") || what.startsWith("Duplicate Object property")
                ? "this field stands in the object twice" + where + "; remove one of them"
                : "is not JSON: " + what + where;
    }
}

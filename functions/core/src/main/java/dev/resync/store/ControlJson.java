package dev.resync.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.json.JsonMode;
import org.bson.json.JsonWriterSettings;

/**
 * Turns control records into documents and back through JSON, so that the same names stand in the database, in receipts and
 * in answers. Times are ISO-8601 strings in UTC.
 */
public final class ControlJson {

    private static final JsonWriterSettings RELAXED =
            JsonWriterSettings.builder().outputMode(JsonMode.RELAXED).build();
    private static final JsonWriterSettings CANONICAL =
            JsonWriterSettings.builder().outputMode(JsonMode.EXTENDED).build();

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            .build();

    private ControlJson() {}

    /** Returns the mapper behind this class, for answers in JSON. Not to be reconfigured. */
    public static ObjectMapper mapper() {
        return MAPPER;
    }

    /** Returns a record as a document. */
    public static BsonDocument toBson(Object value) {
        return BsonDocument.parse(write(value));
    }

    /** Returns any value (record, list, string, number, time) as it stands inside a document. */
    public static BsonValue toBsonValue(Object value) {
        return BsonDocument.parse("{\"v\": " + write(value) + "}").get("v");
    }

    /** Reads a text that was written as JSON by Resync itself. */
    public static JsonNode parse(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what is kept as JSON is none", e);
        }
    }

    /** Returns a document as a record. */
    public static <T> T fromBson(BsonDocument document, Class<T> type) {
        try {
            return MAPPER.readValue(document.toJson(RELAXED), type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("control record " + document.get("_id") + " cannot be read as " + type, e);
        }
    }

    /** Returns a value as extended JSON that keeps its BSON type; fit for control records, which may not hold operators. */
    public static String encode(BsonValue value) {
        return new BsonDocument("v", value).toJson(CANONICAL);
    }

    /** Returns the value that {@link #encode} was given. */
    public static BsonValue decode(String text) {
        return BsonDocument.parse(text).get("v");
    }

    /** Returns strings as a BSON array. */
    public static BsonArray strings(Iterable<String> values) {
        BsonArray array = new BsonArray();
        values.forEach(value -> array.add(new BsonString(value)));
        return array;
    }

    private static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write " + value.getClass(), e);
        }
    }
}

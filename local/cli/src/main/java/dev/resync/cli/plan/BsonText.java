package dev.resync.cli.plan;

import java.util.List;
import java.util.stream.Collectors;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.json.JsonMode;
import org.bson.json.JsonWriterSettings;

/** BSON values as extended JSON that people can read and that tells int from long, which relaxed JSON does not. */
final class BsonText {

    private static final JsonWriterSettings SETTINGS = JsonWriterSettings.builder()
            .outputMode(JsonMode.RELAXED)
            .int64Converter((value, writer) -> {
                writer.writeStartObject();
                writer.writeString("$numberLong", Long.toString(value));
                writer.writeEndObject();
            })
            .build();
    private static final int WRAPPING = "{\"v\": ".length();

    private BsonText() {}

    /** Returns the value as one line of JSON. */
    static String of(BsonValue value) {
        String json = new BsonDocument("v", value).toJson(SETTINGS);
        return json.substring(WRAPPING, json.length() - 1);
    }

    /** Returns the values as one line, any one of which is meant. */
    static String anyOf(List<BsonValue> values) {
        return values.stream().map(BsonText::of).collect(Collectors.joining(" or "));
    }
}

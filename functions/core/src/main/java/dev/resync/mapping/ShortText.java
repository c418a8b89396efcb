package dev.resync.mapping;

import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;

/** Values as text for people, short enough for a report. */
public final class ShortText {

    private static final int LONGEST = 100;
    private static final int WRAPPING = "{\"v\": ".length();

    private ShortText() {}

    /**
     * Returns text as it is and all else as extended JSON, either cut to 100 characters.
     *
     * @param value never null
     */
    public static String of(BsonValue value) {
        if (value instanceof BsonString text) {
            return cut(text.getValue());
        }
        return cut(json(value));
    }

    /** Returns the value as extended JSON, whole. */
    static String json(BsonValue value) {
        String json = new BsonDocument("v", value).toJson();
        return json.substring(WRAPPING, json.length() - 1);
    }

    static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
    }
}

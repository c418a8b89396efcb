package dev.resync.hash;

import java.nio.ByteBuffer;
import org.bson.BsonType;

/** Finds where an element of a little-endian BSON document ends, after the BSON 1.1 specification (bsonspec.org). */
final class BsonElements {

    private BsonElements() {}

    /** Returns the position just after the element that starts at {@code element}. */
    static int endOf(ByteBuffer bytes, int element) {
        BsonType type = BsonType.findByValue(bytes.get(element) & 0xff);
        if (type == null) {
            throw new IllegalArgumentException("unknown BSON type " + (bytes.get(element) & 0xff));
        }
        int value = afterText(bytes, element + 1);
        return switch (type) {
            case NULL, UNDEFINED, MIN_KEY, MAX_KEY -> value;
            case BOOLEAN -> value + 1;
            case INT32 -> value + 4;
            case DOUBLE, INT64, DATE_TIME, TIMESTAMP -> value + 8;
            case OBJECT_ID -> value + 12;
            case DECIMAL128 -> value + 16;
            case STRING, JAVASCRIPT, SYMBOL -> value + 4 + bytes.getInt(value);
            case DOCUMENT, ARRAY, JAVASCRIPT_WITH_SCOPE -> value + bytes.getInt(value);
            case BINARY -> value + 5 + bytes.getInt(value);
            case DB_POINTER -> value + 4 + bytes.getInt(value) + 12;
            case REGULAR_EXPRESSION -> afterText(bytes, afterText(bytes, value));
            case END_OF_DOCUMENT -> throw new IllegalArgumentException("no element at " + element);
        };
    }

    private static int afterText(ByteBuffer bytes, int from) {
        int at = from;
        while (bytes.get(at) != 0) {
            at++;
        }
        return at + 1;
    }
}

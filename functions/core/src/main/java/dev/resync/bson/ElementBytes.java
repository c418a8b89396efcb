package dev.resync.bson;

import org.bson.BsonType;

/** Finds where an element of a BSON document ends, after the BSON 1.1 specification (bsonspec.org). */
public final class ElementBytes {

    private ElementBytes() {}

    /**
     * Returns the position just after the element that starts at {@code element}.
     *
     * @throws IllegalArgumentException where no element starts there
     */
    public static int endOf(byte[] bytes, int element) {
        return endOfValue(bytes, element, afterText(bytes, element + 1));
    }

    static BsonType type(byte[] bytes, int element) {
        BsonType type = BsonType.findByValue(bytes[element] & 0xff);
        if (type == null) {
            throw new IllegalArgumentException("unknown BSON type " + (bytes[element] & 0xff));
        }
        return type;
    }

    static int endOfValue(byte[] bytes, int element, int value) {
        return switch (type(bytes, element)) {
            case NULL, UNDEFINED, MIN_KEY, MAX_KEY -> value;
            case BOOLEAN -> value + 1;
            case INT32 -> value + 4;
            case DOUBLE, INT64, DATE_TIME, TIMESTAMP -> value + 8;
            case OBJECT_ID -> value + 12;
            case DECIMAL128 -> value + 16;
            case STRING, JAVASCRIPT, SYMBOL -> value + 4 + LittleEndian.int32(bytes, value);
            case DOCUMENT, ARRAY, JAVASCRIPT_WITH_SCOPE -> value + LittleEndian.int32(bytes, value);
            case BINARY -> value + 5 + LittleEndian.int32(bytes, value);
            case DB_POINTER -> value + 4 + LittleEndian.int32(bytes, value) + 12;
            case REGULAR_EXPRESSION -> afterText(bytes, afterText(bytes, value));
            case END_OF_DOCUMENT -> throw new IllegalArgumentException("no element at " + element);
        };
    }

    private static int afterText(byte[] bytes, int from) {
        int at = from;
        while (bytes[at] != 0) {
            at++;
        }
        return at + 1;
    }
}

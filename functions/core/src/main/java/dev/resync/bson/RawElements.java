package dev.resync.bson;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.BsonType;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.types.ObjectId;

/**
 * Goes over the elements of a raw document in their order and decodes only what is asked for; the driver's reader makes a text
 * of every name and an object of every level. Values are those that the driver would give. For one thread.
 */
public final class RawElements {

    private static final int OBJECT_ID_BYTES = 12;

    private final byte[] bytes;
    private final int end;
    private int element;
    private int nameHash;
    private int value;
    private int next;

    private RawElements(byte[] bytes, int start) {
        this.bytes = bytes;
        this.end = start + LittleEndian.int32(bytes, start) - 1;
        this.next = start + Integer.BYTES;
    }

    /**
     * Returns the elements of a document, before the first.
     *
     * @param document well-formed, as a server sends it
     */
    public static RawElements of(RawBsonDocument document) {
        ByteBuffer raw = document.getByteBuffer().asNIO();
        return new RawElements(raw.array(), raw.arrayOffset() + raw.position());
    }

    /** Goes to the next element; returns false where there is none. */
    public boolean next() {
        if (next >= end) {
            return false;
        }
        element = next;
        int hash = 0;
        int at = element + 1;
        while (bytes[at] != 0) {
            hash = FieldName.hash(hash, bytes[at]);
            at++;
        }
        nameHash = hash;
        value = at + 1;
        next = ElementBytes.endOfValue(bytes, element, value);
        return true;
    }

    /** Returns the type of the element's value. */
    public BsonType type() {
        return ElementBytes.type(bytes, element);
    }

    /** Returns the element's name. */
    public String name() {
        return new String(bytes, element + 1, value - element - 2, StandardCharsets.UTF_8);
    }

    /** Returns whether the element has this name. */
    public boolean is(FieldName name) {
        return nameHash == name.hash() && name.matches(bytes, element + 1, value - 1);
    }

    int nameHash() {
        return nameHash;
    }

    /**
     * Returns the elements of the embedded document or array that is the element's value, before the first.
     *
     * @throws IllegalStateException where the value is of another type
     */
    public RawElements inside() {
        requireHolder();
        return new RawElements(bytes, value);
    }

    /**
     * Returns the embedded document, or an array as a document, as bytes that it shares with the one it is part of.
     *
     * @throws IllegalStateException where the value is of another type
     */
    public RawBsonDocument raw() {
        requireHolder();
        return new RawBsonDocument(bytes, value, next - value);
    }

    private void requireHolder() {
        if (type() != BsonType.DOCUMENT && type() != BsonType.ARRAY) {
            throw new IllegalStateException(name() + " is no document and no array, but a " + type());
        }
    }

    /** Returns the element's value, decoded with all that it holds. */
    public BsonValue value() {
        return switch (type()) {
            case DOUBLE -> new BsonDouble(Double.longBitsToDouble(LittleEndian.int64(bytes, value)));
            case STRING ->
                new BsonString(new String(
                        bytes, value + Integer.BYTES, LittleEndian.int32(bytes, value) - 1, StandardCharsets.UTF_8));
            case DOCUMENT -> inside().document();
            case ARRAY -> inside().array();
            case OBJECT_ID -> new BsonObjectId(new ObjectId(ByteBuffer.wrap(bytes, value, OBJECT_ID_BYTES)));
            case BOOLEAN -> BsonBoolean.valueOf(bytes[value] != 0);
            case DATE_TIME -> new BsonDateTime(LittleEndian.int64(bytes, value));
            case NULL -> BsonNull.VALUE;
            case INT32 -> new BsonInt32(LittleEndian.int32(bytes, value));
            case INT64 -> new BsonInt64(LittleEndian.int64(bytes, value));
            default -> rare();
        };
    }

    /** Returns all elements from here as a document; of several of one name the last counts, as for the driver. */
    private BsonDocument document() {
        BsonDocument document = new BsonDocument();
        while (next()) {
            document.put(name(), value());
        }
        return document;
    }

    private BsonArray array() {
        BsonArray array = new BsonArray();
        while (next()) {
            array.add(value());
        }
        return array;
    }

    /** Lets the driver decode the element as the only one of a document. */
    private BsonValue rare() {
        int length = Integer.BYTES + (next - element) + 1;
        byte[] alone = new byte[length];
        LittleEndian.putInt32(alone, 0, length);
        System.arraycopy(bytes, element, alone, Integer.BYTES, next - element);
        return new RawBsonDocument(alone).get(name());
    }
}

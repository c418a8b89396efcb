package dev.resync.bson;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonObjectId;
import org.bson.BsonSerializationException;
import org.bson.BsonString;
import org.bson.BsonType;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;

/**
 * Writes documents as bytes, the same that the driver's encoder gives, into a buffer that serves document after document. What
 * is raw already is copied. For one thread.
 */
public final class RawWriter {

    private static final BsonDocumentCodec CODEC = new BsonDocumentCodec();
    private static final int FIRST_BYTES = 2048;
    private static final int MOST_BYTES_OF_A_CHAR = 3;

    private byte[] bytes = new byte[FIRST_BYTES];
    private int size;

    /** Returns a document as bytes of its own. Not to be called while a document is begun. */
    public RawBsonDocument encode(BsonDocument document) {
        size = 0;
        fields(document);
        return taken();
    }

    /** Begins a document of its own; what was written before is forgotten. */
    public void begin() {
        size = 0;
        head();
    }

    /** Returns the document that {@link #begin} began, as bytes of its own. */
    public RawBsonDocument end() {
        end(0);
        return taken();
    }

    /**
     * Begins an embedded document.
     *
     * @return what {@link #end(int)} needs
     */
    public int beginDocument(String name) {
        name(BsonType.DOCUMENT, name);
        return head();
    }

    /** Ends an embedded document. */
    public void end(int begun) {
        room(1);
        bytes[size++] = 0;
        LittleEndian.putInt32(bytes, begun, size - begun);
    }

    /** Writes one element. */
    public void write(String name, BsonValue value) {
        switch (value.getBsonType()) {
            case STRING -> {
                name(BsonType.STRING, name);
                text(((BsonString) value).getValue());
            }
            case NULL -> name(BsonType.NULL, name);
            case INT32 -> {
                name(BsonType.INT32, name);
                int32(((BsonInt32) value).getValue());
            }
            case INT64 -> {
                name(BsonType.INT64, name);
                int64(((BsonInt64) value).getValue());
            }
            case DATE_TIME -> {
                name(BsonType.DATE_TIME, name);
                int64(((BsonDateTime) value).getValue());
            }
            case DOUBLE -> {
                name(BsonType.DOUBLE, name);
                int64(Double.doubleToRawLongBits(((BsonDouble) value).getValue()));
            }
            case BOOLEAN -> {
                name(BsonType.BOOLEAN, name);
                room(1);
                bytes[size++] = (byte) (((BsonBoolean) value).getValue() ? 1 : 0);
            }
            case OBJECT_ID -> {
                name(BsonType.OBJECT_ID, name);
                append(((BsonObjectId) value).getValue().toByteArray());
            }
            case DOCUMENT -> {
                name(BsonType.DOCUMENT, name);
                fields(value.asDocument());
            }
            case ARRAY -> {
                name(BsonType.ARRAY, name);
                elements(value.asArray());
            }
            default -> rare(name, value);
        }
    }

    private RawBsonDocument taken() {
        return new RawBsonDocument(Arrays.copyOf(bytes, size));
    }

    private void fields(BsonDocument document) {
        if (document instanceof RawBsonDocument raw) {
            append(raw);
            return;
        }
        int begun = head();
        for (Map.Entry<String, BsonValue> field : document.entrySet()) {
            write(field.getKey(), field.getValue());
        }
        end(begun);
    }

    private void elements(BsonArray array) {
        int begun = head();
        int index = 0;
        for (BsonValue value : array) {
            write(Integer.toString(index), value);
            index++;
        }
        end(begun);
    }

    private int head() {
        int begun = size;
        room(Integer.BYTES);
        size += Integer.BYTES;
        return begun;
    }

    private void append(RawBsonDocument document) {
        ByteBuffer raw = document.getByteBuffer().asNIO();
        int length = raw.remaining();
        room(length);
        raw.get(bytes, size, length);
        size += length;
    }

    private void append(byte[] more) {
        room(more.length);
        System.arraycopy(more, 0, bytes, size, more.length);
        size += more.length;
    }

    private void int32(int number) {
        room(Integer.BYTES);
        LittleEndian.putInt32(bytes, size, number);
        size += Integer.BYTES;
    }

    private void int64(long number) {
        room(Long.BYTES);
        LittleEndian.putInt64(bytes, size, number);
        size += Long.BYTES;
    }

    private void name(BsonType type, String name) {
        if (name.indexOf(0) >= 0) {
            throw new BsonSerializationException("the name of a field holds a null character: " + name);
        }
        room(1);
        bytes[size++] = (byte) type.getValue();
        characters(name);
    }

    private void text(String text) {
        int length = size;
        room(Integer.BYTES);
        size += Integer.BYTES;
        characters(text);
        LittleEndian.putInt32(bytes, length, size - length - Integer.BYTES);
    }

    /** Writes text and its end as UTF-8; half a surrogate pair becomes three bytes, as the driver has it. */
    private void characters(String text) {
        int length = text.length();
        room(length * MOST_BYTES_OF_A_CHAR + 1);
        byte[] to = bytes;
        int at = size;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                to[at++] = (byte) c;
            } else if (c < 0x800) {
                to[at++] = (byte) (0xc0 | c >> 6);
                to[at++] = (byte) (0x80 | c & 0x3f);
            } else if (Character.isHighSurrogate(c) && i + 1 < length && Character.isLowSurrogate(text.charAt(i + 1))) {
                int point = Character.toCodePoint(c, text.charAt(++i));
                to[at++] = (byte) (0xf0 | point >> 18);
                to[at++] = (byte) (0x80 | point >> 12 & 0x3f);
                to[at++] = (byte) (0x80 | point >> 6 & 0x3f);
                to[at++] = (byte) (0x80 | point & 0x3f);
            } else {
                to[at++] = (byte) (0xe0 | c >> 12);
                to[at++] = (byte) (0x80 | c >> 6 & 0x3f);
                to[at++] = (byte) (0x80 | c & 0x3f);
            }
        }
        to[at++] = 0;
        size = at;
    }

    /** Lets the driver encode the element as the only one of a document. */
    private void rare(String name, BsonValue value) {
        ByteBuffer alone = new RawBsonDocument(new BsonDocument(name, value), CODEC)
                .getByteBuffer()
                .asNIO();
        int length = alone.remaining() - Integer.BYTES - 1;
        room(length);
        alone.get(alone.position() + Integer.BYTES, bytes, size, length);
        size += length;
    }

    private void room(int more) {
        if (more > bytes.length - size) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, Math.addExact(size, more)));
        }
    }
}

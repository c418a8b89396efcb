package dev.resync.bson;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bson.BsonDocument;
import org.bson.BsonType;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;

/** Name of a field, ready to be looked for in the bytes of many documents. Immutable. */
public final class FieldName {

    private final String text;
    private final byte[] bytes;
    private final int hash;

    /** @param text the name of one field, not a path */
    public FieldName(String text) {
        this.text = text;
        this.bytes = text.getBytes(StandardCharsets.UTF_8);
        int sum = 0;
        for (byte b : bytes) {
            sum = hash(sum, b);
        }
        this.hash = sum;
    }

    /** Returns the name as text. */
    public String text() {
        return text;
    }

    /**
     * Returns the value of the field, the first where a raw document has several; what a raw document holds as an embedded
     * document stays raw.
     *
     * @param document raw or not
     * @return the value; null where the document has no such field
     */
    public BsonValue in(BsonDocument document) {
        if (!(document instanceof RawBsonDocument raw)) {
            return document.get(text);
        }
        RawElements elements = RawElements.of(raw);
        while (elements.next()) {
            if (elements.is(this)) {
                return elements.type() == BsonType.DOCUMENT ? elements.raw() : elements.value();
            }
        }
        return null;
    }

    int hash() {
        return hash;
    }

    boolean matches(byte[] document, int from, int to) {
        return Arrays.equals(bytes, 0, bytes.length, document, from, to);
    }

    static int hash(int soFar, byte next) {
        return 31 * soFar + next;
    }
}

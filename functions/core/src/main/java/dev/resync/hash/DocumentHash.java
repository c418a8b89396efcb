package dev.resync.hash;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.bson.RawBsonDocument;

/**
 * SHA-256 of one document's canonical bytes: its BSON with {@code _id} moved to the front and every other element in its
 * order and type.
 *
 * <p>A server stores {@code _id} first whatever the client sent; a raw document keeps the order it was built in. Moving
 * {@code _id} makes the two hash alike. Not safe for use by several threads at once.
 */
public final class DocumentHash {

    /** Length of a digest in bytes. */
    public static final int LENGTH = 32;

    private static final int HEADER = Integer.BYTES;
    private static final byte[] ID_NAME = {'_', 'i', 'd', 0};

    private final MessageDigest sha256;

    public DocumentHash() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * Returns the digest of a document.
     *
     * @param document never null
     * @return 32 bytes, new on each call
     */
    public byte[] of(RawBsonDocument document) {
        ByteBuffer bytes = document.getByteBuffer().asNIO().duplicate().order(ByteOrder.LITTLE_ENDIAN);
        int start = bytes.position();
        int length = bytes.getInt(start);
        if (startsWithId(bytes, start, length)) {
            bytes.limit(start + length);
            sha256.update(bytes);
            return sha256.digest();
        }
        return ofReordered(bytes, start, length);
    }

    private byte[] ofReordered(ByteBuffer bytes, int start, int length) {
        int end = start + length - 1;
        int element = start + HEADER;
        while (element < end) {
            int next = BsonElements.endOf(bytes, element);
            if (isId(bytes, element)) {
                update(bytes, start, start + HEADER);
                update(bytes, element, next);
                update(bytes, start + HEADER, element);
                update(bytes, next, start + length);
                return sha256.digest();
            }
            element = next;
        }
        update(bytes, start, start + length);
        return sha256.digest();
    }

    private void update(ByteBuffer bytes, int from, int to) {
        ByteBuffer part = bytes.duplicate();
        part.limit(to).position(from);
        sha256.update(part);
    }

    private static boolean startsWithId(ByteBuffer bytes, int start, int length) {
        return length > HEADER + 1 && isId(bytes, start + HEADER);
    }

    private static boolean isId(ByteBuffer bytes, int element) {
        for (int i = 0; i < ID_NAME.length; i++) {
            if (bytes.get(element + 1 + i) != ID_NAME[i]) {
                return false;
            }
        }
        return true;
    }
}

package dev.resync.hash;

import dev.resync.bson.ElementBytes;
import java.nio.ByteBuffer;
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
        ByteBuffer raw = document.getByteBuffer().asNIO();
        byte[] bytes = raw.array();
        int start = raw.arrayOffset() + raw.position();
        int end = start + raw.remaining();
        int id = idOf(bytes, start + HEADER, end - 1);
        if (id > start + HEADER) {
            int next = ElementBytes.endOf(bytes, id);
            sha256.update(bytes, start, HEADER);
            sha256.update(bytes, id, next - id);
            sha256.update(bytes, start + HEADER, id - start - HEADER);
            sha256.update(bytes, next, end - next);
        } else {
            sha256.update(bytes, start, end - start);
        }
        return sha256.digest();
    }

    /** Returns where {@code _id} starts; -1 where there is none. */
    private static int idOf(byte[] bytes, int first, int end) {
        for (int element = first; element < end; element = ElementBytes.endOf(bytes, element)) {
            if (isId(bytes, element)) {
                return element;
            }
        }
        return -1;
    }

    private static boolean isId(byte[] bytes, int element) {
        for (int i = 0; i < ID_NAME.length; i++) {
            if (bytes[element + 1 + i] != ID_NAME[i]) {
                return false;
            }
        }
        return true;
    }
}

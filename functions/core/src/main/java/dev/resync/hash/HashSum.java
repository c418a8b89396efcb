package dev.resync.hash;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.bson.RawBsonDocument;

/** Adds up document digests modulo 2^256. Not safe for use by several threads at once. */
public final class HashSum {

    private static final int WORDS = DocumentHash.LENGTH / Long.BYTES;

    private final DocumentHash documentHash = new DocumentHash();
    /** Big-endian words: index 0 is the most significant. */
    private final long[] words = new long[WORDS];

    private long documents;

    /** Returns count and hash of documents, each read once. */
    public static ContentHash of(Iterable<RawBsonDocument> documents) {
        HashSum sum = new HashSum();
        documents.forEach(sum::add);
        return sum.toContentHash();
    }

    /**
     * Adds one document.
     *
     * @return its digest, 32 bytes
     */
    public byte[] add(RawBsonDocument document) {
        byte[] digest = documentHash.of(document);
        addWords(ByteBuffer.wrap(digest));
        documents++;
        return digest;
    }

    /** Adds a whole set. */
    public void add(ContentHash other) {
        addWords(ByteBuffer.wrap(HexFormat.of().parseHex(other.sum())));
        documents += other.documents();
    }

    /** Returns the number of documents added, 0 or more. */
    public long documents() {
        return documents;
    }

    /** Returns what was added so far. */
    public ContentHash toContentHash() {
        ByteBuffer bytes = ByteBuffer.allocate(DocumentHash.LENGTH);
        for (long word : words) {
            bytes.putLong(word);
        }
        return new ContentHash(documents, HexFormat.of().formatHex(bytes.array()));
    }

    private void addWords(ByteBuffer digest) {
        long carry = 0;
        for (int i = WORDS - 1; i >= 0; i--) {
            long addend = digest.getLong(i * Long.BYTES);
            long sum = words[i] + addend;
            long overflow = Long.compareUnsigned(sum, addend) < 0 ? 1 : 0;
            sum += carry;
            // A carry of one can only overflow where the sum has become zero.
            overflow += carry == 1 && sum == 0 ? 1 : 0;
            words[i] = sum;
            carry = overflow;
        }
    }
}

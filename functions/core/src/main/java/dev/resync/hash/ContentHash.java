package dev.resync.hash;

/**
 * Count and hash of a set of documents.
 *
 * @param documents number of documents, 0 or more
 * @param sum sum modulo 2^256 of the documents' SHA-256 digests, 64 lower-case hexadecimal digits; independent of the
 *     documents' order and of chunk boundaries, and sensitive to doubled documents
 */
public record ContentHash(long documents, String sum) {

    /** The hash of no documents at all. */
    public static final ContentHash EMPTY = new ContentHash(0, "0".repeat(64));

    public ContentHash {
        if (documents < 0) {
            throw new IllegalArgumentException("documents must be 0 or more, was " + documents);
        }
        if (!sum.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("sum must be 64 lower-case hexadecimal digits, was " + sum);
        }
    }

    /** Returns the hash of both sets together. */
    public ContentHash plus(ContentHash other) {
        HashSum total = new HashSum();
        total.add(this);
        total.add(other);
        return total.toContentHash();
    }
}

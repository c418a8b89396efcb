package dev.resync.chunk;

/**
 * How large the chunks of one cover are meant to be.
 *
 * @param documents documents of each collection at most, 1 or more
 * @param bytes bytes of all collections together at most, 1 or more
 * @param ranges ranges of the cover at most, 1 or more; the chunks grow rather than become more
 */
record ChunkSize(long documents, long bytes, int ranges) {

    /** Returns the size for each of several covers that one distributed map works on. */
    ChunkSize sharedBy(int covers) {
        return new ChunkSize(documents, bytes, Math.max(1, ranges / Math.max(1, covers)));
    }
}

package dev.resync.error;

/** What was read back from a chunk is not what was written. Transient: the chunk is rebuilt on the next try. */
public final class ChunkChanged extends ResyncException {

    /** @param message what was wrong and what to do next; never null */
    public ChunkChanged(String message) {
        super(message);
    }
}

package dev.resync.error;

/** A chunk is not done, and its call is about to run out of time. Transient: the chunk is done anew on the next try. */
public final class ChunkOverdue extends ResyncException {

    /** @param message which chunk, and what to do where that happens again; never null */
    public ChunkOverdue(String message) {
        super(message);
    }
}

package dev.resync.error;

/** A stage was to be sealed or judged before all its chunks were done. */
public final class ChunksIncomplete extends ResyncException {

    /** @param message what was wrong and what to do next; never null */
    public ChunksIncomplete(String message) {
        super(message);
    }
}

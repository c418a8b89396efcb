package dev.resync.error;

/** No run has this id. */
public final class RunUnknown extends ResyncException {

    /** @param message what was wrong and what to do next; never null */
    public RunUnknown(String message) {
        super(message);
    }
}

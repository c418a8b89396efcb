package dev.resync.error;

/** A collection does not hold what its chunks wrote, and doing the chunks again did not mend it. */
public final class SealMismatch extends ResyncException {

    /** @param message what was wrong and what to do next; never null */
    public SealMismatch(String message) {
        super(message);
    }
}

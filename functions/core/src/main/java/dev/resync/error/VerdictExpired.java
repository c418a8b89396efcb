package dev.resync.error;

/** The verdict on the new view is missing, too old, or was made of other documents. */
public final class VerdictExpired extends ResyncException {

    /** @param message what was wrong and what to do next; never null */
    public VerdictExpired(String message) {
        super(message);
    }
}

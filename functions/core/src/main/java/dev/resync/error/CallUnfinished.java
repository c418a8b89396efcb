package dev.resync.error;

/** A function of the run may still be writing to live: what comes next waits for it. Transient. */
public final class CallUnfinished extends ResyncException {

    /** @param message what is waited for and how long that may take; never null */
    public CallUnfinished(String message) {
        super(message);
    }
}

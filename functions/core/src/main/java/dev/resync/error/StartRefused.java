package dev.resync.error;

/** The environment's profile does not let this person start this run by this way, or not now. */
public final class StartRefused extends ResyncException {

    /** @param message which rule refuses and what to do next; never null */
    public StartRefused(String message) {
        super(message);
    }
}

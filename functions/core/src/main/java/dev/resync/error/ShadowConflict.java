package dev.resync.error;

/** The new view breaks a unique index or the validator of the live collection. */
public final class ShadowConflict extends ResyncException {

    /** @param message what was wrong and what to do next; never null */
    public ShadowConflict(String message) {
        super(message);
    }
}

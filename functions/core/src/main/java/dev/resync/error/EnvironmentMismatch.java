package dev.resync.error;

/** A request names another environment than the one that it was sent to. */
public final class EnvironmentMismatch extends ResyncException {

    /** @param message what was wrong and what to do next; never null */
    public EnvironmentMismatch(String message) {
        super(message);
    }
}

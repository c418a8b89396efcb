package dev.resync.error;

/** The database refused an operation for good. */
public final class DatabaseFailed extends ResyncException {

    /**
     * @param message what was wrong and what to do next; never null
     * @param cause what led to it; may be null
     */
    public DatabaseFailed(String message, Throwable cause) {
        super(message, cause);
    }
}

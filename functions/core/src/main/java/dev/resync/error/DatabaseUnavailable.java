package dev.resync.error;

/** The database did not answer, or answered that it could not now. Transient: the same call may go through later. */
public final class DatabaseUnavailable extends ResyncException {

    /**
     * @param message what was wrong and what to do next; never null
     * @param cause what led to it; may be null
     */
    public DatabaseUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}

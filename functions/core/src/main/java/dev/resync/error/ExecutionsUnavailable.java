package dev.resync.error;

/** The service that executes state machines did not answer. Transient: the same call may go through later. */
public final class ExecutionsUnavailable extends ResyncException {

    /**
     * @param message what was wrong and what to do next; never null
     * @param cause what led to it; may be null
     */
    public ExecutionsUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}

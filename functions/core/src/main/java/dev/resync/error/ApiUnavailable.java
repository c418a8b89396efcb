package dev.resync.error;

/** An admin API did not answer, or what answered is none. */
public final class ApiUnavailable extends ResyncException {

    /**
     * @param message what was wrong and what to do next; never null
     * @param cause what led to it; may be null
     */
    public ApiUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}

package dev.resync.error;

/** A server of this machine cannot listen where it was told to. */
public final class PortUnavailable extends ResyncException {

    /**
     * @param message what was wrong and what to do next; never null
     * @param cause what led to it; may be null
     */
    public PortUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}

package dev.resync.error;

/** A server of this machine cannot listen where it was told to. */
public final class PortUnavailable extends ResyncException {

    /**
     * @param port where it was told to, 1 to 65,535
     * @param cause why it cannot; never null
     */
    public PortUnavailable(int port, Throwable cause) {
        super(
                "Port " + port + " cannot be listened on: " + cause.getMessage()
                        + ". Choose another port, or 0 for any free one.",
                cause);
    }
}

package dev.resync.error;

/** The run is closed, or another epoch has begun: this call comes too late and changed nothing. */
public final class RunClosed extends ResyncException {

    /** @param message what was wrong and what to do next; never null */
    public RunClosed(String message) {
        super(message);
    }
}

package dev.resync.error;

/** The run waits for its failed execution to be resumed, and this call does not come from a resumed one. */
public final class RunSuspended extends ResyncException {

    /** @param message what was wrong and what to do next; never null */
    public RunSuspended(String message) {
        super(message);
    }
}

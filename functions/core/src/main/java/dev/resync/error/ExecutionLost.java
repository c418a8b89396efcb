package dev.resync.error;

/** An execution cannot be found any more, or is at work elsewhere, so that it cannot be taken over. */
public final class ExecutionLost extends ResyncException {

    /** @param message what was wrong and what to do next; never null */
    public ExecutionLost(String message) {
        super(message);
    }
}

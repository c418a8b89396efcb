package dev.resync.error;

/** A target cannot be replaced: missing without allowCreate, sharded, a view, capped or time-series. */
public final class TargetUnsuitable extends ResyncException {

    /** @param message what was wrong and what to do next; never null */
    public TargetUnsuitable(String message) {
        super(message);
    }
}

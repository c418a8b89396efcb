package dev.resync.error;

/** A source cannot be read: missing, a view or a time series, or its key has no index. */
public final class SourceUnsuitable extends ResyncException {

    /** @param message what was wrong and what to do next; never null */
    public SourceUnsuitable(String message) {
        super(message);
    }
}

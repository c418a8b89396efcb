package dev.resync.error;

/** No snapshot has this id. */
public final class SnapshotUnknown extends ResyncException {

    /** @param message what was wrong and what to do next; never null */
    public SnapshotUnknown(String message) {
        super(message);
    }
}

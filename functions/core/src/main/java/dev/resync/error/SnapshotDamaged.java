package dev.resync.error;

/** A snapshot is not what its manifest says; it is not used. */
public final class SnapshotDamaged extends ResyncException {

    /** @param message what was wrong and what to do next; never null */
    public SnapshotDamaged(String message) {
        super(message);
    }
}

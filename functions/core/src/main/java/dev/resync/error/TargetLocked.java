package dev.resync.error;

/** Another run holds a target. Names the holder and since when. */
public final class TargetLocked extends ResyncException {

    /** @param message what was wrong and what to do next; never null */
    public TargetLocked(String message) {
        super(message);
    }
}

package dev.resync.error;

/** Live was changed by others since its snapshot; cut-over would lose the change. */
public final class LiveDrifted extends ResyncException {

    /** @param message what was wrong and what to do next; never null */
    public LiveDrifted(String message) {
        super(message);
    }
}

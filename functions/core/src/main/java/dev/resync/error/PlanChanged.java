package dev.resync.error;

/** The plan or the artifact is not the one that the run was admitted with. */
public final class PlanChanged extends ResyncException {

    /** @param message what was wrong and what to do next; never null */
    public PlanChanged(String message) {
        super(message);
    }
}

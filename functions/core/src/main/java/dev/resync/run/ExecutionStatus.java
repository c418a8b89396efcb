package dev.resync.run;

/** Status of an execution as Step Functions names it, and {@code UNKNOWN} where it knows none. */
public enum ExecutionStatus {
    RUNNING,
    PENDING_REDRIVE,
    SUCCEEDED,
    FAILED,
    TIMED_OUT,
    ABORTED,
    UNKNOWN;

    /** Returns whether functions may still be called by it. */
    public boolean active() {
        return this == RUNNING || this == PENDING_REDRIVE;
    }
}

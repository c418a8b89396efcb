package dev.resync.engine;

/** The status of an execution, by the names that AWS uses. */
public enum ExecutionStatus {
    /** Under way. */
    RUNNING,
    /** Ended at a terminal state. */
    SUCCEEDED,
    /** Ended by an error that no state caught. */
    FAILED,
    /** Ran longer than the TimeoutSeconds of the machine. */
    TIMED_OUT,
    /** Stopped from outside. */
    ABORTED
}

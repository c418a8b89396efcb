package dev.resync.engine;

/** The status of a map run, by the names that AWS uses. */
public enum MapRunStatus {
    /** Under way. */
    RUNNING,
    /** All items are done, or as many failed as are tolerated. */
    SUCCEEDED,
    /** More items failed than are tolerated, or the results were too large. */
    FAILED,
    /** The execution was stopped, timed out or failed elsewhere meanwhile. */
    ABORTED
}

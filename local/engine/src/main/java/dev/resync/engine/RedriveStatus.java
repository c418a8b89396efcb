package dev.resync.engine;

/** Whether {@link Engine#redriveExecution} would accept an execution, by the names that AWS uses. */
public enum RedriveStatus {
    /** It failed, timed out or was aborted. */
    REDRIVABLE,
    /** It is running or has succeeded. */
    NOT_REDRIVABLE,
    /** It is a child of a map run, and is redriven with it. */
    REDRIVABLE_BY_MAP_RUN
}

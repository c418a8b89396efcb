package dev.resync.retention;

/** Why a snapshot is kept. */
public enum KeptBecause {
    /** A run that is not closed took it or brings it back, or the run that took it may still have functions in flight. */
    NEEDED,
    /** It is the newest proven one of its plan and environment, or the newest of them that holds one of its targets. */
    NEWEST,
    /** It is among the newest of its plan and environment, as many as the plan keeps. */
    COUNT,
    /** It is younger than the plan keeps every snapshot. */
    AGE,
    /** It is not what was sealed, so a person must look at it; it counts for nothing. */
    DAMAGED
}

package dev.resync.lifecycle;

/**
 * Something that happens to the installation.
 *
 * @param kind what
 * @param which picks an execution, a function in flight, an event or a run among those there are, 0 for the latest
 * @param amount how many calls, which operation, or how long, 0 or more
 */
record Action(Kind kind, int which, int amount) {

    enum Kind {
        /** Starts a dry run. */
        DRY_RUN,
        /** Starts a real run. */
        REAL_RUN,
        /** Starts the restore of a snapshot. */
        RESTORE,
        /** Starts an execution that resumes a run from MAP. */
        RESUME,
        /** An execution calls the functions that come next. */
        STEP,
        /** An execution calls a function, which freezes before a write. */
        FREEZE_BEFORE_WRITE,
        /** An execution calls a function, which freezes before an operation of any kind. */
        FREEZE_BEFORE_OPERATION,
        /** An execution goes through to its cut-over, which freezes before a write. */
        FREEZE_CUT_OVER,
        /** A frozen function goes on, to its end or until it freezes again. */
        LET_GO,
        /** The service calls a function once more that it has called before, whatever became of its execution since. */
        LATE_CALL,
        /** A frozen function dies. */
        DIE,
        /** An execution is stopped. */
        ABORT,
        /** An execution fails for a reason outside of its functions. */
        FAIL,
        /** An execution fails after its staging is sealed, its event arrives, and the closing looks at it once. */
        SUSPEND,
        /** An execution fails where it is, its event arrives, and the closing freezes before an operation. */
        HALF_SUSPEND,
        /** An execution is stopped while its cut-over freezes before a write, and its restore goes some steps. */
        STOP_IN_CUT_OVER,
        /** An execution runs out of time. */
        TIME_OUT,
        /** An execution that ended begins again where it stood. */
        REDRIVE,
        /** A status-change event arrives, for the first time or once more, and starts a restore execution. */
        EVENT,
        /** Someone starts a restore execution for a run. */
        CLOSE,
        /** The schedule starts the reconciler. */
        RECONCILE,
        /** Time passes. */
        PASS
    }

    @Override
    public String toString() {
        return kind + " " + which + " " + amount;
    }
}

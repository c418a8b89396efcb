package dev.resync.cli.drill;

/** What a drill does to a run. */
public enum FaultKind {
    /** The execution is stopped. */
    STOP(Counted.WRITES),
    /** The process of a function is killed in the middle of its work. */
    KILL_FUNCTION(Counted.CALLS),
    /** The process of the engine is killed, functions and all; reconcile comes later. */
    KILL_ENGINE(Counted.WRITES),
    /** The connection breaks before a command arrives, or before its answer does. */
    DROP_CONNECTION(Counted.COMMANDS),
    /** A command is held up for longer than the function waits for it, and arrives all the same. */
    STALL_CONNECTION(Counted.COMMANDS),
    /** The database answers that it is not the primary. */
    NOT_PRIMARY(Counted.COMMANDS),
    /** The database refuses a write, or carries it out and reports an error. */
    WRITE_ERROR(Counted.WRITES),
    /** A function is called twice for one state, at once or one after the other. */
    DUPLICATE_CALL(Counted.CALLS),
    /** The execution is stopped before a function begins, which begins only after the run is closed. */
    LATE_CALL(Counted.CALLS),
    /** The execution is stopped while a write is on its way, which arrives during the closing or after it. */
    LATE_WRITE(Counted.WRITES),
    /** The execution is stopped and its event is lost; reconcile comes later. */
    LOST_EVENT(Counted.WRITES),
    /** The execution is stopped and its event comes twice. */
    DOUBLED_EVENT(Counted.WRITES),
    /** Events of executions that have no run arrive in the middle of one. */
    STRAY_EVENT(Counted.WRITES),
    /** Clocks of functions are up to five minutes apart, and the execution may be stopped. */
    CLOCK_SKEW(Counted.WRITES),
    /** A rename fails before it is carried out. */
    RENAME_FAILS(Counted.RENAMES),
    /** A rename is carried out, and nobody is told so. */
    RENAME_UNANSWERED(Counted.RENAMES);

    private final Counted counted;

    FaultKind(Counted counted) {
        this.counted = counted;
    }

    /** Returns what is counted to find the moment at which it strikes. */
    public Counted counted() {
        return counted;
    }

    /** What can be counted during a run. */
    public enum Counted {
        /** Commands to the database that read or write. */
        COMMANDS,
        /** Commands that write. */
        WRITES,
        /** Renames of collections. */
        RENAMES,
        /** Calls of functions. */
        CALLS
    }
}

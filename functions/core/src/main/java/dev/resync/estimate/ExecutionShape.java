package dev.resync.estimate;

/**
 * What an execution of the resync state machine comes to that succeeds at the first try, without approval and with nothing to
 * catch up. The numbers are those of {@code statemachine/resync.asl.json}; a test runs it and counts.
 *
 * @param executions executions: the run's own, and a child for each chunk
 * @param transitions states entered, in all of them
 * @param calls calls of functions
 * @param historyEvents events in the history of the run's own execution
 * @param childHistoryEvents events in the history of a child
 */
public record ExecutionShape(long executions, long transitions, long calls, int historyEvents, int childHistoryEvents) {

    /** What a state adds to the history: entered, scheduled, started, succeeded, exited. */
    private static final int EVENTS_OF_TASK = 5;

    private static final int EVENTS_OF_CHOICE = 2;
    /** Entered, started, run started, run succeeded, succeeded, exited. */
    private static final int EVENTS_OF_MAP = 6;

    private static final int EVENTS_OF_WAIT = 2;
    /** Started and succeeded. */
    private static final int EVENTS_OF_EXECUTION = 2;

    private static final int MAPS = 3;
    private static final int DRY_RUN_TASKS = 7;
    private static final int DRY_RUN_CHOICES = 6;
    /** Catch-up, pre-cut-over and cut-over. */
    private static final int MORE_TASKS = 3;
    /** Whether something was caught up, and whether live is to be written to in place. */
    private static final int MORE_CHOICES = 2;

    /**
     * Returns the shape of a run with so many chunks in all.
     *
     * @param inPlace whether it writes to a live collection in place: one map more, and a cut-over that is called twice
     */
    public static ExecutionShape of(boolean dryRun, boolean inPlace, long chunks) {
        int again = inPlace && !dryRun ? 1 : 0;
        int tasks = DRY_RUN_TASKS + (dryRun ? 0 : MORE_TASKS) + again;
        int choices = DRY_RUN_CHOICES + (dryRun ? 0 : MORE_CHOICES) + again;
        int maps = MAPS + again;
        return new ExecutionShape(
                1 + chunks,
                tasks + choices + maps + chunks,
                tasks + chunks,
                EVENTS_OF_EXECUTION + tasks * EVENTS_OF_TASK + choices * EVENTS_OF_CHOICE + maps * EVENTS_OF_MAP,
                EVENTS_OF_EXECUTION + EVENTS_OF_TASK);
    }

    /**
     * Returns the events in the history of the execution that closes a failed run which nobody resumes: it looks once a minute.
     *
     * @param resumeMinutes how long the run may be resumed, 0 or more
     */
    public static long closingHistoryEvents(long resumeMinutes) {
        int look = EVENTS_OF_TASK + EVENTS_OF_CHOICE + EVENTS_OF_WAIT;
        // The last look finds the time over, and is followed by one more and the end.
        return EVENTS_OF_EXECUTION + EVENTS_OF_CHOICE + (resumeMinutes + 2) * look;
    }
}

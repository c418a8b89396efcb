package dev.resync.run;

/** What Resync asks of the service that executes state machines. */
public interface Executions {

    /** For whoever only looks at control data: asks no service, and starts nothing. */
    Executions NONE = new Executions() {
        @Override
        public ExecutionStatus status(String execution) {
            return ExecutionStatus.UNKNOWN;
        }

        @Override
        public void startRestore(String runId, String attempt) {
            throw new IllegalStateException("whoever only looks starts nothing");
        }
    };

    /**
     * Returns the status of an execution.
     *
     * @param execution ARN
     * @return {@code UNKNOWN} where the service knows none of this ARN; {@code TIMED_OUT} where it is older than its limit,
     *     whatever the service says
     */
    ExecutionStatus status(String execution);

    /**
     * Starts the restore state machine for a run.
     *
     * @param runId id of the run to close
     * @param attempt makes the execution's name unique: the same run and attempt start one execution only
     */
    void startRestore(String runId, String attempt);
}

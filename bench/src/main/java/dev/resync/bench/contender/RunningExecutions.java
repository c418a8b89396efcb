package dev.resync.bench.contender;

import dev.resync.run.ExecutionStatus;
import dev.resync.run.Executions;

/** A service whose executions are all at work: runs of the benchmark never end by themselves. */
public final class RunningExecutions implements Executions {

    @Override
    public ExecutionStatus status(String execution) {
        return ExecutionStatus.RUNNING;
    }

    @Override
    public void startRestore(String runId, String attempt) {
        throw new IllegalStateException("run " + runId + " of the benchmark is to be closed");
    }
}

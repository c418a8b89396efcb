package dev.resync.cli.local;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.run.ExecutionStatus;

/**
 * What processes that share a database tell each other of their executions. On AWS the service is one for all; here each
 * process has an engine of its own, and must not take another's execution for gone.
 */
public interface ExecutionLeases {

    /** For a process that shares its database with no other. */
    ExecutionLeases ALONE = new ExecutionLeases() {
        @Override
        public void hold(String execution, JsonNode input) {}

        @Override
        public void release(String execution, ExecutionStatus status) {}

        @Override
        public ExecutionStatus status(String execution) {
            return ExecutionStatus.UNKNOWN;
        }
    };

    /**
     * Tells that an execution is about to be started here; to be called before it is.
     *
     * @param execution ARN
     * @param input its input, to be able to start it again
     */
    void hold(String execution, JsonNode input);

    /**
     * Tells that an execution has ended here.
     *
     * @param execution ARN
     * @param status how
     */
    void release(String execution, ExecutionStatus status);

    /**
     * Returns the status of an execution that this process's engine does not know. May wait to see whether its holder is
     * still at work.
     *
     * @param execution ARN
     * @return {@code UNKNOWN} where nobody has heard of it, or its holder stands still
     */
    ExecutionStatus status(String execution);
}

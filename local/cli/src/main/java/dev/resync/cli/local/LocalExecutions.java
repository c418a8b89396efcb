package dev.resync.cli.local;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resync.engine.Engine;
import dev.resync.engine.ExecutionAlreadyExists;
import dev.resync.engine.ExecutionDoesNotExist;
import dev.resync.run.ExecutionStatus;
import dev.resync.run.Executions;
import java.util.concurrent.atomic.AtomicReference;

/** What the stages ask of Step Functions, answered by the local engine. */
final class LocalExecutions implements Executions {

    private static final int MAX_NAME = 80;

    private final String restoreMachine;
    /** Set right after the engine is built: engine and functions need each other. */
    private final AtomicReference<Engine> engine = new AtomicReference<>();

    LocalExecutions(String restoreMachine) {
        this.restoreMachine = restoreMachine;
    }

    void use(Engine started) {
        engine.set(started);
    }

    @Override
    public ExecutionStatus status(String execution) {
        try {
            return ExecutionStatus.valueOf(
                    engine.get().describeExecution(execution).status().name());
        } catch (ExecutionDoesNotExist e) {
            return ExecutionStatus.UNKNOWN;
        }
    }

    @Override
    public void startRestore(String runId, String attempt) {
        ObjectNode input = JsonNodeFactory.instance.objectNode().put("runId", runId);
        String name = runId + "-" + attempt;
        try {
            engine.get().startExecution(restoreMachine, name.substring(Math.max(0, name.length() - MAX_NAME)), input);
        } catch (ExecutionAlreadyExists e) {
            // The same attempt was started before.
            return;
        }
    }
}

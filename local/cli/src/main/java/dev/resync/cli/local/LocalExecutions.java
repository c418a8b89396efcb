package dev.resync.cli.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resync.engine.Engine;
import dev.resync.engine.ExecutionDoesNotExist;
import dev.resync.run.ExecutionStatus;
import dev.resync.run.Executions;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;

/** What the stages ask of Step Functions, answered by the local engine. */
final class LocalExecutions implements Executions {

    private static final int MAX_NAME = 80;

    private final ExecutionLeases leases;
    private final BiConsumer<String, JsonNode> startRestore;
    /** Set right after the engine is built: engine and functions need each other. */
    private final AtomicReference<Engine> engine = new AtomicReference<>();

    /**
     * @param leases asked for executions of other processes
     * @param startRestore starts the restore state machine under a name, unless that name was started before
     */
    LocalExecutions(ExecutionLeases leases, BiConsumer<String, JsonNode> startRestore) {
        this.leases = leases;
        this.startRestore = startRestore;
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
            return leases.status(execution);
        }
    }

    @Override
    public void startRestore(String runId, String attempt) {
        ObjectNode input = JsonNodeFactory.instance.objectNode().put("runId", runId);
        String name = runId + "-" + attempt;
        startRestore.accept(name.substring(Math.max(0, name.length() - MAX_NAME)), input);
    }
}

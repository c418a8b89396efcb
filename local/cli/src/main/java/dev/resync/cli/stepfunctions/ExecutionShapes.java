package dev.resync.cli.stepfunctions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resync.engine.ExecutionDescription;
import dev.resync.engine.RedriveStatus;

/** Executions as answers show them. */
final class ExecutionShapes {

    private ExecutionShapes() {}

    /** Returns an execution in full, or without what it was given and what it gave. */
    static ObjectNode described(ExecutionDescription execution, boolean data) {
        ObjectNode answer = listed(execution);
        putData(answer, "input", execution.input(), data);
        putData(answer, "output", execution.output(), data);
        Shapes.put(answer, "error", execution.error());
        Shapes.put(answer, "cause", execution.cause());
        answer.put("redriveStatus", execution.redriveStatus().name());
        if (execution.redriveStatus() != RedriveStatus.REDRIVABLE) {
            answer.put(
                    "redriveStatusReason",
                    execution.redriveStatus() == RedriveStatus.NOT_REDRIVABLE
                            ? "Execution is " + execution.status() + " and cannot be redriven"
                            : "Execution is redriven with its map run");
        }
        return answer;
    }

    /** Returns an execution as it stands in a list. */
    static ObjectNode listed(ExecutionDescription execution) {
        ObjectNode answer = Shapes.object()
                .put("executionArn", execution.executionArn())
                .put("stateMachineArn", execution.stateMachineArn())
                .put("name", execution.name())
                .put("status", execution.status().name());
        Shapes.put(answer, "startDate", execution.startDate());
        Shapes.put(answer, "stopDate", execution.stopDate());
        Shapes.put(answer, "mapRunArn", execution.mapRunArn());
        answer.put("redriveCount", execution.redriveCount());
        Shapes.put(answer, "redriveDate", execution.redriveDate());
        return answer;
    }

    private static void putData(ObjectNode answer, String name, JsonNode value, boolean data) {
        if (value != null) {
            if (data) {
                answer.put(name, value.toString());
            }
            answer.putObject(name + "Details").put("included", data);
        }
    }
}

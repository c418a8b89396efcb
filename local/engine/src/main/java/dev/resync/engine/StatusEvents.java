package dev.resync.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/** Builds status-change events and hands them to the listeners on a thread of its own. */
final class StatusEvents {
    private static final System.Logger LOG = System.getLogger(StatusEvents.class.getName());

    private final List<EventListener> listeners;
    private final ExecutorService thread;
    private final Scheduler scheduler;
    private final Supplier<String> ids;

    StatusEvents(List<EventListener> listeners, ExecutorService thread, Scheduler scheduler, Supplier<String> ids) {
        this.listeners = listeners;
        this.thread = thread;
        this.scheduler = scheduler;
        this.ids = ids;
    }

    void publish(ExecutionDescription execution, MachineArn machine) {
        if (listeners.isEmpty()) {
            return;
        }
        JsonNode event = event(execution, machine);
        scheduler.began(Scheduler.Work.STEP);
        try {
            thread.execute(() -> deliver(event));
        } catch (RejectedExecutionException e) {
            scheduler.ended(Scheduler.Work.STEP);
        }
    }

    private void deliver(JsonNode event) {
        try {
            for (EventListener listener : listeners) {
                try {
                    listener.onStatusChange(event);
                } catch (RuntimeException | Error e) {
                    LOG.log(Level.WARNING, "a listener of status changes failed", e);
                }
            }
        } finally {
            scheduler.ended(Scheduler.Work.STEP);
        }
    }

    private JsonNode event(ExecutionDescription execution, MachineArn machine) {
        ObjectNode event = Json.NODES.objectNode();
        event.put("version", "0");
        event.put("id", ids.get());
        event.put("detail-type", "Step Functions Execution Status Change");
        event.put("source", "aws.states");
        event.put("account", machine.account());
        event.put("time", Times.text(scheduler.now()));
        event.put("region", machine.region());
        event.putArray("resources").add(execution.executionArn());
        event.set("detail", detail(execution));
        return event;
    }

    private static ObjectNode detail(ExecutionDescription execution) {
        ObjectNode detail = Json.NODES.objectNode();
        detail.put("executionArn", execution.executionArn());
        detail.put("stateMachineArn", execution.stateMachineArn());
        detail.put("name", execution.name());
        detail.put("status", execution.status().name());
        detail.put("startDate", execution.startDate().toEpochMilli());
        detail.put("stopDate", millis(execution.stopDate()));
        TextNode input = Json.NODES.textNode(Json.text(execution.input()));
        TextNode output = execution.output() == null ? null : Json.NODES.textNode(Json.text(execution.output()));
        boolean outputFits = output == null || !Json.isLargerThan(output, Limits.EVENT_DATA_BYTES);
        ArrayNode both = Json.NODES.arrayNode().add(input);
        if (output != null && outputFits) {
            both.add(output);
        }
        putData(detail, "input", input, !Json.isLargerThan(both, Limits.EVENT_DATA_BYTES));
        putData(detail, "output", output, outputFits);
        detail.put("error", execution.error());
        detail.put("cause", execution.cause());
        detail.put("redriveCount", execution.redriveCount());
        detail.put("redriveDate", millis(execution.redriveDate()));
        detail.put("redriveStatus", execution.redriveStatus().name());
        detail.put("stateMachineVersionArn", (String) null);
        detail.put("stateMachineAliasArn", (String) null);
        return detail;
    }

    /** An event of EventBridge has room for so much only: what does not fit is left out, and that is said. */
    private static void putData(ObjectNode detail, String name, TextNode data, boolean fits) {
        detail.set(name, data == null || !fits ? Json.NODES.nullNode() : data);
        detail.set(
                name + "Details",
                data == null ? Json.NODES.nullNode() : Json.NODES.objectNode().put("included", fits));
    }

    private static Long millis(Instant instant) {
        return instant == null ? null : instant.toEpochMilli();
    }
}

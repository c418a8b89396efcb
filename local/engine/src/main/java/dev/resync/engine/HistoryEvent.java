package dev.resync.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Set;

/**
 * One entry of an execution's history.
 *
 * @param id 1 for the first event of an execution, then without gaps
 * @param previousEventId the event that led to this one, on the same branch; 0 for the first
 * @param timestamp when it happened
 * @param type what happened
 * @param details an object by AWS' field names, not to be changed; unlike AWS' answers it has input, output and
 *     parameters as JSON and not as text
 */
public record HistoryEvent(long id, long previousEventId, Instant timestamp, HistoryEventType type, JsonNode details) {
    private static final Set<String> TEXT_ON_AWS = Set.of("input", "output", "parameters");
    private static final Set<String> EXECUTION_DATA = Set.of("input", "output", "assignedVariables");

    /**
     * The event as the AWS API gives it, with all data.
     *
     * @return see {@link #toJson(boolean)}
     */
    public ObjectNode toJson() {
        return toJson(true);
    }

    /**
     * The event as the AWS API gives it.
     *
     * @param executionData whether inputs, outputs and variables are shown
     * @return a new object with {@code timestamp} in seconds (with fraction), {@code type}, {@code id},
     *     {@code previousEventId} and the details under the name for the type
     */
    public ObjectNode toJson(boolean executionData) {
        ObjectNode json = Json.NODES.objectNode();
        json.put("timestamp", timestamp.toEpochMilli() / 1000.0);
        json.put("type", type.awsName());
        json.put("id", id);
        json.put("previousEventId", previousEventId);
        if (type.detailsField() != null) {
            ObjectNode shown = json.putObject(type.detailsField());
            details.properties().stream()
                    .filter(field -> executionData || !EXECUTION_DATA.contains(field.getKey()))
                    .forEach(field -> show(field.getKey(), field.getValue(), shown));
        }
        return json;
    }

    private static void show(String name, JsonNode value, ObjectNode shown) {
        shown.set(name, TEXT_ON_AWS.contains(name) ? Json.NODES.textNode(Json.text(value)) : value);
        if (EXECUTION_DATA.contains(name)) {
            shown.putObject(name + "Details").put("truncated", false);
        }
    }
}

package dev.resync.stages;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Inputs as the state machine builds them. */
final class Requests {

    static final String EXECUTION = "arn:aws:states:eu-west-2:123456789012:execution:resync-test:";

    private Requests() {}

    static ObjectNode dryRun() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("environment", "test")
                .put("plan", "revalidation")
                .put("mode", "DRY_RUN")
                .put("requestedBy", "a tester")
                .put("reason", "to see it work");
    }

    /** Returns the event of admit. */
    static ObjectNode admit(JsonNode request, String execution) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.putArray("accepts").add("DRY_RUN").add("EXECUTE");
        event.set("request", request);
        return event.put("execution", EXECUTION + execution).put("startedAt", "2026-03-01T09:00:00Z");
    }

    /** Returns the event of a stage that works on a whole run. */
    static ObjectNode run(String id, long epoch) {
        return JsonNodeFactory.instance.objectNode().put("runId", id).put("epoch", epoch);
    }

    /** Returns the event of a stage that works on a chunk. */
    static ObjectNode chunk(String id, long epoch, int index) {
        return run(id, epoch).put("index", index);
    }
}

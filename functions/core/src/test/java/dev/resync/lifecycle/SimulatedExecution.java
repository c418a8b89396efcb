package dev.resync.lifecycle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resync.run.ExecutionStatus;
import dev.resync.store.ControlJson;
import java.util.List;
import java.util.Map;

/** Where one execution of a state machine stands, and which function it calls next, as the ASL files say. */
final class SimulatedExecution {

    private static final List<String> RESYNC = List.of(
            "plan-chunks",
            "snapshot-chunk",
            "seal-snapshot",
            "sync-chunk",
            "seal-staging",
            "map-chunk",
            "seal-shadow",
            "verify",
            "catch-up",
            "pre-cut-over",
            "cut-over",
            "finish");
    private static final List<String> RESTORE = List.of(
            "plan-chunks",
            "snapshot-chunk",
            "seal-snapshot",
            "restore-chunk",
            "seal-shadow",
            "verify",
            "pre-cut-over",
            "cut-over",
            "finish");
    private static final Map<String, String> CHUNKS = Map.of(
            "snapshot-chunk",
            "snapshot",
            "sync-chunk",
            "sync",
            "map-chunk",
            "map",
            "restore-chunk",
            "restore",
            "apply-chunk",
            "chunks");

    private final String name;
    private final String arn;
    private final boolean resync;
    private final ObjectNode input;
    private ExecutionStatus status = ExecutionStatus.RUNNING;
    private String function;
    private List<String> steps;
    private boolean dryRun;
    private boolean resumed;
    private ObjectNode run;
    private JsonNode counts;
    private int index;
    private long waitSeconds;

    /**
     * @param name for people
     * @param resync whether it is one of the resync state machine, whose end raises an event, rather than of the restore
     * @param first function that it calls first: admit, close-run or reconcile
     * @param input event of that function
     */
    SimulatedExecution(String name, String arn, boolean resync, String first, ObjectNode input) {
        this.name = name;
        this.arn = arn;
        this.resync = resync;
        this.function = first;
        this.input = input;
    }

    /** Returns the function to call next. */
    String function() {
        return function;
    }

    /** Returns the event for that function. */
    ObjectNode event() {
        if (run == null) {
            return input.deepCopy();
        }
        ObjectNode event = run.deepCopy();
        return CHUNKS.containsKey(function) ? event.put("index", index) : event;
    }

    /** Goes on after an answer. */
    void answered(JsonNode answer) {
        waitSeconds = 0;
        switch (function) {
            case "admit" -> {
                steps = answer.get("mode").textValue().equals("RESTORE") ? RESTORE : RESYNC;
                dryRun = answer.get("mode").textValue().equals("DRY_RUN");
                resumed = answer.get("resumed").booleanValue();
                begin(answer);
            }
            case "close-run" -> outcome(answer);
            case "reconcile", "finish" -> status = ExecutionStatus.SUCCEEDED;
            case "plan-chunks" -> {
                counts = answer;
                chunks(resumed && !steps.equals(RESTORE) ? "map-chunk" : "snapshot-chunk");
            }
            case "seal-snapshot", "seal-staging", "seal-shadow" -> {
                String before = steps.get(steps.indexOf(function) - 1);
                chunks(answer.get("sealed").booleanValue() ? after() : before);
            }
            case "verify" -> function = dryRun ? "finish" : after();
            case "catch-up", "pre-cut-over" -> function = after();
            case "cut-over" -> {
                counts = answer;
                if (answer.get("done").booleanValue()) {
                    function = after();
                } else {
                    chunks("apply-chunk");
                }
            }
            default -> {
                index++;
                chunks(index, function);
            }
        }
    }

    private void outcome(JsonNode answer) {
        switch (answer.get("outcome").textValue()) {
            case "WAIT" -> waitSeconds = answer.get("waitSeconds").longValue();
            case "RESTORE" -> {
                steps = RESTORE;
                begin(answer);
            }
            case "NEEDS_OPERATOR" -> status = ExecutionStatus.FAILED;
            default -> status = ExecutionStatus.SUCCEEDED;
        }
    }

    private void begin(JsonNode answer) {
        run = ControlJson.mapper().createObjectNode();
        run.set("runId", answer.get("runId"));
        run.set("epoch", answer.get("epoch"));
        function = "plan-chunks";
    }

    private void chunks(String next) {
        chunks(0, next);
    }

    private void chunks(int from, String next) {
        function = next;
        index = from;
        if (CHUNKS.containsKey(next) && index >= counts.get(CHUNKS.get(next)).intValue()) {
            function = after();
        }
    }

    /** Returns whether another function comes later in the order of the state machine. */
    boolean isBefore(String other) {
        return steps == null
                || steps.indexOf(function.equals("apply-chunk") ? "cut-over" : function) < steps.indexOf(other);
    }

    private String after() {
        if (function.equals("apply-chunk")) {
            return "cut-over";
        }
        return steps.get(steps.indexOf(function) + 1);
    }

    /** Returns seconds until a close is to be repeated; 0 where nothing is waited for. */
    long waitSeconds() {
        return waitSeconds;
    }

    boolean active() {
        return status.active();
    }

    ExecutionStatus status() {
        return status;
    }

    void status(ExecutionStatus now) {
        status = now;
    }

    boolean resync() {
        return resync;
    }

    String arn() {
        return arn;
    }

    String name() {
        return name;
    }

    @Override
    public String toString() {
        return name + " at " + function + (CHUNKS.containsKey(function) ? " " + index : "");
    }
}

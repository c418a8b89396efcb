package dev.resync.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;

/**
 * One way through the states of a scope, one state at a time: an execution's own, a Parallel branch, or an
 * iteration of an inline map. After a failure it remembers where it stood, for a redrive.
 */
final class Walk {
    /** Who wants to know how it ended. */
    interface End {
        void succeeded(Walk ended, JsonNode output);

        void failed(Walk ended, StatesError error);
    }

    private final Execution execution;
    private final Scope scope;
    private final Map<String, JsonNode> item;
    private final End end;
    private Map<String, JsonNode> variables;
    private long lastEventId;
    private String position;
    private JsonNode positionInput;
    private StateRun run;
    private boolean over = true;
    private int moves;

    /**
     * @param variables what is visible from outside
     * @param item Index and Value of the map's item; null outside of inline maps
     */
    Walk(
            Execution execution,
            Scope scope,
            Map<String, JsonNode> variables,
            Map<String, JsonNode> item,
            End end,
            long causeEventId) {
        this.execution = execution;
        this.scope = scope;
        this.variables = variables;
        this.item = item;
        this.end = end;
        this.lastEventId = causeEventId;
    }

    void start(JsonNode input) {
        over = false;
        moveTo(scope.startAt(), input);
    }

    /** Goes on at the state where the walk failed or was aborted. */
    void redrive(long causeEventId) {
        lastEventId = causeEventId;
        over = false;
        if (run == null) {
            moveTo(position, positionInput);
            return;
        }
        StateRun again = run;
        int move = ++moves;
        post(move, () -> {
            announce(TransitionListener.Direction.ENTERED, again.state());
            if (isAt(move)) {
                again.redrive();
            }
        });
    }

    /** Gives up wherever it is; nobody is told. */
    void abort() {
        if (over) {
            return;
        }
        over = true;
        moves++;
        if (run != null) {
            run.abandon();
            HistoryEventType aborted = HistoryEventType.named(run.state().type() + "StateAborted");
            if (aborted != null) {
                record(aborted, Execution.details());
            }
        }
    }

    /** The state is done. A listener that stops the execution now finds it on its way to the next state. */
    void leave(StateRun left, JsonNode output, String next) {
        if (next != null) {
            run = null;
            moveTo(next, output);
            announce(TransitionListener.Direction.EXITED, left.state());
            return;
        }
        announce(TransitionListener.Direction.EXITED, left.state());
        if (!over) {
            over = true;
            moves++;
            end.succeeded(this, output);
        }
    }

    void fail(StatesError error) {
        over = true;
        moves++;
        end.failed(this, error);
    }

    private void moveTo(String name, JsonNode input) {
        position = name;
        positionInput = input;
        int move = ++moves;
        post(move, () -> enter(move));
    }

    private void enter(int move) {
        State state = scope.state(position);
        ObjectNode details = Execution.details().put("name", position);
        details.set("input", positionInput);
        record(HistoryEventType.named(state.type() + "StateEntered"), details);
        run = StateRun.of(this, state, positionInput, lastEventId);
        announce(TransitionListener.Direction.ENTERED, state);
        if (isAt(move)) {
            run.enter();
        }
    }

    private void announce(TransitionListener.Direction direction, State state) {
        execution.machinery().announce(direction, execution, state);
    }

    private boolean isAt(int move) {
        return !over && moves == move;
    }

    private void post(int move, Runnable step) {
        execution.machinery().post(execution, () -> {
            if (isAt(move)) {
                step.run();
            }
        });
    }

    long record(HistoryEventType type, JsonNode details) {
        lastEventId = execution.record(lastEventId, type, details);
        return lastEventId;
    }

    void continueAfter(long eventId) {
        lastEventId = eventId;
    }

    void assign(JsonNode values) {
        Map<String, JsonNode> changed = new HashMap<>(variables);
        values.properties().forEach(value -> changed.put(value.getKey(), value.getValue()));
        variables = Map.copyOf(changed);
    }

    Map<String, JsonNode> variables() {
        return variables;
    }

    Map<String, JsonNode> item() {
        return item;
    }

    Execution execution() {
        return execution;
    }

    Machinery machinery() {
        return execution.machinery();
    }
}

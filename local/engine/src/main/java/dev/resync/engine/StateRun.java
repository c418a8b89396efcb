package dev.resync.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** One visit to a state, with all its attempts. */
abstract class StateRun {
    private final Walk walk;
    private final State state;
    private final JsonNode input;
    private final long enteredEventId;
    private Instant entered;
    private Retries retries;
    private Scheduler.Timer retryTimer;
    /** Grows whenever an attempt is over, so that what still arrives from it can be told and dropped. */
    private volatile int attempt;

    StateRun(Walk walk, State state, JsonNode input, long enteredEventId) {
        this.walk = walk;
        this.state = state;
        this.input = input;
        this.enteredEventId = enteredEventId;
        this.entered = walk.machinery().scheduler().now();
        this.retries = new Retries(state.handling().retriers());
    }

    static StateRun of(Walk walk, State state, JsonNode input, long enteredEventId) {
        if (state instanceof State.Task task) {
            return new TaskRun(walk, task, input, enteredEventId);
        }
        if (state instanceof State.MapOver map) {
            return map.distributed()
                    ? new DistributedMapRun(walk, map, input, enteredEventId)
                    : new InlineMapRun(walk, map, input, enteredEventId);
        }
        if (state instanceof State.Parallel parallel) {
            return new ParallelRun(walk, parallel, input, enteredEventId);
        }
        if (state instanceof State.Choice choice) {
            return new ChoiceRun(walk, choice, input, enteredEventId);
        }
        if (state instanceof State.Wait wait) {
            return new WaitRun(walk, wait, input, enteredEventId);
        }
        return new SimpleRun(walk, state, input, enteredEventId);
    }

    /** Starts an attempt. A {@link StatesError} thrown here fails it. */
    protected abstract void begin();

    /** Starts over after a redrive; what has succeeded before may be kept. */
    protected void beginAgain() {
        begin();
    }

    /** Lets go of timers, calls and children of the current attempt. */
    protected void release() {}

    /** For what is to be written down when the walk was given up here. */
    protected void abandoned() {}

    final void enter() {
        attempt(this::begin);
    }

    final void redrive() {
        entered = walk.machinery().scheduler().now();
        retries = new Retries(state.handling().retriers());
        attempt(this::beginAgain);
    }

    final void abandon() {
        attempt++;
        if (retryTimer != null) {
            retryTimer.cancel();
        }
        release();
        abandoned();
    }

    /** Runs a part of the current attempt; a {@link StatesError} in it fails the attempt. */
    protected final void attempt(Runnable part) {
        int current = attempt;
        try {
            part.run();
        } catch (StatesError error) {
            if (attempt == current) {
                if (error.is(StatesError.QUERY_EVALUATION)) {
                    ObjectNode details = Execution.errorDetails(error.error(), error.causeText());
                    record(HistoryEventType.EVALUATION_FAILED, details.put("state", state.name()));
                }
                fail(error);
            }
        }
    }

    /** A step for later that is dropped if the attempt is over by then. */
    protected final Runnable inThisAttempt(Runnable part) {
        int current = attempt;
        return () -> {
            if (attempt == current) {
                attempt(part);
            }
        };
    }

    protected final boolean isCurrent(int ofAttempt) {
        return attempt == ofAttempt;
    }

    protected final int currentAttempt() {
        return attempt;
    }

    /** Like {@link #inThisAttempt}, on the execution's strand. */
    protected final Runnable postedInThisAttempt(Runnable part) {
        Runnable step = inThisAttempt(part);
        return () -> walk.machinery().post(walk.execution(), step);
    }

    protected final Scheduler.Timer after(Duration delay, Runnable part) {
        return walk.machinery().schedule(walk.execution(), delay, inThisAttempt(part));
    }

    /** The attempt has failed: try again, go to a Catch, or give up. */
    protected final void fail(StatesError error) {
        attempt++;
        release();
        attemptFailed(error);
        Duration delay = retries.next(error, walk.machinery().random());
        if (delay != null) {
            retryTimer = after(delay, this::begin);
            return;
        }
        for (State.Catcher catcher : state.handling().catchers()) {
            if (catcher.errors().stream().anyMatch(error::isMatchedBy)) {
                takeCatch(catcher, error);
                return;
            }
        }
        walk.fail(error);
    }

    /** For what is to be written down when an attempt has failed. */
    protected void attemptFailed(StatesError error) {}

    private void takeCatch(State.Catcher catcher, StatesError error) {
        try {
            leave(catcher.exit(), bindings().withErrorOutput(error), error.errorOutput());
        } catch (StatesError inCatch) {
            walk.fail(inCatch);
        }
    }

    /** The attempt has a result: evaluate Assign and Output, which both see the old variables, and go on. */
    protected final void leave(State.Exit exit, Bindings bindings, JsonNode defaultOutput) {
        JsonNode output = exit.output() == null ? defaultOutput : exit.output().evaluate(bindings);
        JsonNode assigned = exit.assign() == null ? null : exit.assign().evaluate(bindings);
        if (output != input) {
            Limits.requireSize(output, "output", state.name());
        }
        ObjectNode details = Execution.details().put("name", state.name());
        details.set("output", output);
        if (assigned != null) {
            Limits.requireSize(assigned, "assigned variables", state.name());
            ObjectNode texts = details.putObject("assignedVariables");
            assigned.properties().forEach(value -> texts.put(value.getKey(), Json.text(value.getValue())));
        }
        attempt++;
        release();
        if (assigned != null) {
            walk.assign(assigned);
        }
        record(HistoryEventType.named(state.type() + "StateExited"), details);
        walk.leave(this, output, exit.next());
    }

    protected final Bindings bindings() {
        return new Bindings(walk.machinery().library(), walk.variables(), input, context());
    }

    /** {@code $states.context} as this state sees it; subclasses add to it. */
    protected ObjectNode context() {
        ObjectNode context = walk.execution().context();
        ObjectNode here = context.putObject("State");
        here.put("Name", state.name());
        here.put("EnteredTime", Times.text(entered));
        here.put("RetryCount", retries.count());
        Map<String, JsonNode> item = walk.item();
        if (item != null) {
            context.putObject("Map").putObject("Item").setAll(item);
        }
        return context;
    }

    protected final long record(HistoryEventType type, JsonNode details) {
        return walk.record(type, details);
    }

    protected final Machinery machinery() {
        return walk.machinery();
    }

    protected final Walk walk() {
        return walk;
    }

    protected final JsonNode input() {
        return input;
    }

    protected final Instant entered() {
        return entered;
    }

    protected final long enteredEventId() {
        return enteredEventId;
    }

    final State state() {
        return state;
    }
}

package dev.resync.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Map: keeps as many iterations going as allowed, until all are done or too many have failed. */
abstract class MapRun extends StateRun {
    private final State.MapOver map;
    private final Deque<Iteration> pending = new ArrayDeque<>();
    private List<Iteration> iterations;
    private JsonNode items;
    private int concurrency;
    private int running;
    private int failures;
    private StatesError lastFailure;
    private boolean keepResults;
    private boolean starting;
    private long startedEventId;

    MapRun(Walk walk, State.MapOver map, JsonNode input, long enteredEventId) {
        super(walk, map, input, enteredEventId);
        this.map = map;
    }

    /** One item on its way. */
    abstract class Iteration {
        private final int index;
        private int ofAttempt;
        private boolean begun;
        private boolean active;
        private JsonNode result;

        Iteration(int index) {
            this.index = index;
        }

        final int index() {
            return index;
        }

        /** @param item what the iteration gets as its input */
        abstract void start(JsonNode item);

        /** Goes on after the iteration has failed or was stopped. */
        abstract void redrive(JsonNode item);

        abstract void stop();

        /** How it stands after it was begun, unless it has succeeded. */
        abstract ExecutionStatus status();

        final void succeeded(JsonNode output) {
            end(() -> {
                result = output;
                goOn();
            });
        }

        final void failed(StatesError error) {
            end(() -> {
                failures++;
                lastFailure = error;
                StatesError fatal = fatal(error, failures, iterations.size());
                if (fatal != null) {
                    fail(fatal);
                } else {
                    goOn();
                }
            });
        }

        private void end(Runnable then) {
            if (active && isCurrent(ofAttempt)) {
                active = false;
                running--;
                attempt(then);
            }
        }
    }

    protected abstract Iteration iteration(int index);

    /**
     * Reads what else the state defines.
     *
     * @param maxConcurrency as given; 0 for as many as possible
     */
    protected abstract void prepare(Bindings bindings, int maxConcurrency);

    protected abstract int mostConcurrent();

    /** The error that ends the map after a failed iteration, or null if it is tolerated. */
    protected abstract StatesError fatal(StatesError last, int failed, int total);

    /** For what is to be written down when the iterations begin; again is true after a redrive. */
    protected abstract void iterationsBegin(boolean again);

    protected abstract void iterationsSucceeded();

    protected abstract void iterationsFailed(StatesError error);

    @Override
    protected void begin() {
        iterations = null;
        pending.clear();
        Bindings bindings = bindings();
        items = map.items() == null ? input() : map.items().evaluate(bindings);
        if (!items.isArray()) {
            throw StatesError.query("The Items of state '" + map.name() + "' must be an array.");
        }
        Double asked = Limits.number(map.maxConcurrency(), bindings, "MaxConcurrency", 0, Integer.MAX_VALUE, true);
        int maxConcurrency = asked == null ? 0 : asked.intValue();
        concurrency = allowed(maxConcurrency);
        prepare(bindings, maxConcurrency);
        List<Iteration> all = new ArrayList<>(items.size());
        for (int i = 0; i < items.size(); i++) {
            all.add(iteration(i));
        }
        iterations = all;
        run(all, false);
    }

    @Override
    protected void beginAgain() {
        if (iterations == null || !keepResults) {
            begin();
            return;
        }
        pending.clear();
        run(iterations.stream().filter(iteration -> iteration.result == null).toList(), true);
    }

    private int allowed(int maxConcurrency) {
        return maxConcurrency == 0 ? mostConcurrent() : Math.min(maxConcurrency, mostConcurrent());
    }

    /** Begins further iterations, or fails, as far as other limits call for it. */
    protected final void limitsChanged(int maxConcurrency) {
        concurrency = allowed(maxConcurrency);
        attempt(() -> {
            StatesError fatal = failures == 0 ? null : fatal(lastFailure, failures, iterations.size());
            if (fatal != null) {
                fail(fatal);
            } else {
                goOn();
            }
        });
    }

    /** How far the iterations are, once they have begun. */
    protected final MapRunCounts counts() {
        long succeeded = 0;
        long notBegun = 0;
        long pendingRedrive = 0;
        Map<ExecutionStatus, Long> others = new EnumMap<>(ExecutionStatus.class);
        Set<Iteration> waiting = new HashSet<>(pending);
        for (Iteration iteration : iterations) {
            if (iteration.result != null) {
                succeeded++;
            } else if (!iteration.begun) {
                notBegun++;
            } else if (waiting.contains(iteration)) {
                pendingRedrive++;
            } else {
                others.merge(iteration.status(), 1L, Long::sum);
            }
        }
        return new MapRunCounts(
                notBegun,
                others.getOrDefault(ExecutionStatus.RUNNING, 0L),
                succeeded,
                others.getOrDefault(ExecutionStatus.FAILED, 0L),
                others.getOrDefault(ExecutionStatus.TIMED_OUT, 0L),
                others.getOrDefault(ExecutionStatus.ABORTED, 0L),
                pendingRedrive);
    }

    private void run(List<Iteration> toRun, boolean again) {
        running = 0;
        failures = 0;
        startedEventId =
                record(HistoryEventType.MAP_STATE_STARTED, Execution.details().put("length", items.size()));
        iterationsBegin(again);
        pending.addAll(toRun);
        goOn();
    }

    private void goOn() {
        if (starting) {
            return; // an iteration that ends while being started: the loop below goes on
        }
        starting = true;
        try {
            while (!pending.isEmpty() && running < concurrency) {
                startNext();
            }
        } finally {
            starting = false;
        }
        if (running == 0 && pending.isEmpty()) {
            finish();
        }
    }

    private void startNext() {
        Iteration next = pending.remove();
        JsonNode item = Limits.requireSize(itemOf(next), "item", map.name());
        next.ofAttempt = currentAttempt();
        next.active = true;
        running++;
        if (next.begun) {
            next.redrive(item);
        } else {
            next.begun = true;
            next.start(item);
        }
    }

    private JsonNode itemOf(Iteration iteration) {
        JsonNode value = items.get(iteration.index);
        if (map.itemSelector() == null) {
            return value;
        }
        ObjectNode context = context();
        ObjectNode item = context.putObject("Map").putObject("Item");
        item.put("Index", iteration.index);
        item.set("Value", value);
        return map.itemSelector().evaluate(new Bindings(machinery().library(), walk().variables(), input(), context));
    }

    private void finish() {
        ArrayNode result = Json.NODES.arrayNode(iterations.size());
        iterations.forEach(iteration -> {
            if (iteration.result != null) {
                result.add(iteration.result);
            }
        });
        Limits.requireSize(result, "result", map.name());
        iterationsSucceeded();
        record(HistoryEventType.MAP_STATE_SUCCEEDED, Execution.details());
        leave(map.exit(), bindings().withResult(result), result);
    }

    @Override
    protected void release() {
        if (iterations == null) {
            return;
        }
        keepResults = true;
        pending.clear();
        for (Iteration iteration : iterations) {
            if (iteration.active) {
                iteration.active = false;
                iteration.stop();
            }
        }
    }

    @Override
    protected void attemptFailed(StatesError error) {
        if (iterations == null) {
            return;
        }
        // AWS runs the whole map again if its results together were too large.
        keepResults = !error.is(StatesError.DATA_LIMIT);
        iterationsFailed(error);
        record(HistoryEventType.MAP_STATE_FAILED, Execution.details());
    }

    protected final State.MapOver map() {
        return map;
    }

    protected final JsonNode itemAt(int index) {
        return items.get(index);
    }

    protected final long startedEventId() {
        return startedEventId;
    }
}

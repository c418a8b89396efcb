package dev.resync.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** A Map whose iterations are part of the execution. */
final class InlineMapRun extends MapRun {
    InlineMapRun(Walk walk, State.MapOver map, JsonNode input, long enteredEventId) {
        super(walk, map, input, enteredEventId);
    }

    @Override
    protected Iteration iteration(int index) {
        return new InlineIteration(index);
    }

    @Override
    protected void prepare(Bindings bindings, int maxConcurrency) {
        // Tolerated failures are for distributed maps.
    }

    @Override
    protected int mostConcurrent() {
        return Limits.MOST_CONCURRENT_ITERATIONS;
    }

    @Override
    protected StatesError fatal(StatesError last, int failed, int total) {
        return last;
    }

    @Override
    protected void iterationsBegin(boolean again) {
        // Each iteration has an event of its own.
    }

    @Override
    protected void iterationsSucceeded() {
        // Each iteration has an event of its own.
    }

    @Override
    protected void iterationsFailed(StatesError error) {
        // Each iteration has an event of its own.
    }

    private final class InlineIteration extends Iteration implements Walk.End {
        private Walk own;

        InlineIteration(int index) {
            super(index);
        }

        @Override
        void start(JsonNode item) {
            Map<String, JsonNode> position = Map.of("Index", Json.NODES.numberNode(index()), "Value", itemAt(index()));
            own = new Walk(walk().execution(), map().processor(), walk().variables(), position, this, note("Started"));
            own.start(item);
        }

        @Override
        void redrive(JsonNode item) {
            own.redrive(note("Started"));
        }

        @Override
        void stop() {
            own.abort();
            note("Aborted");
        }

        @Override
        ExecutionStatus status() {
            return walk().execution().description().status();
        }

        @Override
        public void succeeded(Walk ended, JsonNode output) {
            own = null;
            note("Succeeded");
            succeeded(output);
        }

        @Override
        public void failed(Walk ended, StatesError error) {
            note("Failed");
            failed(error);
        }

        private long note(String what) {
            ObjectNode details = Execution.details().put("name", map().name()).put("index", index());
            return walk().execution().record(startedEventId(), HistoryEventType.named("MapIteration" + what), details);
        }
    }
}

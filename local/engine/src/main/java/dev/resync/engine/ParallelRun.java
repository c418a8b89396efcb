package dev.resync.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;

/** Parallel: all branches with the same input; the first failure ends the others. */
final class ParallelRun extends StateRun {
    private final State.Parallel parallel;
    private Walk[] branches;
    private JsonNode[] results;
    private int open;
    private boolean keepResults;

    ParallelRun(Walk walk, State.Parallel parallel, JsonNode input, long enteredEventId) {
        super(walk, parallel, input, enteredEventId);
        this.parallel = parallel;
    }

    @Override
    protected void begin() {
        branches = null;
        JsonNode arguments =
                parallel.arguments() == null ? input() : parallel.arguments().evaluate(bindings());
        Limits.requireSize(arguments, "arguments", parallel.name());
        int count = parallel.branches().size();
        branches = new Walk[count];
        results = new JsonNode[count];
        open = count;
        long started = record(HistoryEventType.PARALLEL_STATE_STARTED, Execution.details());
        for (int i = 0; i < count; i++) {
            Branch end = new Branch(i);
            branches[i] = new Walk(
                    walk().execution(), parallel.branches().get(i), walk().variables(), walk().item(), end, started);
        }
        for (Walk branch : branches) {
            branch.start(arguments);
        }
    }

    @Override
    protected void beginAgain() {
        if (branches == null || !keepResults) {
            begin();
            return;
        }
        long started = record(HistoryEventType.PARALLEL_STATE_STARTED, Execution.details());
        open = 0;
        for (JsonNode result : results) {
            open += result == null ? 1 : 0;
        }
        if (open == 0) {
            finish();
        }
        for (int i = 0; i < branches.length; i++) {
            if (results[i] == null) {
                branches[i].redrive(started);
            }
        }
    }

    @Override
    protected void release() {
        if (branches != null) {
            keepResults = true;
            for (Walk branch : branches) {
                branch.abort();
            }
        }
    }

    @Override
    protected void attemptFailed(StatesError error) {
        // AWS runs all branches again if their results together were too large.
        keepResults = branches != null && !error.is(StatesError.DATA_LIMIT);
        if (branches != null) {
            record(HistoryEventType.PARALLEL_STATE_FAILED, Execution.details());
        }
    }

    private void finish() {
        ArrayNode result = Json.NODES.arrayNode(results.length);
        for (JsonNode branchResult : results) {
            result.add(branchResult);
        }
        Limits.requireSize(result, "result", parallel.name());
        record(HistoryEventType.PARALLEL_STATE_SUCCEEDED, Execution.details());
        leave(parallel.exit(), bindings().withResult(result), result);
    }

    private final class Branch implements Walk.End {
        private final int index;

        Branch(int index) {
            this.index = index;
        }

        @Override
        public void succeeded(Walk ended, JsonNode output) {
            attempt(() -> {
                results[index] = output;
                if (--open == 0) {
                    finish();
                }
            });
        }

        @Override
        public void failed(Walk ended, StatesError error) {
            attempt(() -> fail(error));
        }
    }
}

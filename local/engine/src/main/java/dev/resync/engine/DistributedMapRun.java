package dev.resync.engine;

import com.fasterxml.jackson.databind.JsonNode;

/** A Map whose iterations are executions of their own. */
final class DistributedMapRun extends MapRun {
    private String id;
    private MapRunRecord known;
    private MapRunDescription.Settings settings;

    DistributedMapRun(Walk walk, State.MapOver map, JsonNode input, long enteredEventId) {
        super(walk, map, input, enteredEventId);
    }

    @Override
    protected Iteration iteration(int index) {
        return new ChildIteration(index);
    }

    @Override
    protected void prepare(Bindings bindings, int maxConcurrency) {
        id = machinery().ids().get();
        known = null;
        Double count =
                Limits.number(map().toleratedCount(), bindings, "ToleratedFailureCount", 0, Integer.MAX_VALUE, true);
        Double percentage =
                Limits.number(map().toleratedPercentage(), bindings, "ToleratedFailurePercentage", 0, 100, false);
        settings = new MapRunDescription.Settings(maxConcurrency, count == null ? null : count.longValue(), percentage);
    }

    @Override
    protected int mostConcurrent() {
        return Math.min(machinery().mostChildren(), Limits.MOST_CONCURRENT_CHILDREN);
    }

    @Override
    protected StatesError fatal(StatesError last, int failed, int total) {
        return settings.tolerates(failed, total)
                ? null
                : new StatesError(
                        StatesError.TOLERATED_FAILURES_EXCEEDED,
                        "The map run of state '" + map().name() + "' exceeded its tolerated failures: " + failed
                                + " of " + total + " items failed.");
    }

    @Override
    protected void iterationsBegin(boolean again) {
        if (again) {
            known.redriven(this);
            record(
                    HistoryEventType.MAP_RUN_REDRIVEN,
                    Execution.details().put("mapRunArn", arn()).put("redriveCount", known.redriveCount()));
        } else {
            known = new MapRunRecord(this, arn(), machine().machineArn().labelled(map().label()));
            machinery().executions().addMapRun(known);
            record(HistoryEventType.MAP_RUN_STARTED, Execution.details().put("mapRunArn", arn()));
        }
    }

    @Override
    protected void iterationsSucceeded() {
        known.ended(MapRunStatus.SUCCEEDED);
        record(HistoryEventType.MAP_RUN_SUCCEEDED, Execution.details());
    }

    @Override
    protected void iterationsFailed(StatesError error) {
        // It may have succeeded, and what the state makes of its result fail.
        if (known.isRunning()) {
            known.ended(MapRunStatus.FAILED);
            record(HistoryEventType.MAP_RUN_FAILED, Execution.errorDetails(error.error(), error.causeText()));
        }
    }

    /** Between two attempts there is none to abort. */
    @Override
    protected void abandoned() {
        if (known != null && known.isRunning()) {
            known.ended(MapRunStatus.ABORTED);
            record(HistoryEventType.MAP_RUN_ABORTED, Execution.details());
        }
    }

    /** In the execution's turn, while the map run is under way. Takes effect at once; children under way go on. */
    void change(MapRunDescription.Settings changed) {
        settings = changed;
        limitsChanged(changed.maxConcurrency());
    }

    MapRunDescription.Settings settings() {
        return settings;
    }

    private String arn() {
        return machine().machineArn().mapRun(map().label(), id);
    }

    private StateMachine machine() {
        return walk().execution().machine();
    }

    private final class ChildIteration extends Iteration {
        private Execution child;

        ChildIteration(int index) {
            super(index);
        }

        @Override
        void start(JsonNode item) {
            int round = known.redriveCount();
            String name = round == 0 ? id + "-" + index() : id + "-" + index() + "-" + round;
            Execution.Origin origin = new Execution.Origin(
                    machine(),
                    machine().machineArn().labelled(map().label()),
                    machine().machineArn().child(map().label(), name),
                    name,
                    map().processor(),
                    arn(),
                    walk().execution(),
                    closed -> ended(closed.description()));
            child = new Execution(
                    machinery(), origin, item, machinery().executions().nextSequence());
            machinery().executions().addChild(child);
            child.begin();
        }

        /** Express executions cannot be redriven: on AWS, too, they are started anew. */
        @Override
        void redrive(JsonNode item) {
            if (map().express()) {
                start(item);
            } else {
                child.goOn();
            }
        }

        @Override
        void stop() {
            child.stop(null, null);
        }

        @Override
        ExecutionStatus status() {
            return child.description().status();
        }

        private void ended(ExecutionDescription closed) {
            if (closed.status() == ExecutionStatus.SUCCEEDED) {
                child = null;
                succeeded(closed.output());
            } else {
                failed(new StatesError(closed.error(), closed.cause()));
            }
        }
    }
}

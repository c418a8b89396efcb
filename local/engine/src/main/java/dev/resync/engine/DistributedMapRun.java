package dev.resync.engine;

import com.fasterxml.jackson.databind.JsonNode;

/** A Map whose iterations are executions of their own. */
final class DistributedMapRun extends MapRun {
    private String id;
    private int round;
    private Double toleratedCount;
    private Double toleratedPercentage;

    DistributedMapRun(Walk walk, State.MapOver map, JsonNode input, long enteredEventId) {
        super(walk, map, input, enteredEventId);
    }

    @Override
    protected Iteration iteration(int index) {
        return new ChildIteration(index);
    }

    @Override
    protected void prepare(Bindings bindings) {
        id = machinery().ids().get();
        round = 0;
        toleratedCount =
                Limits.number(map().toleratedCount(), bindings, "ToleratedFailureCount", 0, Integer.MAX_VALUE, true);
        toleratedPercentage =
                Limits.number(map().toleratedPercentage(), bindings, "ToleratedFailurePercentage", 0, 100, false);
    }

    @Override
    protected int mostConcurrent() {
        return Math.min(machinery().mostChildren(), Limits.MOST_CONCURRENT_CHILDREN);
    }

    @Override
    protected StatesError fatal(StatesError last, int failed, int total) {
        boolean noneTolerated = toleratedCount == null && toleratedPercentage == null;
        boolean tooMany = toleratedCount != null && failed > toleratedCount;
        boolean tooLargeAShare = toleratedPercentage != null && failed * 100.0 > toleratedPercentage * total;
        return noneTolerated || tooMany || tooLargeAShare
                ? new StatesError(
                        StatesError.TOLERATED_FAILURES_EXCEEDED,
                        "The map run of state '" + map().name() + "' exceeded its tolerated failures: " + failed
                                + " of " + total + " items failed.")
                : null;
    }

    @Override
    protected void iterationsBegin(boolean again) {
        if (again) {
            round++;
            record(
                    HistoryEventType.MAP_RUN_REDRIVEN,
                    Execution.details().put("mapRunArn", arn()).put("redriveCount", round));
        } else {
            record(HistoryEventType.MAP_RUN_STARTED, Execution.details().put("mapRunArn", arn()));
        }
    }

    @Override
    protected void iterationsSucceeded() {
        record(HistoryEventType.MAP_RUN_SUCCEEDED, Execution.details());
    }

    @Override
    protected void iterationsFailed(StatesError error) {
        record(HistoryEventType.MAP_RUN_FAILED, Execution.errorDetails(error.error(), error.causeText()));
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

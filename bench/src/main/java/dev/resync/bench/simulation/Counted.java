package dev.resync.bench.simulation;

import dev.resync.estimate.ExecutionShape;

/**
 * What one execution of a state machine came to, with all of its children.
 *
 * @param machine name of the state machine's file
 * @param status how the execution ended
 * @param maps distributed maps that were gone through
 * @param executions its own and those of children
 * @param mostItems most items of a map
 * @param childrenAtOnce most children of maps open at once
 * @param functionsAtOnce most functions at work at once
 * @param statesEntered states entered, in all executions
 * @param transitions what Step Functions charges for: states entered, and each attempt after the first
 * @param calls calls of functions, those that failed included
 * @param failedCalls calls that failed with a transient error
 * @param ownRetries of those, what the execution itself repeated
 * @param mostChildRetries the most that one child repeated
 * @param historyEvents events of the execution's own history
 * @param childHistoryEvents most events of a child's history
 * @param allHistoryEvents events of all histories together
 * @param payloadBytes bytes of the largest JSON value
 * @param payload which it is
 * @param virtualSeconds from start to end, in the time of the simulation
 * @param estimated what {@code estimate} says of the same run without faults; null where it says nothing
 */
public record Counted(
        String machine,
        String status,
        int maps,
        long executions,
        long mostItems,
        long childrenAtOnce,
        int functionsAtOnce,
        long statesEntered,
        long transitions,
        long calls,
        long failedCalls,
        long ownRetries,
        long mostChildRetries,
        int historyEvents,
        int childHistoryEvents,
        long allHistoryEvents,
        long payloadBytes,
        String payload,
        double virtualSeconds,
        ExecutionShape estimated) {

    /** Failed, scheduled and started again. */
    private static final int EVENTS_OF_RETRY = 3;

    /** Returns what {@code estimate} says, with the retries that were seen; null where it says nothing. */
    ExecutionShape estimatedWithRetries() {
        return estimated == null
                ? null
                : new ExecutionShape(
                        estimated.executions(),
                        estimated.transitions() + failedCalls,
                        estimated.calls() + failedCalls,
                        estimated.historyEvents() + (int) ownRetries * EVENTS_OF_RETRY,
                        estimated.childHistoryEvents() + (int) mostChildRetries * EVENTS_OF_RETRY);
    }

    /** Returns what was counted, in the form of an estimate. */
    ExecutionShape shape() {
        return new ExecutionShape(executions, transitions, calls, historyEvents, childHistoryEvents);
    }
}

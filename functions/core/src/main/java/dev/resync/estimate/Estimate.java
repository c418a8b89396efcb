package dev.resync.estimate;

import java.util.List;

/**
 * What a run would come to that succeeds at the first try, without approval and with nothing to catch up.
 *
 * @param plan name of the plan
 * @param dryRun whether nothing is published
 * @param documents documents of each target
 * @param chunkDocuments documents of each collection that a chunk is planned for
 * @param concurrency chunks at once
 * @param memoryMegabytes memory of the functions
 * @param steps in the order of the state machine
 * @param executions executions of Step Functions: the run's own, and a child for each chunk
 * @param transitions states entered, in all of them
 * @param calls calls of functions
 * @param gigabyteSeconds memory times time of all calls
 * @param seconds from start to receipt, without waiting for people
 * @param reads documents read
 * @param writes documents written
 * @param spaceBytes what snapshot, staging and new view need beside live
 * @param connections connections to the database at once, those by which drivers watch it included
 * @param historyEvents events in the history of the run's own execution
 * @param closingHistoryEvents events in the history of the execution that closes the run where it fails and nobody resumes it
 * @param mapChildren most children of a map
 * @param payloadBytes bytes of the largest list that a state has to hold
 * @param cost in the currency of the prices; null without prices
 * @param warnings what it comes near or beyond; empty where nothing
 */
public record Estimate(
        String plan,
        boolean dryRun,
        long documents,
        int chunkDocuments,
        int concurrency,
        int memoryMegabytes,
        List<StepEstimate> steps,
        long executions,
        long transitions,
        long calls,
        double gigabyteSeconds,
        double seconds,
        long reads,
        long writes,
        long spaceBytes,
        long connections,
        int historyEvents,
        long closingHistoryEvents,
        long mapChildren,
        long payloadBytes,
        Double cost,
        List<Warning> warnings) {

    public Estimate {
        steps = List.copyOf(steps);
        warnings = List.copyOf(warnings);
    }

    /** Returns the same with all that is to be said against it. */
    Estimate with(List<Warning> against) {
        return new Estimate(
                plan,
                dryRun,
                documents,
                chunkDocuments,
                concurrency,
                memoryMegabytes,
                steps,
                executions,
                transitions,
                calls,
                gigabyteSeconds,
                seconds,
                reads,
                writes,
                spaceBytes,
                connections,
                historyEvents,
                closingHistoryEvents,
                mapChildren,
                payloadBytes,
                cost,
                against);
    }

    /** Returns a step; raises {@link IllegalArgumentException} where the run has none of this function. */
    public StepEstimate step(String function) {
        return steps.stream()
                .filter(step -> step.function().equals(function))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no step " + function));
    }
}

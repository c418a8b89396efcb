package dev.resync.cli.drill;

import dev.resync.run.Ending;
import java.util.List;
import java.util.Map;

/**
 * What a drill found.
 *
 * @param runs rounds that were played
 * @param seed of the first round; each further one has the next
 * @param violations things that happened and must not; 0 where all is well
 * @param readerErrors reads that failed, or saw something that never was a view; 0 where all is well
 * @param faults how often each kind was planned, and how often it did what it is to do
 * @param endings of the real runs, of those that were stopped between their two targets, and of the restores
 * @param notAdmitted requests that came to no run, since they were struck before one was on record
 * @param reads complete reads of live views by the reader
 * @param mixedReads reads that saw old and new documents of a view side by side; 0 unless views are changed in place
 * @param longestStopToReceiptSeconds longest time from a stop to the receipt, where no reconcile was needed: what passed
 *     here, and the waits of the state machines, which a drill skips
 * @param longestReconcileToReceiptSeconds the same from the beginning of a reconcile that found an open run, after a lost
 *     event or a killed process among others; how long it takes until somebody reconciles is not in it
 * @param longestWindowSeconds longest time in which the two views may have been of different runs, or one of them have had old
 *     and new documents, by the receipts of all rounds but those whose clocks are apart
 * @param found each violation with the round in which it was found
 */
record DrillReport(
        int runs,
        long seed,
        int violations,
        long readerErrors,
        Map<FaultKind, Hits> faults,
        Map<Fault.Phase, Map<Ending, Integer>> endings,
        int notAdmitted,
        long reads,
        long mixedReads,
        double longestStopToReceiptSeconds,
        double longestReconcileToReceiptSeconds,
        double longestWindowSeconds,
        List<Violation> found) {

    /**
     * How often a kind of fault was planned and hit.
     *
     * @param planned rounds
     * @param hits rounds in which it did what it is to do: not where the run was over before, a lost event was that of a run
     *     that closed itself, or an event was doubled of which no run came
     */
    record Hits(int planned, int hits) {}

    /**
     * What must not happen, and did.
     *
     * @param seed plays this round alone
     * @param fault what was done
     * @param what does not hold
     */
    record Violation(long seed, Fault fault, List<String> what) {}

    /** Returns whether nothing was found. */
    boolean kept() {
        return violations == 0 && readerErrors == 0;
    }
}

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
 * @param faults how often each kind was planned, and how often it struck before the run was over
 * @param endings of the real runs, and of the restores
 * @param reads complete reads of live views by the reader
 * @param longestStopToReceiptSeconds longest time from a stop to the receipt: what passed here, and the waits of the state
 *     machines, which a drill skips
 * @param longestWindowSeconds longest time in which the two views may have been of different runs
 * @param found each violation with the round in which it was found
 */
record DrillReport(
        int runs,
        long seed,
        int violations,
        long readerErrors,
        Map<FaultKind, Hits> faults,
        Map<Fault.Phase, Map<Ending, Integer>> endings,
        long reads,
        double longestStopToReceiptSeconds,
        double longestWindowSeconds,
        List<Violation> found) {

    /**
     * How often a kind of fault was planned and struck.
     *
     * @param planned rounds
     * @param hits rounds in which it struck
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

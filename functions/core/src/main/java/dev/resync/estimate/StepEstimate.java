package dev.resync.estimate;

/**
 * What one function of a run comes to.
 *
 * @param function name of the function
 * @param calls how often it is called
 * @param documents documents that one call handles at most; those that it reads, where it reads collections whole
 * @param reads documents read in all calls
 * @param writes documents written in all calls
 * @param callSeconds how long the longest call takes
 * @param seconds from the first call to the end of the last
 * @param gigabyteSeconds memory times time of all calls
 */
public record StepEstimate(
        String function,
        long calls,
        long documents,
        long reads,
        long writes,
        double callSeconds,
        double seconds,
        double gigabyteSeconds) {}

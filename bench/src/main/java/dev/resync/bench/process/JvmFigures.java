package dev.resync.bench.process;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.resync.store.ControlJson;

/**
 * What a Java process spent in some time.
 *
 * @param cpuMillis time of all its processors together, in milliseconds
 * @param allocatedBytes bytes allocated by all its threads, also by those that have ended
 * @param peakHeapBytes most heap in use, garbage included
 * @param peakLiveBytes most heap in use after a collection, beyond what was in use at the beginning
 * @param collections number of garbage collections
 * @param pauseMillis how long it stood still for them in all, in milliseconds
 * @param longestPauseMillis longest time that it stood still, in milliseconds
 */
public record JvmFigures(
        double cpuMillis,
        long allocatedBytes,
        long peakHeapBytes,
        long peakLiveBytes,
        long collections,
        long pauseMillis,
        long longestPauseMillis) {

    /** Reads what another process told. */
    public static JvmFigures read(String json) {
        try {
            return ControlJson.mapper().readValue(json, JvmFigures.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the server's figures cannot be read", e);
        }
    }

    /** Returns what was spent in both times, one after the other. */
    public JvmFigures plus(JvmFigures next) {
        return new JvmFigures(
                cpuMillis + next.cpuMillis,
                allocatedBytes + next.allocatedBytes,
                Math.max(peakHeapBytes, next.peakHeapBytes),
                Math.max(peakLiveBytes, next.peakLiveBytes),
                collections + next.collections,
                pauseMillis + next.pauseMillis,
                Math.max(longestPauseMillis, next.longestPauseMillis));
    }
}

package dev.resync.pace;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How fast a run may work, as people set it while it is at work. Part of its record.
 *
 * @param held what keeps it from going on; null where nothing does
 * @param documentsPerSecond most documents a second, over all chunks, 1 or more; null for no limit
 * @param concurrency most chunks at once, 1 or more; null for as many as the run was started with
 */
public record RunPace(Hold held, Integer documentsPerSecond, Integer concurrency) {

    /** Neither held nor limited. */
    public static final RunPace FREE = new RunPace(null, null, null);

    /**
     * In so long a chunk of the planned size is to be done. A function lives for 15 minutes and chunks are not all alike, so
     * that this leaves room for one of twice the size, and for a wait before it.
     */
    private static final Duration CHUNK_TIME = Duration.ofMinutes(5);

    /** Returns whether neither a hold nor a limit is set. */
    @JsonIgnore
    public boolean isFree() {
        return equals(FREE);
    }

    /** Returns it in words, such as {@code at most 500 documents a second, at most 2 chunks at once}. */
    @Override
    public String toString() {
        List<String> words = new ArrayList<>();
        if (held != null) {
            words.add(held.toString());
        }
        if (documentsPerSecond != null) {
            words.add("at most " + documentsPerSecond + " documents a second");
        }
        if (concurrency != null) {
            words.add("at most " + concurrency + " chunks at once");
        }
        return words.isEmpty() ? "neither held nor limited" : String.join(", ", words);
    }

    /**
     * Returns how many chunks may be worked on at once. Few documents a second are not shared by more chunks than can be done
     * in time with them.
     *
     * @param started as many as the run was started with
     * @param documentsOfChunk documents of all collections that a chunk is planned for
     */
    public int chunksAtOnce(int started, int documentsOfChunk) {
        int most = concurrency == null ? started : Math.min(started, concurrency);
        if (documentsPerSecond == null) {
            return most;
        }
        long inTime = documentsPerSecond * CHUNK_TIME.toSeconds() / documentsOfChunk;
        return (int) Math.max(1, Math.min(most, inTime));
    }

    /**
     * Returns the fewest documents a second with which one chunk can be done in time.
     *
     * @param documentsOfChunk documents of all collections that a chunk is planned for
     */
    public static int fewestPerSecond(int documentsOfChunk) {
        return (int) Math.ceil((double) documentsOfChunk / CHUNK_TIME.toSeconds());
    }
}

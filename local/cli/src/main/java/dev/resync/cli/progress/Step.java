package dev.resync.cli.progress;

import java.time.Duration;

/**
 * What a run is doing at one moment.
 *
 * @param name function or state name, such as {@code sync-chunk} or {@code Verify}; never null
 * @param chunks chunks planned; 0 where the step has none
 * @param done chunks finished, 0 to {@code chunks}
 * @param documents documents handled so far, 0 or more
 * @param perSecond documents a second lately; 0 where nothing can be said yet
 * @param elapsed since the step was first seen
 * @param pace what keeps it from full speed; never null
 */
public record Step(String name, int chunks, int done, long documents, long perSecond, Duration elapsed, StepPace pace) {

    private static final long MILLIS = 1000;

    /** Makes a step that nothing keeps from full speed, and that has been as fast as this all along. */
    public Step(String name, int chunks, int done, long documents, Duration elapsed) {
        this(name, chunks, done, documents, average(documents, elapsed), elapsed, StepPace.FREE);
    }

    private static long average(long documents, Duration elapsed) {
        long millis = elapsed.toMillis();
        return millis == 0 ? 0 : documents * MILLIS / millis;
    }

    /**
     * Returns whether there is something to say: another step began, its chunks are all done, people asked for
     * another pace, or it has gone on for a while.
     *
     * @param shown what was said last; null where nothing was
     * @param every how long the same step may go on without a word
     */
    boolean isNews(Step shown, Duration every) {
        if (shown == null || !shown.name.equals(name)) {
            return true;
        }
        boolean ends = done == chunks && shown.done < shown.chunks;
        boolean otherPace = !shown.pace.asked().equals(pace.asked());
        return ends || otherPace || elapsed.minus(shown.elapsed).compareTo(every) >= 0;
    }

    /** Returns the time left, if chunks are all alike and the rate stays what it is, in seconds; -1 where nothing can be said. */
    public long etaSeconds() {
        return done == 0 || perSecond == 0 ? -1 : documents * (chunks - done) / done / perSecond;
    }
}

package dev.resync.cli.progress;

import java.time.Duration;

/**
 * What a run is doing at one moment.
 *
 * @param name function or state name, such as {@code sync-chunk} or {@code Verify}; never null
 * @param chunks chunks planned; 0 where the step has none
 * @param done chunks finished, 0 to {@code chunks}
 * @param documents documents handled so far, 0 or more
 * @param elapsed since the step was first seen
 */
public record Step(String name, int chunks, int done, long documents, Duration elapsed) {

    /** Returns documents a second so far; 0 where nothing can be said yet. */
    public long perSecond() {
        long millis = elapsed.toMillis();
        return millis == 0 ? 0 : documents * 1000 / millis;
    }

    /**
     * Returns whether there is something to say: another step began, its chunks are all done, or it has gone on for a while.
     *
     * @param shown what was said last; null where nothing was
     * @param every how long the same step may go on without a word
     */
    boolean isNews(Step shown, Duration every) {
        if (shown == null || !shown.name.equals(name)) {
            return true;
        }
        boolean ends = done == chunks && shown.done < shown.chunks;
        return ends || elapsed.minus(shown.elapsed).compareTo(every) >= 0;
    }

    /** Returns the time left, judged by the chunks done so far, in seconds; -1 where nothing can be said yet. */
    public long etaSeconds() {
        return done == 0 ? -1 : elapsed.toMillis() * (chunks - done) / done / 1000;
    }
}

package dev.resync.cli.progress;

import dev.resync.chunk.StageProgress;
import dev.resync.pace.RunPace;

/**
 * What keeps a step from full speed.
 *
 * @param asked what people asked for; never null
 * @param slowedTo share of full speed to which the database's latency has slowed a chunk, from 0.1 to 1; null for none
 * @param latencyMillis that latency, in milliseconds; null where nobody measures it
 * @param latencyLimitMillis latency up to which nothing is slowed, in milliseconds; null for no limit
 */
record StepPace(RunPace asked, Double slowedTo, Long latencyMillis, Long latencyLimitMillis) {

    /** Nothing does. */
    static final StepPace FREE = new StepPace(RunPace.FREE, null, null, null);

    private static final int PERCENT = 100;

    /**
     * Returns the pace of a step.
     *
     * @param stage how far its chunks are; null where it has none
     */
    static StepPace of(RunPace asked, StageProgress stage, Long latencyLimitMillis) {
        return stage == null
                ? new StepPace(asked, null, null, latencyLimitMillis)
                : new StepPace(asked, stage.slowedTo(), stage.latencyMillis(), latencyLimitMillis);
    }

    /** Returns it as the end of a line; empty where nothing keeps the step from full speed. */
    String text() {
        return (asked.isFree() ? "" : ", " + asked)
                + (slowedTo == null
                        ? ""
                        : ", " + slowedText() + " (database latency " + latencyMillis + " ms, limit "
                                + latencyLimitMillis + " ms)");
    }

    /** Returns how far it is slowed, such as {@code slowed to 40%}; empty where it is not. */
    String slowedText() {
        return slowedTo == null ? "" : "slowed to " + Math.round(slowedTo * PERCENT) + "%";
    }
}

package dev.resync.status;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Locale;

/**
 * How far one stage of a run is.
 *
 * @param stage name of its function, such as {@code sync-chunk}
 * @param state where it stands
 * @param chunks chunks planned; 0 where the stage has none or they are not planned yet
 * @param done chunks finished and proven, 0 to {@code chunks}
 * @param documents documents handled so far, 0 or more
 * @param startedAt when its first part began; null before
 * @param seconds how long it has taken, or took; null before it began
 * @param documentsPerSecond documents by that time; null before it began, or where it counts none
 * @param usualSeconds what it took in earlier runs of the plan, their median; null where there are none
 * @param remainingSeconds what is left of it, by its own pace or else by earlier runs; null where neither says, 0 when done
 */
public record StageStatus(
        String stage,
        State state,
        int chunks,
        int done,
        long documents,
        Instant startedAt,
        Double seconds,
        Double documentsPerSecond,
        Double usualSeconds,
        Double remainingSeconds) {

    /** Where a stage stands. */
    public enum State {
        WAITING,
        WORKING,
        DONE;

        /** Returns the state as it stands in JSON. */
        @JsonValue
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}

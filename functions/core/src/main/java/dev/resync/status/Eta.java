package dev.resync.status;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;

/**
 * When a run is expected to end, or to wait for approval.
 *
 * @param at when
 * @param seconds how long that is from now, 0 or more
 * @param from what says so
 */
public record Eta(Instant at, double seconds, From from) {

    /** What an expectation rests on. */
    public enum From {
        /** The pace of the stage at work, which is the last one. */
        THIS_RUN("this run"),
        /** What the stages took in earlier runs of the plan. */
        EARLIER_RUNS("earlier runs"),
        /** The pace of the stage at work, and for those after it earlier runs. */
        BOTH("both");

        private final String label;

        From(String label) {
            this.label = label;
        }

        /** Returns the words for it. */
        @JsonValue
        public String label() {
            return label;
        }
    }
}

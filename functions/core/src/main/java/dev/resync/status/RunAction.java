package dev.resync.status;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * Something that a person can do with a run now.
 *
 * @param what the action
 * @param why what it does or shows, in one sentence
 */
public record RunAction(What what, String why) {

    /** All that can be done with runs. */
    public enum What {
        STOP,
        HOLD,
        CONTINUE,
        THROTTLE,
        APPROVE,
        REFUSE,
        /** Has the failed execution go on where it failed. */
        REDRIVE,
        /** Starts a new execution that goes on from {@code MAP}. */
        RESUME,
        /** Starts the real run that a dry run allows. */
        CONFIRM,
        /** Brings back what was live before. */
        RESTORE,
        RECEIPT,
        QUARANTINE,
        DIFF;

        /** Returns the action as it stands in JSON and in paths. */
        @JsonValue
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}

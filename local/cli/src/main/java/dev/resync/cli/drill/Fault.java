package dev.resync.cli.drill;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A fault, planned.
 *
 * @param kind what happens
 * @param phase in which part of a drill
 * @param on which of what the kind counts may be struck, by its name: a regular expression for a function's name, or for
 *     {@code command namespace}, with the destination's of a rename; all where null
 * @param at strikes the so-manieth of them, 1 or more
 * @param variant chooses between forms of the same kind, 0 or more; each kind says how many it has
 * @param after what is done once the execution has failed
 * @param absent name of the view that does not exist before the round; null where both do
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Fault(
        @JsonProperty(required = true) FaultKind kind,
        @JsonProperty(required = true) Phase phase,
        String on,
        @JsonProperty(required = true) int at,
        int variant,
        @JsonProperty(required = true) AfterFailure after,
        String absent) {

    /** Returns whether it may strike a part of a drill, {@code EXECUTE} or {@code RESTORE}. */
    boolean strikes(Phase part) {
        return part == (phase == Phase.WAY_BACK ? Phase.EXECUTE : phase);
    }

    /** Part of a drill. */
    public enum Phase {
        /** The real run. */
        EXECUTE,
        /** The closing of a real run that is stopped between its two renames of live, and its way back. */
        WAY_BACK,
        /** The restore of the snapshot that the real run took, or of the dry run's where that one took none. */
        RESTORE
    }

    /** What an operator does with a failed execution. */
    public enum AfterFailure {
        /** Nothing: its time to resume passes. */
        WAIT,
        /** It is redriven. */
        REDRIVE,
        /** It is resumed from MAP, or redriven where it failed before that is possible. */
        RESUME,
        /** It is stopped. */
        STOP
    }
}

package dev.resync.run;

/**
 * Whether all bundles of a run were told of.
 *
 * @param complete whether they were
 * @param why why not; null where they were
 */
public record QuarantineCompleteness(boolean complete, String why) {

    /**
     * Judges a reading.
     *
     * @param before the run before its bundles were read
     * @param after the run after that
     * @param tally what was counted
     */
    public static QuarantineCompleteness of(Run before, Run after, QuarantineTally tally) {
        if (Quarantine.placeOf(before) != Quarantine.placeOf(after) || before.epoch() != after.epoch()) {
            return new QuarantineCompleteness(false, "the run went on meanwhile; ask again");
        }
        return switch (Quarantine.placeOf(after)) {
            case OPEN -> new QuarantineCompleteness(false, "mapping is not sealed; there may be more to come");
            case SEALED -> new QuarantineCompleteness(true, null);
            case ARCHIVE ->
                tally.read() < Quarantine.MAX_KEPT
                        ? new QuarantineCompleteness(true, null)
                        : new QuarantineCompleteness(
                                false,
                                "of a closed run only " + Quarantine.MAX_KEPT
                                        + " bundles are kept; its receipt counts all");
        };
    }
}

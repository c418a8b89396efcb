package dev.resync.cli.demo;

import java.util.Map;

/**
 * What a run over the generated data has to report, counted over every doctor.
 *
 * @param documents documents per collection, sources and live views
 * @param sources the account of each source collection
 * @param live per target, what a run changes
 * @param bundles doctors with a driving row, quarantined ones included
 * @param quarantined doctors that the plan puts into quarantine
 * @param edgeCases doctors that show each case, all constants present; a doctor may show several
 */
public record Expectations(
        Map<RevalidationCollection, Long> documents,
        Map<RevalidationCollection, SourceAccount> sources,
        Map<RevalidationCollection, LiveDifference> live,
        long bundles,
        long quarantined,
        Map<EdgeCase, Long> edgeCases) {

    /** Returns how many documents each target has after a run. */
    public long mapped() {
        return bundles - quarantined;
    }

    /**
     * Where the documents of one source end up; each counts once, under the first that fits. The sum of all but
     * {@code read} is {@code read}.
     *
     * @param read all documents
     * @param oddKeys those without a proper GMC number, by kind; which of them a plan calls excluded and which without key is
     *     the plan's own choice
     * @param failedResponses connection logs whose response code is no success
     * @param unmatched those with a GMC number that no driving row has
     * @param quarantined those of quarantined doctors
     * @param superseded those that a later one of the same doctor replaces
     * @param used all others
     */
    public record SourceAccount(
            long read,
            Map<OddKey, Long> oddKeys,
            long failedResponses,
            long unmatched,
            long quarantined,
            long superseded,
            long used) {

        /** Returns how many documents have an odd key of any kind. */
        public long odd() {
            return oddKeys.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /**
     * How the older live view differs from what the sources yield now. A quarantined doctor's document counts as removed.
     *
     * @param added documents that live does not have yet
     * @param removed documents that only live has
     * @param changed documents in both that differ
     * @param unchanged documents in both with the same fields and values
     */
    public record LiveDifference(long added, long removed, long changed, long unchanged) {}
}

package dev.resync.verify;

import dev.resync.error.RequestInvalid;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a run would change, or has changed, in live.
 *
 * @param runId id of the run
 * @param epoch epoch whose shadows it speaks of
 * @param at when live and shadows were compared
 * @param targets differences of each target, in the order of the plan
 * @param unmappedFields fields of source documents that the plan names nowhere, by source
 */
public record DifferenceReport(
        String runId,
        long epoch,
        Instant at,
        List<TargetDifferences> targets,
        Map<String, List<String>> unmappedFields) {

    public DifferenceReport {
        targets = List.copyOf(targets);
        unmappedFields = unmappedFields == null ? Map.of() : unmappedFields;
    }

    /**
     * Returns the part that somebody asks for.
     *
     * @param target name of a target; null for all
     * @param field path of a field, for it and those below it, such as {@code cities} or {@code cities[].lat}; null for all
     * @throws RequestInvalid where the run has no such target
     */
    public DifferenceReport only(String target, String field) {
        List<TargetDifferences> chosen = targets.stream()
                .filter(each -> target == null || target.equals(each.target()))
                .map(each -> each.only(field))
                .toList();
        if (chosen.isEmpty()) {
            List<String> known = targets.stream().map(TargetDifferences::target).toList();
            throw new RequestInvalid(
                    "target is " + target + "; expected one of " + String.join(", ", known) + ", which the run has.");
        }
        return new DifferenceReport(runId, epoch, at, chosen, unmappedFields);
    }
}

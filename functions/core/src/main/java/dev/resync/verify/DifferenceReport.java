package dev.resync.verify;

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
}

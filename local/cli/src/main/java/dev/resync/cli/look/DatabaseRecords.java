package dev.resync.cli.look;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.cli.control.Outcome;
import dev.resync.cli.control.RunRecords;
import dev.resync.error.RequestInvalid;
import dev.resync.retention.ListedSnapshot;
import dev.resync.run.QuarantineCompleteness;
import dev.resync.run.QuarantineEntry.Problem;
import dev.resync.run.QuarantineTally;
import dev.resync.run.Run;
import dev.resync.run.RunSummary;
import dev.resync.verify.DifferenceReport;
import dev.resync.verify.DifferenceStore;
import java.util.List;
import java.util.stream.Stream;

/** What a database has on record. Holds no more than one quarantined bundle at a time. */
final class DatabaseRecords implements RunRecords {

    private final ControlData data;

    /** @param data closed with this */
    DatabaseRecords(ControlData data) {
        this.data = data;
    }

    @Override
    public List<RunSummary> runs(int limit) {
        return data.runs().all().stream().limit(limit).map(RunSummary::of).toList();
    }

    @Override
    public Outcome run(String runId) {
        return Outcome.of(data.runs().require(runId));
    }

    @Override
    public JsonNode status(String runId) {
        return data.status(runId);
    }

    @Override
    public List<ListedSnapshot> snapshots() {
        return Stream.concat(
                        data.standings().stream().map(ListedSnapshot::of),
                        data.snapshots().manifests().unreadable().stream().map(ListedSnapshot::unreadable))
                .toList();
    }

    @Override
    public DifferenceReport differences(String runId, String target, String field) {
        Run run = data.runs().require(runId);
        return data.differences()
                .of(run)
                .orElseThrow(() -> new RequestInvalid("RUN_ID is " + runId + ", " + DifferenceStore.missing(run)))
                .only(target, field);
    }

    @Override
    public QuarantineCounts quarantine(String runId, String reason, String source, int limit, Bundles bundles) {
        Run run = data.runs().require(runId);
        QuarantineTally tally = new QuarantineTally(reason, source);
        data.quarantine().forEach(run, bundle -> {
            List<Problem> problems = tally.count(bundle);
            if (!problems.isEmpty() && tally.bundles() <= limit) {
                bundles.bundle(bundle.key(), problems);
            }
        });
        tally.requireMatch();
        QuarantineCompleteness completeness =
                QuarantineCompleteness.of(run, data.runs().require(runId), tally);
        return new QuarantineCounts(tally.bundles(), tally.counts(), completeness.complete(), completeness.why());
    }

    @Override
    public void close() {
        data.close();
    }
}

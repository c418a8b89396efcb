package dev.resync.cli.look;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.cli.control.Outcome;
import dev.resync.cli.control.RunRecords;
import dev.resync.error.RequestInvalid;
import dev.resync.retention.ListedSnapshot;
import dev.resync.run.Quarantine;
import dev.resync.run.QuarantineEntry.Problem;
import dev.resync.run.Run;
import dev.resync.run.RunSummary;
import dev.resync.verify.DifferenceReport;
import dev.resync.verify.DifferenceStore;
import dev.resync.verify.FieldDifference;
import dev.resync.verify.TargetDifferences;
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
        throw new UnsupportedOperationException("not yet");
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
        DifferenceReport whole = data.differences()
                .of(run)
                .orElseThrow(() -> new RequestInvalid("RUN_ID is " + runId + ", " + why(run)));
        List<TargetDifferences> targets = whole.targets().stream()
                .filter(each -> target == null || target.equals(each.target()))
                .map(each -> chosen(each, field))
                .toList();
        if (targets.isEmpty()) {
            List<String> known =
                    whole.targets().stream().map(TargetDifferences::target).toList();
            throw new RequestInvalid(
                    "--target is " + target + "; expected one of " + String.join(", ", known) + ", which the run has.");
        }
        return new DifferenceReport(whole.runId(), whole.epoch(), whole.at(), targets, whole.unmappedFields());
    }

    private static String why(Run run) {
        if (run.mode().fromSnapshot()) {
            return "a restore, which has no rules to compare by; its receipt counts documents.";
        }
        return run.verdict() == null
                ? "a run that was not verified; expected one that came as far as Verify. Its receipt says where it ended."
                : "a run whose report is gone: reports are kept for " + DifferenceStore.KEPT.toDays()
                        + " days. Start a dry run for a new one.";
    }

    private static TargetDifferences chosen(TargetDifferences all, String field) {
        List<FieldDifference> fields = all.fields().stream()
                .filter(each -> field == null || isIn(each.field(), field))
                .toList();
        return new TargetDifferences(
                all.target(),
                all.addedKeys(),
                all.removedKeys(),
                all.differing(),
                all.onlyForm(),
                all.unexamined(),
                fields,
                all.cutShort());
    }

    private static boolean isIn(String path, String field) {
        return path.equals(field) || path.startsWith(field + ".") || path.startsWith(field + "[]");
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
        String why = incomplete(run, data.runs().require(runId), tally);
        return new QuarantineCounts(tally.bundles(), tally.counts(), why == null, why);
    }

    /**
     * Returns why not all bundles of a run were told of; null where they were.
     *
     * @param before the run before its bundles were read
     * @param after the run after that
     */
    private static String incomplete(Run before, Run after, QuarantineTally tally) {
        if (Quarantine.placeOf(before) != Quarantine.placeOf(after) || before.epoch() != after.epoch()) {
            return "the run went on meanwhile; ask again";
        }
        return switch (Quarantine.placeOf(after)) {
            case OPEN -> "mapping is not sealed; there may be more to come";
            case SEALED -> null;
            case ARCHIVE ->
                tally.read() < Quarantine.MAX_KEPT
                        ? null
                        : "of a closed run only " + Quarantine.MAX_KEPT + " bundles are kept; its receipt counts all";
        };
    }

    @Override
    public void close() {
        data.close();
    }
}

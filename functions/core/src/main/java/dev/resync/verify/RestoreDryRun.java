package dev.resync.verify;

import dev.resync.chunk.ChunkPlanner;
import dev.resync.chunk.KeyRange;
import dev.resync.run.Run;
import dev.resync.run.RunTarget;
import dev.resync.snapshot.Snapshot;
import dev.resync.snapshot.SnapshotStore;
import dev.resync.snapshot.SnapshotTarget;
import dev.resync.stage.StageContext;
import java.util.ArrayList;
import java.util.List;

/** Compares a retained snapshot with live as it is, and proves the snapshot with the same reading. Writes nothing. */
final class RestoreDryRun {

    private final StageContext context;
    private final ChunkPlanner planner;
    private final Comparison comparison;

    /** @param comparison reads and compares */
    RestoreDryRun(StageContext context, Comparison comparison) {
        this.context = context;
        this.planner = new ChunkPlanner(context.store());
        this.comparison = comparison;
    }

    /**
     * What the comparison found.
     *
     * @param gates one for each target: its copy is what was sealed
     * @param targets how live would differ
     */
    record Found(List<GateResult> gates, List<TargetComparison> targets) {}

    /**
     * Compares the targets of a run; a live collection that does not exist counts as empty.
     *
     * @throws dev.resync.error.SnapshotUnknown where the snapshot is gone
     * @throws dev.resync.error.SnapshotDamaged where its manifest, or the copy of a target of the run, is not as it was sealed
     */
    Found compare(Run run) {
        Snapshot snapshot = context.snapshots().requireGenuine(run.restoreFrom());
        List<GateResult> gates = new ArrayList<>();
        List<TargetComparison> targets = new ArrayList<>();
        for (RunTarget target : run.targets()) {
            SnapshotTarget copy = snapshot.target(target.name());
            TargetComparison compared = compare(run, target, copy);
            SnapshotStore.requireContent(snapshot.id(), copy, compared.shadow());
            gates.add(Gates.equalsSnapshot(snapshot.id(), copy, compared.shadow(), copy.isAbsent()));
            targets.add(compared);
        }
        return new Found(gates, targets);
    }

    private TargetComparison compare(Run run, RunTarget target, SnapshotTarget copy) {
        if (copy.isAbsent()) {
            return comparison.allRemoved(target.name(), target.live());
        }
        List<KeyRange> ranges = planner.forComparison(run, target.live(), copy.where());
        return comparison.compare(target.name(), target.live(), copy.where(), null, ranges);
    }
}

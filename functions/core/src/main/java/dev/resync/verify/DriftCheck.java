package dev.resync.verify;

import dev.resync.error.LiveDrifted;
import dev.resync.hash.HashSum;
import dev.resync.run.Run;
import dev.resync.run.RunTarget;
import dev.resync.snapshot.Snapshot;
import dev.resync.stage.StageContext;
import org.bson.RawBsonDocument;

/** Makes sure that live is still what the run's snapshot copied. */
final class DriftCheck {

    private final StageContext context;

    DriftCheck(StageContext context) {
        this.context = context;
    }

    /**
     * Reads live and compares it with the snapshot; not for a roll-back, which must not wait for writers to stop.
     *
     * @throws LiveDrifted where a target differs
     */
    void require(Run run) {
        if (run.rollback()) {
            return;
        }
        Snapshot snapshot = context.snapshots().require(run.snapshot());
        run.targetsToReplace().forEach(target -> require(run, snapshot, target));
    }

    private void require(Run run, Snapshot snapshot, RunTarget target) {
        HashSum sum = new HashSum();
        for (RawBsonDocument document : context.store().scan(target.live())) {
            sum.add(document);
        }
        GateResult drift = Gates.drift(snapshot, target.name(), sum.toContentHash());
        if (!drift.passed()) {
            throw new LiveDrifted("Run " + run.id() + " may not cut over " + target.namespace() + ": " + drift.detail()
                    + ". Stop whatever writes to it, then start a new run; live is unchanged.");
        }
    }
}

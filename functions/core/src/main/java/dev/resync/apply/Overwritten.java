package dev.resync.apply;

import com.mongodb.MongoNamespace;
import dev.resync.drift.Drift;
import dev.resync.hash.HashSum;
import dev.resync.run.CollectionKind;
import dev.resync.run.Run;
import dev.resync.run.RunCollection;
import dev.resync.run.RunTarget;
import dev.resync.snapshot.SnapshotTarget;
import dev.resync.stage.StageContext;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;

/** Documents that others wrote to live while it was changed in place, and that the way back has overwritten. */
public final class Overwritten {

    private static final String NAME = "overwritten";

    private final StageContext context;

    public Overwritten(StageContext context) {
        this.context = context;
    }

    /** Returns where those of a target are kept, as long as the snapshot that the run went back to. */
    public static MongoNamespace collection(Run run, RunTarget target) {
        // One for all epochs: a way back may be begun more than once.
        return RunCollection.of(run, CollectionKind.DRIFT, target).inEpoch(0).sealed(0, NAME);
    }

    /** Puts on record what a roll-back has overwritten in a target, where that is anything. */
    void record(Run run, RunTarget target) {
        MongoNamespace kept = collection(run, target);
        if (!run.rollback()
                || run.drift().containsKey(target.name())
                || !context.store().exists(kept)) {
            return;
        }
        SnapshotTarget copy = context.snapshots().require(run.restoreFrom()).target(target.name());
        long changed = 0;
        long added = 0;
        for (RawBsonDocument document : context.store().scan(kept)) {
            BsonDocument id = new BsonDocument("_id", document.get("_id"));
            if (context.store().raw(copy.where()).find(id).first() == null) {
                added++;
            } else {
                changed++;
            }
        }
        Drift drift = new Drift(
                kept.getFullName(),
                HashSum.of(context.store().scan(kept)),
                copy.content(),
                changed,
                added,
                0,
                List.of(),
                context.clock().instant());
        context.verdicts().recordDrift(run, target.name(), drift);
    }
}

package dev.resync.drift;

import dev.resync.error.LiveDrifted;
import dev.resync.run.Run;
import dev.resync.run.RunTarget;
import dev.resync.snapshot.SnapshotTarget;
import dev.resync.stage.StageContext;
import dev.resync.store.CollectionShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bson.BsonDocument;

/** Looks whether live got an index or other options since the run's snapshot: the rename would take them away. */
final class ShapeDrift {

    private final StageContext context;

    ShapeDrift(StageContext context) {
        this.context = context;
    }

    /**
     * Makes sure that the new view has all that live is beside its documents. An index that live lost meanwhile does no harm.
     *
     * @throws LiveDrifted where live got something
     */
    void requireNone(Run run) {
        for (RunTarget target : run.targetsToReplace()) {
            SnapshotTarget copy = context.snapshots().require(run.snapshot()).target(target.name());
            Optional<CollectionShape> live = context.store().shape(target.live());
            live.ifPresent(now -> requireKnown(run, target, copy.shape(), now));
        }
    }

    private static void requireKnown(Run run, RunTarget target, CollectionShape before, CollectionShape now) {
        List<BsonDocument> added = new ArrayList<>(now.secondaryIndexes());
        added.removeAll(before.secondaryIndexes());
        if (!added.isEmpty()) {
            throw drifted(run, target, "got the indexes " + added);
        }
        if (!now.options().equals(before.options())) {
            throw drifted(run, target, "has the options " + now.options() + ", where it had " + before.options());
        }
    }

    private static LiveDrifted drifted(Run run, RunTarget target, String what) {
        return new LiveDrifted("Run " + run.id() + " may not cut over " + target.namespace() + ": live " + what
                + " since its snapshot, and the new view was made without them. Start a new run; live is unchanged.");
    }
}

package dev.resync.admission;

import com.mongodb.MongoNamespace;
import dev.resync.error.SourceUnsuitable;
import dev.resync.error.TargetUnsuitable;
import dev.resync.plan.Plan;
import dev.resync.plan.SourcePlan;
import dev.resync.store.CollectionShape;
import dev.resync.store.MongoStore;
import java.util.Optional;

/** Checks, from metadata alone, that the collections of a plan can be read and replaced. */
final class Fitness {

    private final MongoStore store;

    Fitness(MongoStore store) {
        this.store = store;
    }

    /**
     * Checks all sources and targets.
     *
     * @throws SourceUnsuitable where a source is missing, a view or a time series, or its key has no index
     * @throws TargetUnsuitable where a target is missing without allowCreate, or cannot be renamed
     */
    void require(Plan plan) {
        plan.sources().forEach(this::requireSource);
        plan.targets().forEach(target -> requireTarget(target.namespace(), target.allowCreate()));
    }

    private void requireSource(SourcePlan source) {
        Optional<CollectionShape> shape = store.shape(source.namespace());
        String name = source.namespace().getFullName();
        if (shape.isEmpty()) {
            if (source.allowEmpty()) {
                return;
            }
            throw new SourceUnsuitable("Source " + source.name() + " reads " + name
                    + ", which does not exist. Check the database and the name, or set allowEmpty.");
        }
        if (!shape.get().type().equals("collection")) {
            // Of a view or a time series collStats has no count, and chunks are cut by it.
            throw new SourceUnsuitable("Source " + source.name() + " reads " + name + ", which is a "
                    + shape.get().type()
                    + " and has neither a count of documents nor indexes that chunks could be cut by. Name the collection"
                    + " that it is made of, or copy it into one.");
        }
        boolean indexed = shape.get().indexStartsWith(source.key().field());
        if (!indexed && !source.allowScan()) {
            throw new SourceUnsuitable("Source " + source.name() + " has no index on its key " + name + "."
                    + source.key().field()
                    + ", so every chunk would scan the whole collection. Create the index, or set"
                    + " allowScan for this source.");
        }
    }

    /** Checks one live collection. */
    void requireTarget(MongoNamespace live, boolean mayBeMissing) {
        Optional<CollectionShape> shape = store.shape(live);
        if (shape.isEmpty()) {
            if (mayBeMissing) {
                return;
            }
            throw new TargetUnsuitable("Target " + live.getFullName()
                    + " does not exist. Check the database and the name, or set allowCreate for a first run.");
        }
        if (!shape.get().type().equals("collection")) {
            throw unsuitable(live, "is a " + shape.get().type());
        }
        if (shape.get().capped()) {
            throw unsuitable(live, "is capped");
        }
        if (store.size(live).sharded()) {
            throw unsuitable(live, "is sharded");
        }
    }

    private static TargetUnsuitable unsuitable(MongoNamespace live, String why) {
        return new TargetUnsuitable("Target " + live.getFullName() + " " + why
                + " and cannot be replaced by a rename. Use an ordinary collection as target.");
    }
}

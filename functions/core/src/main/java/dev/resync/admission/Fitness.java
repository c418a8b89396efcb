package dev.resync.admission;

import com.mongodb.MongoNamespace;
import dev.resync.error.SourceUnsuitable;
import dev.resync.error.TargetUnsuitable;
import dev.resync.plan.Apply;
import dev.resync.plan.Plan;
import dev.resync.plan.SourcePlan;
import dev.resync.store.CollectionShape;
import dev.resync.store.MongoStore;
import java.util.Optional;

/** Checks, from metadata alone, that the collections of a plan can be read, and replaced or written to. */
final class Fitness {

    private final MongoStore store;

    Fitness(MongoStore store) {
        this.store = store;
    }

    /**
     * Checks all sources and targets.
     *
     * @throws SourceUnsuitable where a source is missing, a view or a time series, or its key has no index
     * @throws TargetUnsuitable where a target is missing without allowCreate, or cannot be changed as the plan says
     */
    void require(Plan plan) {
        plan.sources().forEach(this::requireSource);
        plan.targets().forEach(target -> requireTarget(target.namespace(), target.allowCreate(), target.apply()));
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

    /** Checks that one live collection can be changed as it is to be. */
    void requireTarget(MongoNamespace live, boolean mayBeMissing, Apply apply) {
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
        if (apply == Apply.IN_PLACE) {
            requireWritable(live, shape.get());
        } else if (store.size(live).sharded()) {
            throw new TargetUnsuitable("Target " + live.getFullName()
                    + " is sharded and cannot be replaced by a rename. Let the plan say apply: in-place for it.");
        }
    }

    private static TargetUnsuitable unsuitable(MongoNamespace live, String why) {
        return new TargetUnsuitable(
                "Target " + live.getFullName() + " " + why
                        + " and can neither be replaced by a rename nor changed in place. Use an ordinary collection as target.");
    }

    /** What would keep documents from being written one by one, or make that unsafe. */
    private static void requireWritable(MongoNamespace live, CollectionShape shape) {
        if (shape.options().containsKey("collation")) {
            // A document that differs in upper and lower case alone would pass for the expected one.
            throw notInPlace(live, "has a collation, by which different documents may compare equal");
        }
        if (!shape.expiringIndexes().isEmpty()) {
            throw notInPlace(live, "has a TTL index, which may remove documents while others are written");
        }
        shape.secondaryIndexes().stream()
                .filter(CollectionShape::isUnique)
                .findFirst()
                .ifPresent(index -> {
                    throw notInPlace(
                            live,
                            "has the unique index " + index.getString("name").getValue()
                                    + ", in which documents that exchange values would collide");
                });
    }

    private static TargetUnsuitable notInPlace(MongoNamespace live, String why) {
        return new TargetUnsuitable("Target " + live.getFullName() + " " + why
                + ", and cannot be changed in place. Let the plan say apply: swap for it, or take that away from it.");
    }
}

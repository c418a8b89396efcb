package dev.resync.bench.contender;

import com.mongodb.MongoNamespace;
import dev.resync.bench.data.BenchPlan;
import dev.resync.bench.data.OutputDiffers;
import dev.resync.bench.data.Sources;
import dev.resync.bench.data.Wanted;
import dev.resync.bench.link.Link;
import dev.resync.hash.ContentHash;
import dev.resync.hash.HashSum;
import dev.resync.plan.Plan;
import dev.resync.plan.TargetPlan;
import dev.resync.store.CollectionShape;
import dev.resync.store.MongoStore;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.bson.BsonValue;

/**
 * What all contenders are given.
 *
 * @param plans the plan to carry out
 * @param keys keys with a driving row: one message each
 * @param wanted what must come of it
 * @param before the live views before, by target
 * @param concurrency chunks, batches or cursors at once
 * @param chunkDocuments documents of each collection in a chunk of a run
 * @param bare way to the server for what is prepared and checked
 */
public record Ground(
        BenchPlan plans,
        List<BsonValue> keys,
        Wanted wanted,
        Map<String, ContentHash> before,
        int concurrency,
        int chunkDocuments,
        Link bare) {

    /** Documents a batch of reads and writes, for everybody. */
    public static final int BATCH = MongoStore.BATCH;

    /** Returns the plan. */
    public Plan plan() {
        return plans.plan();
    }

    /** Returns where a contender builds a target. */
    public MongoNamespace own(TargetPlan target) {
        return new MongoNamespace(Sources.DATABASE, "built." + target.name());
    }

    /** Returns where a contender copies a live view to. */
    public MongoNamespace copy(TargetPlan target) {
        return new MongoNamespace(Sources.DATABASE, "copy." + target.name());
    }

    /** Makes collections anew, empty, with the options of the live views and, where wanted, with their indexes. */
    public void clean(Function<TargetPlan, MongoNamespace> where, boolean indexes) {
        MongoStore store = bare.store();
        for (TargetPlan target : plan().targets()) {
            CollectionShape live = store.shape(target.namespace()).orElseThrow();
            MongoNamespace namespace = where.apply(target);
            store.drop(namespace);
            store.create(namespace, live.options());
            if (indexes) {
                store.createIndexes(namespace, live.lastingIndexes());
            }
        }
    }

    /**
     * Checks documents by hash.
     *
     * @param who row that is checked
     * @throws OutputDiffers where they are others
     */
    public void require(String who, Function<TargetPlan, MongoNamespace> where, Map<String, ContentHash> hashes) {
        Map<String, ContentHash> found = hashes(bare.store(), plan(), where);
        if (!found.equals(hashes)) {
            throw new OutputDiffers(who, hashes, found);
        }
    }

    /** Returns count and hash of one collection for each target. */
    public static Map<String, ContentHash> hashes(
            MongoStore store, Plan plan, Function<TargetPlan, MongoNamespace> where) {
        Map<String, ContentHash> hashes = new TreeMap<>();
        plan.targets().forEach(target -> hashes.put(target.name(), HashSum.of(store.scan(where.apply(target)))));
        return hashes;
    }

    /** Drops what runs have left: control data, shadows. */
    public void dropRuns() {
        MongoStore store = bare.store();
        bare.client().getDatabase(MongoStore.CONTROL_DATABASE).drop();
        plan().targets().stream()
                .map(target -> target.namespace().getDatabaseName())
                .distinct()
                .forEach(database -> store.collectionNames(database, "resync.")
                        .forEach(name -> store.drop(new MongoNamespace(database, name))));
    }
}

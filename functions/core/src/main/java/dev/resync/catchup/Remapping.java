package dev.resync.catchup;

import com.mongodb.MongoNamespace;
import dev.resync.chunk.ChunkStage;
import dev.resync.chunk.DocumentKey;
import dev.resync.mapping.BundleMapper;
import dev.resync.pace.RunWatch;
import dev.resync.plan.Plan;
import dev.resync.run.CollectionKind;
import dev.resync.run.Nonce;
import dev.resync.run.Run;
import dev.resync.run.RunCollection;
import dev.resync.run.RunTarget;
import dev.resync.run.Sealed;
import dev.resync.seal.RemadeCollection;
import dev.resync.shadow.MappedBundles;
import dev.resync.shadow.MappedTotals;
import dev.resync.shadow.PreservedFields;
import dev.resync.stage.StageContext;
import dev.resync.store.BulkWriter;
import dev.resync.sync.StagedBundle;
import dev.resync.verify.Accounts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;

/** Makes the shadows and the quarantine of a run anew, with the bundles that changes of the sources touch. For one use. */
final class Remapping {

    private static final String KEY = "key";

    /** Bundles that are held in memory at once. */
    private static final int BATCH = 500;

    private final StageContext context;
    private final Plan plan;
    private final Run run;
    private final Changes changes;
    private final RunWatch watch;
    private final MappedBundles before;
    private final MappedBundles after;
    private final Map<String, Remade> remade = new TreeMap<>();
    private final Map<String, RemadeCollection> shadows = new TreeMap<>();
    private final Remade quarantine;

    private record Remade(Sealed base, RemadeCollection collection) {}

    /** @param watch asked between documents */
    Remapping(StageContext context, Plan plan, Run run, Changes changes, RunWatch watch) {
        this.context = context;
        this.plan = plan;
        this.run = run;
        this.changes = changes;
        this.watch = watch;
        BundleMapper mapper = new BundleMapper(plan, run.startedAt());
        for (RunTarget target : run.targets()) {
            RunCollection shadow = RunCollection.of(run, CollectionKind.SHADOW, target);
            remade.put(shadow.key(), remade(shadow));
            shadows.put(target.name(), remade.get(shadow.key()).collection());
        }
        RunCollection quarantined = RunCollection.of(run, CollectionKind.QUARANTINE);
        this.quarantine = remade(quarantined);
        remade.put(quarantined.key(), quarantine);
        this.before = new MappedBundles(run.id(), mapper, MappedBundles.Output.none());
        this.after = new MappedBundles(run.id(), mapper, new Output());
    }

    private Remade remade(RunCollection collection) {
        String nonce = Nonce.of(context.random(), 1);
        MongoNamespace to = collection.sealed(run.openGeneration(ChunkStage.MAP), nonce);
        Sealed base = run.sealedAs(collection);
        return new Remade(base, new RemadeCollection(context.store(), base, to, new BulkWriter(context.store(), to)));
    }

    private final class Output implements MappedBundles.Output {

        @Override
        public void mapped(String target, RawBsonDocument document) {
            shadows.get(target).write(document);
        }

        @Override
        public void quarantined(RawBsonDocument bundle) {
            quarantine.collection().write(bundle);
        }
    }

    /** Returns the new collections by key, proven. */
    Map<String, Sealed> remake() {
        remade.values().forEach(this::copyUntouched);
        List<BsonValue> keys = new ArrayList<>(changes.keys());
        for (int from = 0; from < keys.size(); from += BATCH) {
            map(keys.subList(from, Math.min(keys.size(), from + BATCH)));
        }
        Map<String, Sealed> sealed = new TreeMap<>();
        remade.forEach((key, made) -> sealed.put(key, made.collection().prove()));
        return sealed;
    }

    private void copyUntouched(Remade made) {
        made.collection().create();
        for (RawBsonDocument document :
                watch.over(context.store().scan(made.base().where()))) {
            made.collection().read(document);
            if (!changes.touches(document.get("_id"))) {
                made.collection().write(document);
            }
        }
    }

    private void map(List<BsonValue> keys) {
        PreservedFields preserved = PreservedFields.of(context, run, plan, keys);
        Map<BsonValue, BsonValue> unstaged = new LinkedHashMap<>();
        keys.forEach(key -> unstaged.put(DocumentKey.of(key), key));
        BsonDocument filter = new BsonDocument(KEY, new BsonDocument("$in", new BsonArray(keys)));
        MongoNamespace staging =
                run.sealedAs(RunCollection.of(run, CollectionKind.STAGING)).where();
        StagedBundle.forEach(
                context.store().findSorted(staging, filter, new BsonDocument(KEY, new BsonInt32(1))), bundle -> {
                    unstaged.remove(DocumentKey.of(bundle.key()));
                    map(bundle, preserved);
                });
        unstaged.values().forEach(key -> map(StagedBundle.empty(key), preserved));
    }

    private void map(StagedBundle staged, PreservedFields preserved) {
        Map<String, BsonDocument> live = preserved.of(staged.key());
        before.map(staged, live);
        after.map(changes.renew(staged), live);
    }

    /** Returns what came of the touched bundles before. */
    MappedTotals before() {
        return before.totals();
    }

    /** Returns what comes of the touched bundles now, and of the changed documents before that. */
    MappedTotals after() {
        MappedTotals mapped = after.totals();
        return new MappedTotals(
                mapped.bundles(),
                Accounts.with(mapped.sources(), Map.of(), changes.accounts()),
                mapped.ruleHits(),
                mapped.unmappedFields());
    }
}

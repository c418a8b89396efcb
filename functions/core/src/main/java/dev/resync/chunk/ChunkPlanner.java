package dev.resync.chunk;

import com.mongodb.MongoNamespace;
import dev.resync.mapping.Classified;
import dev.resync.mapping.SourceClassifier;
import dev.resync.plan.Plan;
import dev.resync.plan.SourcePlan;
import dev.resync.run.Run;
import dev.resync.run.RunTarget;
import dev.resync.store.CollectionSize;
import dev.resync.store.ControlJson;
import dev.resync.store.MongoStore;
import dev.resync.sync.SourceKeys;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/** Decides where to cut the key spaces of a run, from samples. */
public final class ChunkPlanner {

    /** A distributed map takes at most 10,000 items (AWS Step Functions quotas); the rest is room for complements. */
    public static final int MAX_RANGES = 9_900;

    /** Keys of one collection that are read at most to decide where to cut. */
    public static final int MAX_KEYS = KeySampler.READ_WHOLE;

    /** Bytes a chunk of a restore is meant to hold, 16 MiB as for plans. */
    private static final int RESTORE_CHUNK_BYTES = 16 * 1024 * 1024;

    private final MongoStore store;
    private final KeySampler sampler;

    public ChunkPlanner(MongoStore store) {
        this.store = store;
        this.sampler = new KeySampler(store);
    }

    /** Returns covers for snapshot, sync and mapping. */
    public ChunkPlan forRun(Run run, Plan plan) {
        ChunkSize size = new ChunkSize(run.chunkDocuments(), plan.chunkBytes(), MAX_RANGES);
        List<ChunkPlan.Cover> covers = new ArrayList<>(snapshotCovers(run, size));
        Map<KeyFamily, List<KeySample>> raw = new EnumMap<>(KeyFamily.class);
        List<KeySample> transformed = new ArrayList<>();
        Map<String, Long> counted = new TreeMap<>();
        int most = Math.max(1, KeySampler.MAX_SAMPLES / plan.sources().size());
        for (int i = 0; i < plan.sources().size(); i++) {
            SourcePlan source = plan.sources().get(i);
            CollectionSize collection = store.size(source.namespace());
            counted.put(source.name(), collection.documents());
            sampleSource(plan, i, collection, most, raw, transformed);
        }
        raw.forEach(
                (family, samples) -> covers.add(cover(ChunkStage.SYNC, 0, family, samples, size.sharedBy(raw.size()))));
        KeyFamily family = SourceKeys.familyOf(plan.keyType());
        covers.add(cover(ChunkStage.MAP, 0, family, transformed, size));
        return new ChunkPlan(ChunkPlan.id(run.id(), run.epoch()), covers, counted);
    }

    /** Returns covers for the snapshot that a restore takes first, and for what it brings back. */
    public ChunkPlan forRestore(Run run, Map<RunTarget, MongoNamespace> copies) {
        ChunkSize size = restoreSize(run);
        List<ChunkPlan.Cover> covers = new ArrayList<>(snapshotCovers(run, size));
        copies.forEach((target, copy) ->
                covers.add(idCover(ChunkStage.RESTORE, target.index(), copy, size.sharedBy(copies.size()))));
        return new ChunkPlan(ChunkPlan.id(run.id(), run.epoch()), covers, Map.of());
    }

    /** Returns covers for what is written to live in place, cut where the new view and live have their documents. */
    public ChunkPlan forApply(Run run, Map<RunTarget, MongoNamespace> shadows) {
        ChunkSize size = restoreSize(run).sharedBy(shadows.size());
        List<ChunkPlan.Cover> covers = new ArrayList<>();
        shadows.forEach((target, shadow) ->
                covers.add(idCover(ChunkStage.APPLY, target.index(), List.of(shadow, target.live()), size)));
        return new ChunkPlan(ChunkPlan.applyId(run.id(), run.epoch()), covers, Map.of());
    }

    /**
     * Returns ranges that cover the ids of two collections, cut where the larger one has its documents; nothing is recorded.
     * A collection that does not exist counts as empty.
     */
    public List<KeyRange> forComparison(Run run, MongoNamespace one, MongoNamespace other) {
        MongoNamespace larger = Stream.of(one, other)
                .max(Comparator.comparingLong(
                        collection -> store.size(collection).documents()))
                .orElseThrow();
        return idCover(ChunkStage.RESTORE, 0, larger, restoreSize(run)).ranges();
    }

    private static ChunkSize restoreSize(Run run) {
        return new ChunkSize(run.chunkDocuments(), RESTORE_CHUNK_BYTES, MAX_RANGES);
    }

    private List<ChunkPlan.Cover> snapshotCovers(Run run, ChunkSize size) {
        ChunkSize each = size.sharedBy(run.targetsToReplace().size());
        List<ChunkPlan.Cover> covers = new ArrayList<>();
        for (RunTarget target : run.targetsToReplace()) {
            if (store.exists(target.live())) {
                covers.add(idCover(ChunkStage.SNAPSHOT, target.index(), target.live(), each));
            }
        }
        return covers;
    }

    private void sampleSource(
            Plan plan,
            int number,
            CollectionSize size,
            int most,
            Map<KeyFamily, List<KeySample>> raw,
            List<KeySample> transformed) {
        SourcePlan source = plan.sources().get(number);
        String field = source.key().field();
        KeyFamily family = SourceKeys.familyOf(source);
        List<KeySample> ofFamily = raw.computeIfAbsent(family, any -> new ArrayList<>());
        List<BsonValue> keys = sampler.sample(source.namespace(), field, size, most);
        SourceClassifier classifier = new SourceClassifier(source, plan.keyType());
        for (BsonValue key : keys) {
            double documents = (double) size.documents() / keys.size();
            if (family.holds(key)) {
                ofFamily.add(new KeySample(key, number, documents, documents * size.averageBytes()));
                if (classifier.classify(documentWith(field, key)) instanceof Classified.Keyed keyed) {
                    transformed.add(new KeySample(keyed.key(), number, documents, documents * size.averageBytes()));
                }
            }
        }
    }

    private ChunkPlan.Cover idCover(ChunkStage stage, int target, MongoNamespace collection, ChunkSize chunkSize) {
        return idCover(stage, target, List.of(collection), chunkSize);
    }

    /** Cuts where several collections have their documents; each counts for itself. */
    private ChunkPlan.Cover idCover(
            ChunkStage stage, int target, List<MongoNamespace> collections, ChunkSize chunkSize) {
        List<KeySample> all = new ArrayList<>();
        for (int i = 0; i < collections.size(); i++) {
            MongoNamespace collection = collections.get(i);
            CollectionSize size = store.size(collection);
            List<BsonValue> ids = sampler.sample(collection, "_id", size, KeySampler.MAX_SAMPLES / collections.size());
            double documents = (double) size.documents() / ids.size();
            for (BsonValue id : ids) {
                all.add(new KeySample(id, i, documents, documents * size.averageBytes()));
            }
        }
        KeyFamily family = mostFrequent(all.stream().map(KeySample::key).toList());
        List<KeySample> samples =
                all.stream().filter(sample -> family.holds(sample.key())).toList();
        return cover(stage, target, family, samples, chunkSize);
    }

    private static ChunkPlan.Cover cover(
            ChunkStage stage, int target, KeyFamily family, List<KeySample> samples, ChunkSize size) {
        List<BsonValue> cuts = Boundaries.cut(family, samples, size.documents(), size.bytes(), size.ranges());
        return new ChunkPlan.Cover(
                stage, target, family, cuts.stream().map(ControlJson::encode).toList());
    }

    private static KeyFamily mostFrequent(List<BsonValue> keys) {
        return Stream.of(KeyFamily.values())
                .max(Comparator.comparingLong(
                        family -> keys.stream().filter(family::holds).count()))
                .orElseThrow();
    }

    /** A document that has nothing but its key, nested as the dotted path says. */
    private static BsonDocument documentWith(String path, BsonValue key) {
        List<String> innermostFirst = new ArrayList<>(List.of(path.split("\\.")));
        Collections.reverse(innermostFirst);
        BsonValue value = key;
        for (String step : innermostFirst) {
            value = new BsonDocument(step, value);
        }
        return value.asDocument();
    }
}

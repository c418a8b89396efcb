package dev.resync.sync;

import com.mongodb.MongoNamespace;
import dev.resync.chunk.Chunk;
import dev.resync.chunk.ChunkResult;
import dev.resync.chunk.ChunkStage;
import dev.resync.chunk.KeyRange;
import dev.resync.chunk.SourceAccount;
import dev.resync.hash.HashSum;
import dev.resync.mapping.SourceClassifier;
import dev.resync.pace.Pace;
import dev.resync.plan.Plan;
import dev.resync.plan.SourcePlan;
import dev.resync.run.CollectionKind;
import dev.resync.run.Run;
import dev.resync.run.RunCollection;
import dev.resync.stage.ChunkAnswer;
import dev.resync.stage.ChunkInput;
import dev.resync.stage.ChunkWork;
import dev.resync.stage.Deadline;
import dev.resync.stage.RunPlans;
import dev.resync.stage.StageContext;
import dev.resync.stage.TimedStage;
import dev.resync.store.BulkWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;

/** Reads one range of raw keys from every source, once each, and stages the documents under their transformed keys. */
public final class SyncChunk implements TimedStage<ChunkInput, ChunkAnswer> {

    /** Each document is gone over twice: to read it, and to stage it. */
    private static final double EACH_TIME = 0.5;

    private final StageContext context;
    private final ChunkWork chunkWork;
    private final RunPlans plans;

    public SyncChunk(StageContext context) {
        this.context = context;
        this.chunkWork = new ChunkWork(context, ChunkStage.SYNC);
        this.plans = new RunPlans(context);
    }

    @Override
    public String name() {
        return ChunkStage.SYNC.function();
    }

    @Override
    public Class<ChunkInput> input() {
        return ChunkInput.class;
    }

    @Override
    public ChunkAnswer run(ChunkInput input, Deadline deadline) {
        return chunkWork.run(input, deadline, this::stage);
    }

    private ChunkResult stage(Run run, Chunk chunk, Pace pace) {
        Plan plan = plans.of(run);
        Map<BsonValue, Map<String, List<RawBsonDocument>>> byKey = new LinkedHashMap<>();
        Map<String, SourceAccount> accounts = new TreeMap<>();
        Map<String, Instant> newest = new TreeMap<>();
        for (SourcePlan source : plan.sources()) {
            if (SourceKeys.familyOf(source) == chunk.keys().family()) {
                SourceTally tally = new SourceTally(source, plan.timeZone(), run.startedAt());
                read(source, new SourceClassifier(source, plan.keyType()), chunk.keys(), tally, byKey, pace);
                accounts.put(source.name(), tally.toAccount());
                tally.newest().ifPresent(at -> newest.put(source.name(), at));
            }
        }
        RunCollection staging = RunCollection.of(run, CollectionKind.STAGING);
        MongoNamespace open = staging.open(run.openGeneration(ChunkStage.SYNC));
        long read = accounts.values().stream().mapToLong(SourceAccount::read).sum();
        HashSum written = write(open, chunk, byKey, read * EACH_TIME, pace);
        return new ChunkResult(read, Map.of(staging.key(), written.toContentHash()), accounts, newest, List.of());
    }

    private void read(
            SourcePlan source,
            SourceClassifier classifier,
            KeyRange range,
            SourceTally tally,
            Map<BsonValue, Map<String, List<RawBsonDocument>>> byKey,
            Pace pace) {
        String field = source.key().field();
        for (RawBsonDocument document :
                pace.over(context.store().find(source.namespace(), range.filter(field)), EACH_TIME)) {
            BsonValue rawKey = classifier.rawKey(document);
            if (range.contains(rawKey)) {
                BsonValue key = tally.count(document, classifier.classify(document, rawKey));
                if (key != null) {
                    byKey.computeIfAbsent(key, any -> new LinkedHashMap<>())
                            .computeIfAbsent(source.name(), any -> new ArrayList<>(1))
                            .add(document);
                }
            }
        }
    }

    private HashSum write(
            MongoNamespace open,
            Chunk chunk,
            Map<BsonValue, Map<String, List<RawBsonDocument>>> byKey,
            double counted,
            Pace pace) {
        // What was read and is not staged counts with the rest.
        double each = counted / Math.max(1, byKey.size());
        HashSum written = new HashSum();
        BsonArray ids = new BsonArray();
        try (BulkWriter writer = new BulkWriter(context.store(), open)) {
            byKey.forEach((key, documents) -> {
                Fragment.of(key, chunk.index(), documents).forEach(fragment -> {
                    ids.add(fragment.get("_id"));
                    written.add(fragment);
                    writer.write(fragment);
                });
                pace.take(each);
            });
        }
        if (byKey.isEmpty()) {
            pace.take(counted);
        }
        if (chunk.attempts() > 1) {
            dropLeftOver(open, chunk, ids);
        }
        return written;
    }

    /** An earlier attempt may have staged documents that the source no longer has. */
    private void dropLeftOver(MongoNamespace open, Chunk chunk, BsonArray ids) {
        Set<BsonValue> kept = new HashSet<>(ids);
        BsonDocument ofChunk = new BsonDocument("chunk", new BsonInt32(chunk.index()));
        BsonArray leftOver = new BsonArray();
        for (RawBsonDocument fragment :
                context.store().find(open, ofChunk, new BsonDocument("_id", new BsonInt32(1)))) {
            if (!kept.contains(fragment.get("_id"))) {
                leftOver.add(fragment.get("_id"));
            }
        }
        if (!leftOver.isEmpty()) {
            context.store().raw(open).deleteMany(new BsonDocument("_id", new BsonDocument("$in", leftOver)));
        }
    }
}

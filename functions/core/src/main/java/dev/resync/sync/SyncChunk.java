package dev.resync.sync;

import com.mongodb.MongoNamespace;
import dev.resync.chunk.Chunk;
import dev.resync.chunk.ChunkResult;
import dev.resync.chunk.ChunkStage;
import dev.resync.chunk.KeyPath;
import dev.resync.chunk.KeyRange;
import dev.resync.chunk.SourceAccount;
import dev.resync.hash.HashSum;
import dev.resync.mapping.SourceClassifier;
import dev.resync.plan.Plan;
import dev.resync.plan.SourcePlan;
import dev.resync.run.CollectionKind;
import dev.resync.run.Run;
import dev.resync.run.RunCollection;
import dev.resync.stage.ChunkAnswer;
import dev.resync.stage.ChunkInput;
import dev.resync.stage.ChunkWork;
import dev.resync.stage.RunPlans;
import dev.resync.stage.Stage;
import dev.resync.stage.StageContext;
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
public final class SyncChunk implements Stage<ChunkInput, ChunkAnswer> {

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
    public ChunkAnswer run(ChunkInput input) {
        return chunkWork.run(input, this::stage);
    }

    private ChunkResult stage(Run run, Chunk chunk) {
        Plan plan = plans.of(run);
        Map<BsonValue, Map<String, List<RawBsonDocument>>> byKey = new LinkedHashMap<>();
        Map<String, SourceAccount> accounts = new TreeMap<>();
        Map<String, Instant> newest = new TreeMap<>();
        for (SourcePlan source : plan.sources()) {
            if (SourceKeys.familyOf(source) == chunk.keys().family()) {
                SourceTally tally = new SourceTally(source, plan.timeZone(), run.startedAt());
                read(source, new SourceClassifier(source, plan.keyType()), chunk.keys(), tally, byKey);
                accounts.put(source.name(), tally.toAccount());
                tally.newest().ifPresent(at -> newest.put(source.name(), at));
            }
        }
        RunCollection staging = RunCollection.of(run, CollectionKind.STAGING);
        MongoNamespace open = staging.open(run.openGeneration(ChunkStage.SYNC));
        HashSum written = write(open, chunk, byKey);
        long read = accounts.values().stream().mapToLong(SourceAccount::read).sum();
        return new ChunkResult(read, Map.of(staging.key(), written.toContentHash()), accounts, newest, List.of());
    }

    private void read(
            SourcePlan source,
            SourceClassifier classifier,
            KeyRange range,
            SourceTally tally,
            Map<BsonValue, Map<String, List<RawBsonDocument>>> byKey) {
        String field = source.key().field();
        KeyPath keyPath = new KeyPath(field);
        for (RawBsonDocument document : context.store().find(source.namespace(), range.filter(field))) {
            if (range.contains(keyPath.read(document))) {
                BsonValue key = tally.count(document, classifier.classify(document));
                if (key != null) {
                    byKey.computeIfAbsent(key, any -> new LinkedHashMap<>())
                            .computeIfAbsent(source.name(), any -> new ArrayList<>(1))
                            .add(document);
                }
            }
        }
    }

    private HashSum write(MongoNamespace open, Chunk chunk, Map<BsonValue, Map<String, List<RawBsonDocument>>> byKey) {
        HashSum written = new HashSum();
        BsonArray ids = new BsonArray();
        try (BulkWriter writer = new BulkWriter(context.store(), open)) {
            byKey.forEach((key, documents) -> Fragment.of(key, chunk.index(), documents)
                    .forEach(fragment -> {
                        ids.add(fragment.get("_id"));
                        written.add(fragment);
                        writer.write(fragment);
                    }));
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
                context.store().find(open, ofChunk).projection(new BsonDocument("_id", new BsonInt32(1)))) {
            if (!kept.contains(fragment.get("_id"))) {
                leftOver.add(fragment.get("_id"));
            }
        }
        if (!leftOver.isEmpty()) {
            context.store().raw(open).deleteMany(new BsonDocument("_id", new BsonDocument("$in", leftOver)));
        }
    }
}

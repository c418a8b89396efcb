package dev.resync.chunk;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.WriteModel;
import dev.resync.error.ChunkChanged;
import dev.resync.error.ChunksIncomplete;
import dev.resync.error.RunClosed;
import dev.resync.store.ControlJson;
import dev.resync.store.MongoStore;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonString;

/** The {@code chunks} collection: what each chunk covers, and its own word that it is done. */
public final class ChunkStore {

    private static final int BATCH = 1000;

    private final MongoCollection<BsonDocument> chunks;
    private final Clock clock;

    public ChunkStore(MongoStore store, Clock clock) {
        this.chunks = store.control("chunks");
        this.clock = clock;
    }

    /** Creates the index that the store relies on; does nothing where it exists. */
    public void prepare() {
        chunks.createIndex(new BsonDocument("run", new BsonInt32(1))
                .append("epoch", new BsonInt32(1))
                .append("stage", new BsonInt32(1))
                .append("done", new BsonInt32(1))
                .append("attempts", new BsonInt32(1)));
    }

    /** Records chunks; those recorded already stay as they are. */
    public void plan(List<Chunk> planned) {
        for (int from = 0; from < planned.size(); from += BATCH) {
            List<WriteModel<BsonDocument>> writes = new ArrayList<>();
            for (Chunk chunk : planned.subList(from, Math.min(planned.size(), from + BATCH))) {
                BsonDocument document = ControlJson.toBson(chunk);
                BsonDocument id = new BsonDocument("_id", document.remove("_id"));
                writes.add(new UpdateOneModel<>(
                        id, new BsonDocument("$setOnInsert", document), new UpdateOptions().upsert(true)));
            }
            chunks.bulkWrite(writes, new BulkWriteOptions().ordered(false));
        }
    }

    /**
     * Begins a chunk, or finds it done.
     *
     * @throws RunClosed where the chunk is fenced off or was never planned
     */
    public Chunk begin(String run, long epoch, ChunkStage stage, int index) {
        String id = Chunk.id(run, epoch, stage, index);
        BsonDocument begun = chunks.findOneAndUpdate(
                fenced(id, epoch),
                new BsonDocument("$inc", new BsonDocument("attempts", new BsonInt32(1)))
                        .append("$min", new BsonDocument("startedAt", ControlJson.toBsonValue(clock.instant())))
                        .append("$unset", progress()),
                new FindOneAndUpdateOptions().returnDocument(ReturnDocument.AFTER));
        if (begun != null) {
            return ControlJson.fromBson(begun, Chunk.class);
        }
        BsonDocument found = chunks.find(
                        new BsonDocument("_id", new BsonString(id)).append("fence", new BsonInt64(epoch)))
                .first();
        if (found == null) {
            throw late(id);
        }
        return ControlJson.fromBson(found, Chunk.class);
    }

    /**
     * Records that a chunk is done. The first to say so wins; who comes second did the same.
     *
     * @throws RunClosed where the chunk was fenced off meanwhile
     * @throws ChunkChanged where a seal sent it back meanwhile
     */
    public void done(Chunk chunk, ChunkResult result) {
        BsonDocument update = new BsonDocument(
                        "$set",
                        new BsonDocument("done", BsonBoolean.TRUE)
                                .append("endedAt", ControlJson.toBsonValue(clock.instant()))
                                .append("result", ControlJson.toBson(result)))
                .append("$unset", progress());
        BsonDocument unchanged =
                fenced(chunk.id(), chunk.fence()).append("generation", new BsonInt32(chunk.generation()));
        if (chunks.updateOne(unchanged, update).getMatchedCount() == 0) {
            BsonDocument found = chunks.find(new BsonDocument("_id", new BsonString(chunk.id()))
                            .append("fence", new BsonInt64(chunk.fence())))
                    .first();
            if (found == null) {
                throw late(chunk.id());
            }
            if (!found.getBoolean("done").getValue()) {
                throw new ChunkChanged("Chunk " + chunk.id() + " was sent back while it was done. It is done again.");
            }
        }
    }

    /** Records how far a chunk is, unless it is done or fenced off. */
    public void report(Chunk chunk, ChunkProgress progress) {
        chunks.updateOne(
                fenced(chunk.id(), chunk.fence()),
                new BsonDocument("$set", new BsonDocument("progress", ControlJson.toBson(progress))));
    }

    /** Records that nobody works on a chunk any more, though it is not done. */
    public void withdraw(Chunk chunk) {
        chunks.updateOne(fenced(chunk.id(), chunk.fence()), new BsonDocument("$unset", progress()));
    }

    /** Returns the chunks of a stage that functions have begun, in no order; those of functions that died may be among them. */
    public List<ChunkAtWork> atWork(String run, long epoch, ChunkStage stage) {
        List<ChunkAtWork> found = new ArrayList<>();
        chunks.find(notDone(run, epoch, stage).append("attempts", new BsonDocument("$gt", new BsonInt32(0))))
                .projection(new BsonDocument("index", new BsonInt32(1)).append("progress", new BsonInt32(1)))
                .forEach(document -> {
                    if (document.containsKey("progress")) {
                        found.add(ControlJson.fromBson(document, ChunkAtWork.class));
                    }
                });
        return found;
    }

    /** Returns how many chunks of a stage are not done. */
    public long open(String run, long epoch, ChunkStage stage) {
        return chunks.countDocuments(notDone(run, epoch, stage));
    }

    private static BsonDocument notDone(String run, long epoch, ChunkStage stage) {
        return ofStage(run, epoch, stage).append("done", BsonBoolean.FALSE);
    }

    /** Sends chunks back to be done again, unless someone else did so since they were read. */
    public void reopen(Collection<Chunk> again) {
        for (Chunk chunk : again) {
            chunks.updateOne(
                    new BsonDocument("_id", new BsonString(chunk.id()))
                            .append("fence", new BsonInt64(chunk.fence()))
                            .append("generation", new BsonInt32(chunk.generation())),
                    new BsonDocument("$set", new BsonDocument("done", BsonBoolean.FALSE))
                            .append("$inc", new BsonDocument("generation", new BsonInt32(1)))
                            .append("$unset", new BsonDocument("result", new BsonString(""))));
        }
    }

    /** Returns the chunks of a stage in the order of their index. */
    public List<Chunk> all(String run, long epoch, ChunkStage stage) {
        List<Chunk> found = new ArrayList<>();
        chunks.find(ofStage(run, epoch, stage))
                .forEach(document -> found.add(ControlJson.fromBson(document, Chunk.class)));
        found.sort(Comparator.comparingInt(Chunk::index));
        return found;
    }

    /** Returns how far the stages of a run's epoch are, in the order of {@link ChunkStage}; those without chunks are left out. */
    public List<StageProgress> progress(String run, long epoch) {
        BsonDocument planned = new BsonDocument("run", new BsonString(run)).append("epoch", new BsonInt64(epoch));
        Map<String, BsonDocument> all = byStage(planned);
        Map<String, BsonDocument> done = byStage(planned.clone().append("done", BsonBoolean.TRUE));
        List<StageProgress> progress = new ArrayList<>();
        for (ChunkStage stage : ChunkStage.values()) {
            if (all.containsKey(stage.name())) {
                BsonDocument finished = done.getOrDefault(stage.name(), new BsonDocument());
                progress.add(new StageProgress(
                        stage,
                        (int) number(all.get(stage.name()), "chunks"),
                        (int) number(finished, "chunks"),
                        number(finished, "documents"),
                        number(finished, "documents") + number(all.get(stage.name()), "atWork"),
                        decimal(all.get(stage.name()), "slowedTo"),
                        whole(all.get(stage.name()), "latencyMillis"),
                        time(all.get(stage.name()), "startedAt")));
            }
        }
        return progress;
    }

    private Map<String, BsonDocument> byStage(BsonDocument filter) {
        BsonDocument group = new BsonDocument("_id", new BsonString("$stage"))
                .append("chunks", new BsonDocument("$sum", new BsonInt32(1)))
                .append("documents", new BsonDocument("$sum", new BsonString("$result.documents")))
                .append("atWork", new BsonDocument("$sum", new BsonString("$progress.documents")))
                .append("slowedTo", new BsonDocument("$min", new BsonString("$progress.slowedTo")))
                .append("latencyMillis", new BsonDocument("$max", new BsonString("$progress.latencyMillis")))
                // As texts, times of one second are in no order, which is near enough.
                .append("startedAt", new BsonDocument("$min", new BsonString("$startedAt")));
        Map<String, BsonDocument> found = new HashMap<>();
        chunks.aggregate(List.of(new BsonDocument("$match", filter), new BsonDocument("$group", group)))
                .forEach(stage -> found.put(stage.getString("_id").getValue(), stage));
        return found;
    }

    private static long number(BsonDocument stage, String field) {
        return stage.isNumber(field) ? stage.getNumber(field).longValue() : 0;
    }

    private static Double decimal(BsonDocument stage, String field) {
        return stage.isNumber(field) ? stage.getNumber(field).doubleValue() : null;
    }

    private static Instant time(BsonDocument stage, String field) {
        return stage.isString(field) ? Instant.parse(stage.getString(field).getValue()) : null;
    }

    private static Long whole(BsonDocument stage, String field) {
        return stage.isNumber(field) ? stage.getNumber(field).longValue() : null;
    }

    /**
     * Returns the chunks of a stage, all of them done.
     *
     * @throws ChunksIncomplete where one is not, or where there are none or gaps
     */
    public List<Chunk> allDone(String run, long epoch, ChunkStage stage) {
        List<Chunk> all = all(run, epoch, stage);
        boolean gapless = !all.isEmpty() && all.get(all.size() - 1).index() == all.size() - 1;
        long open = all.stream().filter(chunk -> !chunk.done()).count();
        if (!gapless || open > 0) {
            throw new ChunksIncomplete("Stage " + stage.function() + " of run " + run + " has " + all.size()
                    + " chunks, of which " + open + " are not done. Redrive the execution to do them.");
        }
        return all;
    }

    /** Keeps every chunk of a run from being begun or finished by calls of earlier epochs. */
    public void fence(String run, long epoch) {
        chunks.updateMany(
                new BsonDocument("run", new BsonString(run))
                        .append("fence", new BsonDocument("$lt", new BsonInt64(epoch))),
                new BsonDocument("$set", new BsonDocument("fence", new BsonInt64(epoch))));
    }

    private static BsonDocument ofStage(String run, long epoch, ChunkStage stage) {
        return new BsonDocument("run", new BsonString(run))
                .append("epoch", new BsonInt64(epoch))
                .append("stage", new BsonString(stage.name()));
    }

    private static BsonDocument progress() {
        return new BsonDocument("progress", new BsonString(""));
    }

    private static BsonDocument fenced(String id, long epoch) {
        return new BsonDocument("_id", new BsonString(id))
                .append("fence", new BsonInt64(epoch))
                .append("done", BsonBoolean.FALSE);
    }

    private static RunClosed late(String id) {
        return new RunClosed("Chunk " + id + " is not open: its run was closed or has begun another epoch.");
    }
}

package dev.resync.chunk;

import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import dev.resync.error.ChunksIncomplete;
import dev.resync.store.ControlJson;
import dev.resync.store.MongoStore;
import dev.resync.store.ServerError;
import java.util.Optional;
import org.bson.BsonDocument;
import org.bson.BsonString;

/** Keeps the chunk plans, in the {@code chunks} collection beside the chunks. */
public final class ChunkPlanStore {

    private final MongoCollection<BsonDocument> plans;

    public ChunkPlanStore(MongoStore store) {
        this.plans = store.control("chunks");
    }

    /** Records a plan unless one of its id is there; returns the recorded one. */
    public ChunkPlan record(ChunkPlan plan) {
        try {
            plans.insertOne(ControlJson.toBson(plan));
            return plan;
        } catch (MongoException e) {
            if (!ServerError.DUPLICATE_KEY.is(e)) {
                throw e;
            }
            return find(plan.id()).orElseThrow();
        }
    }

    /** Returns a plan, if there is one of this id. */
    public Optional<ChunkPlan> find(String id) {
        return Optional.ofNullable(
                        plans.find(new BsonDocument("_id", new BsonString(id))).first())
                .map(document -> ControlJson.fromBson(document, ChunkPlan.class));
    }

    /** Returns the plan of a run's epoch; raises {@link ChunksIncomplete} where there is none. */
    public ChunkPlan require(String run, long epoch) {
        return find(ChunkPlan.id(run, epoch))
                .orElseThrow(() -> new ChunksIncomplete("Run " + run + " has no chunk plan of epoch " + epoch
                        + ". Redrive the execution from PlanChunks."));
    }
}

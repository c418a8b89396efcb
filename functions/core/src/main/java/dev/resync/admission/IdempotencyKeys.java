package dev.resync.admission;

import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import dev.resync.error.RequestInvalid;
import dev.resync.error.TargetLocked;
import dev.resync.run.Run;
import dev.resync.stage.StageContext;
import dev.resync.store.ServerError;
import java.util.Optional;
import org.bson.BsonDocument;
import org.bson.BsonString;

/** The same request twice gives the same run: the first execution that brings a key has it. */
final class IdempotencyKeys {

    private static final String EXECUTION = "execution";

    private final StageContext context;
    private final MongoCollection<BsonDocument> requests;

    IdempotencyKeys(StageContext context) {
        this.context = context;
        this.requests = context.store().control("requests");
    }

    /**
     * Takes a key for an execution.
     *
     * @param what the request but for who asks and why, so that another one under the same key is found
     * @param run id of the run that the execution would have
     * @return the run that an earlier execution has for it; empty where the execution has the key now
     * @throws RequestInvalid where the key was used for another request
     * @throws TargetLocked where another execution is being admitted with it
     */
    Optional<Run> take(String key, String what, String execution, String run) {
        BsonDocument mine = new BsonDocument("_id", new BsonString(key))
                .append("what", new BsonString(what))
                .append(EXECUTION, new BsonString(execution))
                .append("run", new BsonString(run));
        try {
            requests.insertOne(mine);
            return Optional.empty();
        } catch (MongoException e) {
            if (!ServerError.DUPLICATE_KEY.is(e)) {
                throw e;
            }
        }
        BsonDocument taken =
                requests.find(new BsonDocument("_id", new BsonString(key))).first();
        if (!taken.getString("what").getValue().equals(what)) {
            throw new RequestInvalid("idempotencyKey " + key + " was used for another request: "
                    + taken.getString("what").getValue() + ". Choose another key.");
        }
        String holder = taken.getString(EXECUTION).getValue();
        if (holder.equals(execution)) {
            return Optional.empty();
        }
        Optional<Run> earlier = context.runs().find(taken.getString("run").getValue());
        if (earlier.isPresent()) {
            return earlier;
        }
        boolean gone = !context.executions().status(holder).active();
        // Refused, or dead, before there was a run: the key is free again.
        if (gone && requests.findOneAndReplace(taken, mine) != null) {
            return Optional.empty();
        }
        throw new TargetLocked("The same request (idempotencyKey " + key + ") is being admitted by execution " + holder
                + ". Ask again in a moment.");
    }
}

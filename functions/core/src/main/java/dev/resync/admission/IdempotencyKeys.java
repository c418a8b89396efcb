package dev.resync.admission;

import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import dev.resync.environment.StartWay;
import dev.resync.error.RequestInvalid;
import dev.resync.error.TargetLocked;
import dev.resync.run.ExecutionStatus;
import dev.resync.run.Run;
import dev.resync.run.RunState;
import dev.resync.stage.StageContext;
import dev.resync.store.ServerError;
import java.util.Optional;
import org.bson.BsonDocument;
import org.bson.BsonString;

/** The same request twice gives the same run: the first execution that brings a key has it. */
public final class IdempotencyKeys {

    private static final String EXECUTION = "execution";
    private static final String WHAT = "what";
    private static final String GIVEN = "given ";

    private final StageContext context;
    private final MongoCollection<BsonDocument> requests;

    public IdempotencyKeys(StageContext context) {
        this.context = context;
        this.requests = context.store().control("requests");
    }

    /** Returns under what a request is kept; null where it names no key. What people choose must not be taken for a schedule's. */
    static String keyOf(Request request) {
        if (request.via() == StartWay.SCHEDULE) {
            // With its mode, so that a dry run of the same time, whoever asks for it, is not in the way of the real
            // one.
            return "schedule " + request.mode() + " " + request.plan() + " " + request.scheduledTime();
        }
        return request.idempotencyKey() == null ? null : GIVEN + request.idempotencyKey();
    }

    /**
     * Returns the run that an execution has for the same request; empty where there is none yet, or it names no key.
     *
     * @throws RequestInvalid where its key was used for another request
     */
    public Optional<Run> find(Request request) {
        String key = keyOf(request);
        return key == null ? Optional.empty() : find(key, request, "");
    }

    /**
     * Returns the run that another execution has for the same request; empty where there is none yet.
     *
     * @throws RequestInvalid where the key was used for another request
     */
    Optional<Run> find(String key, Request request, String execution) {
        BsonDocument taken =
                requests.find(new BsonDocument("_id", new BsonString(key))).first();
        if (taken == null) {
            return Optional.empty();
        }
        requireSame(key, taken, what(request));
        return taken.getString(EXECUTION).getValue().equals(execution) ? Optional.empty() : runOf(taken);
    }

    /**
     * Takes a key for an execution.
     *
     * @param run id of the run that the execution would have
     * @return the run that an earlier execution has for it; empty where the execution has the key now
     * @throws RequestInvalid where the key was used for another request
     * @throws TargetLocked where another execution is being admitted with it
     */
    Optional<Run> take(String key, Request request, String execution, String run) {
        BsonDocument mine = new BsonDocument("_id", new BsonString(key))
                .append(WHAT, new BsonString(what(request)))
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
        requireSame(key, taken, what(request));
        String holder = taken.getString(EXECUTION).getValue();
        if (holder.equals(execution)) {
            return Optional.empty();
        }
        Optional<Run> earlier = runOf(taken);
        if (earlier.isPresent()) {
            return earlier;
        }
        // Refused, or dead, before its run had a lock: the key is free again.
        if (gone(holder) && requests.findOneAndReplace(taken, mine) != null) {
            return Optional.empty();
        }
        throw new TargetLocked("The same request (idempotencyKey " + shown(key) + ") is being admitted by execution "
                + holder + ". Ask again in a moment.");
    }

    /** A service may not know yet what it has only just started. */
    private boolean gone(String execution) {
        ExecutionStatus status = context.executions().status(execution);
        return !status.active() && status != ExecutionStatus.UNKNOWN;
    }

    /** A run that was refused before it had a lock has not been started. */
    private Optional<Run> runOf(BsonDocument taken) {
        return context.runs()
                .find(taken.getString("run").getValue())
                .filter(run -> run.state() != RunState.CLOSED
                        || run.targets().stream().anyMatch(target -> target.lockEpoch() > 0));
    }

    private static void requireSame(String key, BsonDocument taken, String what) {
        if (!taken.getString(WHAT).getValue().equals(what)) {
            throw new RequestInvalid("idempotencyKey " + shown(key) + " was used for another request: "
                    + taken.getString(WHAT).getValue() + ". Choose another key.");
        }
    }

    private static String shown(String key) {
        return key.startsWith(GIVEN) ? key.substring(GIVEN.length()) : key;
    }

    /** All that tells two requests apart but who asks and why. */
    private static String what(Request request) {
        return request.mode() + " " + (request.plan() == null ? request.snapshot() : request.plan()) + " "
                + request.only();
    }
}

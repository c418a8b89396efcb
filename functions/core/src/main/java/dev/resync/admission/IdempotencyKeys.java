package dev.resync.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.ReplaceOptions;
import dev.resync.environment.StartWay;
import dev.resync.error.RequestInvalid;
import dev.resync.error.TargetLocked;
import dev.resync.run.ExecutionStatus;
import dev.resync.run.Run;
import dev.resync.run.RunState;
import dev.resync.stage.StageContext;
import dev.resync.store.ControlJson;
import dev.resync.store.ServerError;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;

/** The same request twice gives the same run: the first execution that brings a key has it. */
public final class IdempotencyKeys {

    private static final String EXECUTION = "execution";
    private static final String WHAT = "what";
    private static final String GIVEN = "given ";
    private static final String ASKED = "asked ";
    private static final String NAME = "name";
    private static final String INPUT = "input";
    private static final String EXPIRES = "expiresAt";
    private static final String BODY = "body";
    /**
     * For whoever asks again because no answer came. Shorter than a ticket counts, which is part of the input; an admitted run
     * is found under its key for good.
     */
    private static final Duration RESERVED = Duration.ofMinutes(10);

    private final StageContext context;
    private final MongoCollection<BsonDocument> requests;

    public IdempotencyKeys(StageContext context) {
        this.context = context;
        this.requests = context.store().control("requests");
    }

    /**
     * An execution that is to be started, or was started, for a key.
     *
     * @param name its name
     * @param input its input
     */
    public record Reserved(String name, JsonNode input) {}

    /** Creates the index that lets reservations expire; does nothing where it exists. */
    void prepare() {
        requests.createIndex(
                new BsonDocument(EXPIRES, new BsonInt32(1)), new IndexOptions().expireAfter(0L, TimeUnit.SECONDS));
    }

    /**
     * Returns the execution that a caller's key has, so that asking again before it is admitted starts none beside it. Nobody
     * gets what another caller has reserved: its ticket says who asks.
     *
     * @param request with a key that somebody chose
     * @param body the whole request without a ticket
     * @param caller who asks, as authenticated
     * @param made makes the execution where the key has none
     * @throws RequestInvalid where the caller used the key for another request
     */
    public Reserved reserve(Request request, JsonNode body, String caller, Supplier<Reserved> made) {
        BsonDocument id = reservation(request, caller);
        BsonDocument found = requests.find(id).first();
        if (found != null && over(found)) {
            requests.deleteOne(found);
            found = null;
        }
        if (found == null) {
            Reserved reserved = made.get();
            try {
                requests.insertOne(document(id, body, reserved));
                return reserved;
            } catch (MongoException e) {
                if (!ServerError.DUPLICATE_KEY.is(e)) {
                    throw e;
                }
                found = requests.find(id).first();
            }
        }
        if (found == null || !found.getString(BODY).getValue().equals(body.toString())) {
            throw new RequestInvalid("idempotencyKey " + request.idempotencyKey()
                    + " was used for another request just now. Choose another key.");
        }
        return new Reserved(
                found.getString(NAME).getValue(),
                ControlJson.parse(found.getString(INPUT).getValue()));
    }

    /** Gives a caller's key to another execution, since the one that it had was refused. */
    public void reserveAgain(Request request, JsonNode body, String caller, Reserved other) {
        BsonDocument id = reservation(request, caller);
        requests.replaceOne(id, document(id, body, other), new ReplaceOptions().upsert(true));
    }

    private static BsonDocument reservation(Request request, String caller) {
        return new BsonDocument("_id", new BsonString(ASKED + request.idempotencyKey() + " by " + caller));
    }

    private boolean over(BsonDocument reservation) {
        return !context.clock()
                .instant()
                .isBefore(Instant.ofEpochMilli(reservation.getDateTime(EXPIRES).getValue()));
    }

    private BsonDocument document(BsonDocument id, JsonNode body, Reserved reserved) {
        return id.clone()
                .append(BODY, new BsonString(body.toString()))
                .append(NAME, new BsonString(reserved.name()))
                .append(INPUT, new BsonString(reserved.input().toString()))
                .append(
                        EXPIRES,
                        new BsonDateTime(
                                context.clock().instant().plus(RESERVED).toEpochMilli()));
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

    /** What two requests are told apart by once one is admitted, shown to whoever asks for another; a token is not shown. */
    private static String what(Request request) {
        return request.mode() + " " + (request.plan() == null ? request.snapshot() : request.plan()) + " "
                + request.only();
    }
}

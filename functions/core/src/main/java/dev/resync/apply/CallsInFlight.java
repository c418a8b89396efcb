package dev.resync.apply;

import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import dev.resync.run.Nonce;
import dev.resync.run.Run;
import dev.resync.stage.Deadline;
import dev.resync.stage.StageContext;
import dev.resync.store.ControlJson;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonString;

/**
 * Calls that may be writing to live at this moment, in the {@code chunks} collection. No fence reaches a write that was sent
 * already, so whoever relies on what live holds waits until every call has said that it ended, or cannot be alive any more.
 *
 * <p>A call is on record before it looks whether its run is still in its epoch. One that a closing does not find has therefore
 * not looked yet, and will be refused.
 */
public final class CallsInFlight {

    /** AWS Lambda lets no function live longer (Lambda quotas). */
    private static final Duration LONGEST_LIFE = Duration.ofMinutes(15);

    /** For a command that a busy server holds back, and for clocks that are up to five minutes apart. */
    private static final Duration MARGIN = Duration.ofMinutes(6);

    /** The margin counts from when this is seen, however long the call was waited for before. */
    private static final BsonDocument OVER =
            new BsonDocument("$set", new BsonDocument("seconds", new BsonInt64(0)).append("seenAt", BsonNull.VALUE));

    private final StageContext context;
    private final MongoCollection<BsonDocument> calls;

    public CallsInFlight(StageContext context) {
        this.context = context;
        this.calls = context.store().control("chunks");
    }

    /**
     * Does something as a call on record, which lives as long as its deadline at most.
     *
     * @param sent whether anything was sent to live; asked only where the database failed
     */
    public <T> T during(String run, long epoch, Deadline deadline, BooleanSupplier sent, Supplier<T> work) {
        BsonString id = new BsonString(run + "/" + epoch + "/call/" + Nonce.of(context.random(), 2));
        Duration left = deadline.left().compareTo(LONGEST_LIFE) < 0 ? deadline.left() : LONGEST_LIFE;
        calls.insertOne(new BsonDocument("_id", id)
                .append("run", new BsonString(run))
                .append("inFlight", BsonBoolean.TRUE)
                .append("seconds", new BsonInt64(left.toSeconds() + 1))
                .append("seenAt", BsonNull.VALUE));
        T result;
        try {
            result = work.get();
        } catch (RuntimeException failed) {
            // A command that was not answered may still be carried out.
            boolean unknown = failed instanceof MongoException && sent.getAsBoolean();
            ended(failed, unknown ? () -> calls.updateOne(byId(id), OVER) : () -> end(id));
            throw failed;
        }
        end(id);
        return result;
    }

    private static void ended(RuntimeException failed, Runnable saying) {
        try {
            saying.run();
        } catch (MongoException lost) {
            // Then it is waited for as long as it could have lived.
            failed.addSuppressed(lost);
        }
    }

    private static BsonDocument byId(BsonString id) {
        return new BsonDocument("_id", id);
    }

    private void end(BsonString id) {
        calls.deleteOne(byId(id));
    }

    /**
     * Returns how long a call of this run may still write; zero where none can. Counted from when a call was first waited for,
     * by whoever waits, so that no clock of the call itself matters.
     */
    public Duration left(Run run) {
        BsonDocument ofRun = new BsonDocument("run", new BsonString(run.id())).append("inFlight", BsonBoolean.TRUE);
        Instant now = context.clock().instant();
        calls.updateMany(
                ofRun.clone().append("seenAt", BsonNull.VALUE),
                new BsonDocument("$set", new BsonDocument("seenAt", ControlJson.toBsonValue(now))));
        Duration longest = Duration.ZERO;
        List<BsonDocument> found = calls.find(ofRun).into(new ArrayList<>());
        for (BsonDocument call : found) {
            // A call that went on record between the two commands is seen by the second only.
            Instant seenAt = call.isString("seenAt")
                    ? Instant.parse(call.getString("seenAt").getValue())
                    : now;
            Instant over =
                    seenAt.plusSeconds(call.getNumber("seconds").longValue()).plus(MARGIN);
            Duration left = Duration.between(now, over);
            longest = left.compareTo(longest) > 0 ? left : longest;
        }
        return longest;
    }
}

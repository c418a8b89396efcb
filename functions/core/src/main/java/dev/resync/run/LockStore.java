package dev.resync.run;

import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import dev.resync.error.RunClosed;
import dev.resync.error.TargetLocked;
import dev.resync.store.ControlJson;
import dev.resync.store.MongoStore;
import dev.resync.store.ServerError;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;

/**
 * The {@code locks} collection: one document per live namespace, with its holder and its fencing number. A lock outlives
 * any lease: only the run that holds it or the closing of that run gives it back, and, once the run is closed, whoever wants
 * it next.
 */
public final class LockStore {

    private static final int TRIES = 5;

    private final MongoCollection<BsonDocument> locks;
    private final RunStore runs;

    /** @param runs asked whether the holder of a lock has ended */
    public LockStore(MongoStore store, RunStore runs) {
        this.locks = store.control("locks");
        this.runs = runs;
    }

    /**
     * Takes the locks of all targets in the order of their namespaces. Taking a lock that the run holds already changes
     * nothing. The locks of a run that is closed, whose closing died before it gave them back, are given back first. Where
     * one is refused, those taken stay until the run is closed, which its admission does at once.
     *
     * @return the targets with the fencing numbers of their locks, in the order given
     * @throws TargetLocked where another run holds one
     */
    public List<RunTarget> acquireAll(String runId, List<RunTarget> targets, Instant now) {
        List<RunTarget> held = new ArrayList<>();
        List<RunTarget> ordered = targets.stream()
                .sorted(Comparator.comparing(RunTarget::namespace))
                .toList();
        for (RunTarget target : ordered) {
            held.add(acquire(runId, target, now));
        }
        held.sort(Comparator.comparingInt(RunTarget::index));
        return held;
    }

    private RunTarget acquire(String runId, RunTarget target, Instant now) {
        for (int i = 0; i < TRIES; i++) {
            BsonDocument lock = takeFree(runId, target, now)
                    .or(() -> Optional.ofNullable(locks.find(lock(target)).first()))
                    .orElse(new BsonDocument());
            String holder = text(lock, "holder");
            if (runId.equals(holder)) {
                return target.locked(epochOf(lock));
            }
            if (holder != null && isClosed(holder)) {
                releaseAll(holder);
            } else if (holder != null) {
                throw new TargetLocked("Target " + target.namespace() + " is held by run " + holder + " since "
                        + text(lock, "since")
                        + ". Wait for that run to end, or stop it; reconcile closes it where its execution is gone, and"
                        + " settle where it needs an operator.");
            }
            // Given back now, or between the two looks.
        }
        throw new TargetLocked("Target " + target.namespace() + " changes hands too quickly. Try again.");
    }

    private boolean isClosed(String holder) {
        return runs.find(holder).filter(run -> run.state() == RunState.CLOSED).isPresent();
    }

    private Optional<BsonDocument> takeFree(String runId, RunTarget target, Instant now) {
        BsonDocument free = lock(target).append("holder", BsonNull.VALUE);
        BsonDocument take = new BsonDocument(
                        "$set",
                        new BsonDocument("holder", new BsonString(runId)).append("since", ControlJson.toBsonValue(now)))
                .append("$inc", new BsonDocument("epoch", new BsonInt64(1)));
        try {
            return Optional.ofNullable(locks.findOneAndUpdate(
                    free, take, new FindOneAndUpdateOptions().upsert(true).returnDocument(ReturnDocument.AFTER)));
        } catch (MongoException e) {
            if (!ServerError.DUPLICATE_KEY.is(e)) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private static String text(BsonDocument lock, String field) {
        BsonValue value = lock.get(field);
        return value != null && value.isString() ? value.asString().getValue() : null;
    }

    /**
     * Makes sure that the run still holds the lock with the fencing number that it took it with.
     *
     * @throws RunClosed where it does not
     */
    public void requireHeld(Run run, RunTarget target) {
        BsonDocument filter = lock(target)
                .append("holder", new BsonString(run.id()))
                .append("epoch", new BsonInt64(target.lockEpoch()));
        if (locks.find(filter).first() == null) {
            throw new RunClosed("Run " + run.id() + " no longer holds the lock of " + target.namespace()
                    + " with epoch " + target.lockEpoch() + "; live was not changed.");
        }
    }

    /** Gives back every lock of a run, raising its fencing number, so that nothing older can pass for the holder. */
    public void releaseAll(String runId) {
        locks.updateMany(
                new BsonDocument("holder", new BsonString(runId)),
                new BsonDocument("$set", new BsonDocument("holder", BsonNull.VALUE))
                        .append("$unset", new BsonDocument("since", new BsonString("")))
                        .append("$inc", new BsonDocument("epoch", new BsonInt64(1))));
    }

    /** Returns the namespaces that a run holds, ascending. */
    public List<String> heldBy(String runId) {
        List<String> namespaces = new ArrayList<>();
        locks.find(new BsonDocument("holder", new BsonString(runId)))
                .forEach(lock -> namespaces.add(lock.getString("_id").getValue()));
        namespaces.sort(null);
        return namespaces;
    }

    /** Returns every namespace that was ever locked with the id of the run that holds it; empty text where none does. */
    public Map<String, String> holders() {
        Map<String, String> holders = new TreeMap<>();
        locks.find().forEach(lock -> {
            String holder = text(lock, "holder");
            holders.put(lock.getString("_id").getValue(), holder == null ? "" : holder);
        });
        return holders;
    }

    private static BsonDocument lock(RunTarget target) {
        return new BsonDocument("_id", new BsonString(target.namespace()));
    }

    private static long epochOf(BsonDocument lock) {
        return lock.getNumber("epoch").longValue();
    }
}

package dev.resync.cli.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.UpdateOptions;
import dev.resync.run.ExecutionStatus;
import dev.resync.store.ControlJson;
import dev.resync.store.MongoStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonString;

/**
 * Leases in the {@code executions} collection beside the other control data. A holder raises the counters of its executions
 * every second; others judge it by how long a counter stands still, never by comparing clocks. A holder that was taken for
 * gone and is not does no harm: closing its run has fenced it.
 */
public final class StoredLeases implements ExecutionLeases, AutoCloseable {

    private static final Duration BEAT = Duration.ofSeconds(1);
    /** Ten missed beats: longer than a pause for garbage collection, short enough to wait for. */
    private static final Duration LEASE = Duration.ofSeconds(10);

    private static final Duration LOOK = Duration.ofMillis(250);

    private final MongoCollection<BsonDocument> executions;
    private final String plan;
    private final String holder = UUID.randomUUID().toString();
    private final ScheduledExecutorService beats;
    private final Duration beat;
    private final Duration lease;

    /**
     * @param store where the leases are kept
     * @param plan file of the plan that this process works with, for commands that others show; null where it has none
     */
    public StoredLeases(MongoStore store, String plan) {
        this(store, plan, BEAT, LEASE);
    }

    StoredLeases(MongoStore store, String plan, Duration beat, Duration lease) {
        this.plan = plan;
        this.executions = store.control("executions");
        this.beat = beat;
        this.lease = lease;
        this.beats = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "execution-leases");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Begins to renew leases.
     *
     * @param onStop told, each second until it ends, of an execution held here that another process wants stopped
     */
    public void begin(Consumer<String> onStop) {
        beats.scheduleAtFixedRate(() -> renew(onStop), beat.toMillis(), beat.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void renew(Consumer<String> onStop) {
        try {
            executions.updateMany(held(), raise());
            List<String> unwanted = new ArrayList<>();
            executions
                    .find(held().append("stop", BsonBoolean.TRUE))
                    .forEach(
                            execution -> unwanted.add(execution.getString("_id").getValue()));
            unwanted.forEach(onStop);
        } catch (RuntimeException missedBeat) {
            // A schedule ends with its first exception, and the next beat may get through: the database may answer
            // again, and
            // an execution that is to be stopped may only be about to start.
            return;
        }
    }

    @Override
    public void hold(String execution, JsonNode input) {
        BsonDocument set = held().append("input", new BsonString(input.toString()));
        if (plan != null) {
            set.append("plan", new BsonString(plan));
        }
        executions.updateOne(
                new BsonDocument("_id", new BsonString(execution)),
                raise().append("$set", set).append("$unset", new BsonDocument("stop", new BsonString(""))),
                new UpdateOptions().upsert(true));
    }

    @Override
    public void release(String execution, ExecutionStatus status) {
        executions.updateOne(
                held().append("_id", new BsonString(execution)),
                new BsonDocument("$set", new BsonDocument("status", new BsonString(status.name()))));
    }

    @Override
    public ExecutionStatus status(String execution) {
        return find(execution).map(this::statusOf).orElse(ExecutionStatus.UNKNOWN);
    }

    private ExecutionStatus statusOf(BsonDocument seen) {
        ExecutionStatus status =
                ExecutionStatus.valueOf(seen.getString("status").getValue());
        if (!status.active()) {
            return status;
        }
        long until = System.nanoTime() + lease.toNanos();
        while (System.nanoTime() < until) {
            BsonDocument now = find(seen.getString("_id").getValue()).orElse(new BsonDocument());
            if (!now.equals(seen)) {
                return now.isEmpty()
                        ? ExecutionStatus.UNKNOWN
                        : ExecutionStatus.valueOf(now.getString("status").getValue());
            }
            pause();
        }
        return ExecutionStatus.UNKNOWN;
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while watching a lease", e);
        }
    }

    /** Returns the input of an execution that any process ever held; empty where nobody did. */
    public Optional<JsonNode> input(String execution) {
        return find(execution)
                .map(record -> ControlJson.parse(record.getString("input").getValue()));
    }

    /** Returns the plan file that an execution was started with; empty where nobody said so. */
    public Optional<String> planOf(String execution) {
        return find(execution).filter(record -> record.isString("plan")).map(record -> record.getString("plan")
                .getValue());
    }

    /**
     * Makes this process the holder of an execution whose holder is gone, unless another one takes it at the same time.
     *
     * @return whether it is this one's now
     */
    public boolean takeOver(String execution) {
        BsonDocument seen = find(execution).orElse(null);
        if (seen == null || statusOf(seen).active()) {
            return false;
        }
        BsonDocument unchanged = new BsonDocument("_id", new BsonString(execution))
                .append("holder", seen.get("holder"))
                .append("beat", seen.get("beat"));
        BsonDocument update =
                raise().append("$set", held()).append("$unset", new BsonDocument("stop", new BsonString("")));
        return executions.updateOne(unchanged, update).getMatchedCount() == 1;
    }

    /** Asks the holder of an execution to stop it. */
    public void requestStop(String execution) {
        executions.updateOne(
                new BsonDocument("_id", new BsonString(execution)),
                new BsonDocument("$set", new BsonDocument("stop", BsonBoolean.TRUE)));
    }

    /** Stops renewing; what is still held runs out by itself. */
    @Override
    public void close() {
        beats.shutdownNow();
    }

    private Optional<BsonDocument> find(String execution) {
        return Optional.ofNullable(executions
                .find(new BsonDocument("_id", execution == null ? BsonNull.VALUE : new BsonString(execution)))
                .first());
    }

    private BsonDocument held() {
        return new BsonDocument("holder", new BsonString(holder))
                .append("status", new BsonString(ExecutionStatus.RUNNING.name()));
    }

    private static BsonDocument raise() {
        return new BsonDocument("$inc", new BsonDocument("beat", new BsonInt64(1)));
    }
}

package dev.resync.run;

import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.ReturnDocument;
import dev.resync.chunk.ChunkStage;
import dev.resync.error.PlanChanged;
import dev.resync.error.RunClosed;
import dev.resync.error.RunSuspended;
import dev.resync.error.RunUnknown;
import dev.resync.store.ControlJson;
import dev.resync.store.MongoStore;
import dev.resync.store.ServerError;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonString;

/** The {@code runs} collection. Every change is a compare-and-set on state and epoch. */
public final class RunStore {

    private final MongoCollection<BsonDocument> runs;
    private final Executions executions;
    private final String artifact;

    /**
     * @param executions asked whether a suspended run's execution was redriven
     * @param artifact version of the running code
     */
    public RunStore(MongoStore store, Executions executions, String artifact) {
        this.runs = store.control("runs");
        this.executions = executions;
        this.artifact = artifact;
    }

    /** Creates the indexes that the store relies on; does nothing where they exist. */
    public void prepare() {
        runs.createIndex(new BsonDocument("shortId", new BsonInt32(1)), new IndexOptions().unique(true));
        runs.createIndex(new BsonDocument("startedBy", new BsonInt32(1)));
        runs.createIndex(new BsonDocument("execution", new BsonInt32(1)));
        runs.createIndex(new BsonDocument("state", new BsonInt32(1)));
        runs.createIndex(new BsonDocument("endedAt", new BsonInt32(1)));
        runs.createIndex(new BsonDocument("startedAt", new BsonInt32(1)).append("_id", new BsonInt32(1)));
    }

    /** Records a run unless one of its id is there; returns the recorded one. */
    public Run create(Run run) {
        try {
            runs.insertOne(ControlJson.toBson(run));
            return run;
        } catch (MongoException e) {
            if (!ServerError.DUPLICATE_KEY.is(e)) {
                throw e;
            }
            return require(run.id());
        }
    }

    /** Returns a run; raises {@link RunUnknown} where there is none. */
    public Run require(String id) {
        return find(id).orElseThrow(
                        () -> new RunUnknown("No run has the id " + id + ". List the runs to see their ids."));
    }

    /** Returns a run, if there is one of this id. */
    public Optional<Run> find(String id) {
        return first(new BsonDocument("_id", new BsonString(id)));
    }

    /** Returns the run that an execution started or drives. */
    public Optional<Run> findByExecution(String execution) {
        BsonString arn = new BsonString(execution);
        return first(new BsonDocument(
                "$or", new BsonArray(List.of(new BsonDocument("startedBy", arn), new BsonDocument("execution", arn)))));
    }

    /** Raises the heartbeat of a run whatever its state; returns it as it is then. */
    public Run beat(Run run) {
        return changeWhere(new BsonDocument("_id", new BsonString(run.id())), RunUpdate.heartbeat())
                .orElseThrow();
    }

    /** Returns the runs in any of these states, oldest first. */
    public List<Run> inStates(Collection<RunState> states) {
        List<Run> found = new ArrayList<>();
        runs.find(stateFilter(states))
                .sort(new BsonDocument("startedAt", new BsonInt32(1)))
                .forEach(document -> found.add(ControlJson.fromBson(document, Run.class)));
        return found;
    }

    /** Returns the runs that ended at a moment or later, in no order. */
    public List<Run> endedSince(Instant moment) {
        List<Run> found = new ArrayList<>();
        // Times are texts of different lengths, whose order is that of the times only down to the second.
        String second = moment.truncatedTo(ChronoUnit.SECONDS).toString().replace("Z", "");
        runs.find(new BsonDocument("endedAt", new BsonDocument("$gte", new BsonString(second))))
                .forEach(document -> found.add(ControlJson.fromBson(document, Run.class)));
        found.removeIf(run -> run.endedAt().isBefore(moment));
        return found;
    }

    /** Returns all runs, newest first. */
    public List<Run> all() {
        List<Run> found = new ArrayList<>();
        runs.find()
                .sort(new BsonDocument("startedAt", new BsonInt32(-1)))
                .forEach(document -> found.add(ControlJson.fromBson(document, Run.class)));
        return found;
    }

    /**
     * Lets a stage in: the run must be at work in this very epoch. Raises its heartbeat.
     *
     * @throws RunClosed where the run is closed, being closed, in another epoch, or about to be: a resume has begun
     * @throws RunSuspended where the run waits to be resumed and its execution was not redriven
     * @throws PlanChanged where the run was admitted by another version of the code
     */
    public Run enter(String id, long epoch) {
        Optional<Run> entered = change(id, epoch, RunState.WORKING, RunUpdate.heartbeat());
        if (entered.isEmpty()) {
            Run run = require(id);
            boolean suspended = run.epoch() == epoch && run.state() == RunState.SUSPENDED;
            // Another call of the same redrive may have resumed it between the two looks.
            entered = suspended
                    ? Optional.of(resumeRedriven(run))
                    : change(id, epoch, RunState.WORKING, RunUpdate.heartbeat());
        }
        Run run = entered.orElseThrow(() -> closed(require(id), epoch));
        requireSameArtifact(run);
        return run;
    }

    private Run resumeRedriven(Run run) {
        if (executions.status(run.execution()) != ExecutionStatus.RUNNING) {
            throw new RunSuspended("Run " + run.id() + " is suspended until " + run.resumeUntil()
                    + " and its execution was not redriven. Redrive the execution, or stop the run.");
        }
        requireSameArtifact(run);
        return change(
                        run.id(),
                        run.epoch(),
                        EnumSet.of(RunState.SUSPENDED),
                        RunUpdate.set("state", RunState.OPEN, "error", null))
                .or(() -> change(run.id(), run.epoch(), RunState.WORKING, RunUpdate.heartbeat()))
                .orElseThrow(() -> closed(require(run.id()), run.epoch()));
    }

    /** One run is the work of one version of the code; only the way back may not depend on that. */
    private void requireSameArtifact(Run run) {
        if (!run.restoring() && !artifact.equals(run.artifact())) {
            throw new PlanChanged("Run " + run.id() + " was admitted with artifact " + run.artifact() + " and this is "
                    + artifact + ". Resume it from MAP in a new execution, or stop it.");
        }
    }

    /** Returns the error for a call that comes too late. */
    public static RunClosed closed(Run run, long epoch) {
        String state = run.state() == RunState.RESUMING ? "RESUMING by execution " + run.execution() : run.state() + "";
        return new RunClosed("Run " + run.id() + " is " + state + " in epoch " + run.epoch()
                + "; this call belongs to epoch " + epoch + " and changed nothing.");
    }

    /**
     * Changes a run that is at work in this epoch.
     *
     * @throws RunClosed where it is not (any more)
     */
    public Run update(Run run, BsonDocument update) {
        return change(run.id(), run.epoch(), RunState.WORKING, update)
                .orElseThrow(() -> closed(require(run.id()), run.epoch()));
    }

    /** Changes a run if it is in this epoch and in one of these states; returns it as changed. */
    public Optional<Run> change(String id, long epoch, Collection<RunState> states, BsonDocument update) {
        BsonDocument filter =
                stateFilter(states).append("_id", new BsonString(id)).append("epoch", new BsonInt64(epoch));
        return changeWhere(filter, update);
    }

    /** Changes a run at work only if a field is missing; returns it as it is after either way. */
    public Run updateOnce(Run run, String field, Object value) {
        BsonDocument filter = working(run).append(field, BsonNull.VALUE);
        return changeWhere(filter, RunUpdate.set(field, value)).orElseGet(() -> enter(run.id(), run.epoch()));
    }

    /**
     * Moves a stage's collections on to their next open names, if nobody did so, or recorded them as sealed, since the run
     * was read.
     *
     * @param sealedKey key of one of the collections
     * @return whether this call did it
     */
    public boolean raiseGeneration(Run run, ChunkStage stage, String sealedKey) {
        int next = run.openGeneration(stage) + 1;
        return changeWhere(unsealed(run, stage, sealedKey), RunUpdate.set(generation(stage), next))
                .isPresent();
    }

    /**
     * Records a stage's collections as sealed, all in one step, unless their generation was raised since the run was read.
     *
     * @param sealed the collections by key, at least one
     * @return the run with the collections that were recorded by this call or an earlier one; empty where they were sent
     *     back meanwhile
     */
    public Optional<Run> recordSealed(Run run, ChunkStage stage, Map<String, Sealed> sealed) {
        String anyKey = sealed.keySet().iterator().next();
        List<Object> fields = new ArrayList<>();
        sealed.forEach((key, value) -> fields.addAll(List.of("sealed." + key, value)));
        return changeWhere(unsealed(run, stage, anyKey), RunUpdate.set(fields.toArray()))
                .or(() -> Optional.of(enter(run.id(), run.epoch()))
                        .filter(now -> now.sealed().containsKey(anyKey)));
    }

    /** Returns a filter for a run at work in the epoch in which it was read. */
    static BsonDocument working(Run run) {
        return stateFilter(RunState.WORKING)
                .append("_id", new BsonString(run.id()))
                .append("epoch", new BsonInt64(run.epoch()));
    }

    private static BsonDocument unsealed(Run run, ChunkStage stage, String sealedKey) {
        int now = run.openGeneration(stage);
        return working(run)
                .append("sealed." + sealedKey, BsonNull.VALUE)
                .append(generation(stage), now == 0 ? BsonNull.VALUE : new BsonInt32(now));
    }

    private static String generation(ChunkStage stage) {
        return "open." + stage.name();
    }

    /** Changes the run that a filter finds; returns it as changed. */
    Optional<Run> changeWhere(BsonDocument filter, BsonDocument update) {
        BsonDocument changed = runs.findOneAndUpdate(
                filter, update, new FindOneAndUpdateOptions().returnDocument(ReturnDocument.AFTER));
        return Optional.ofNullable(changed).map(document -> ControlJson.fromBson(document, Run.class));
    }

    /** Puts an execution in charge of a restore, unless another one took charge meanwhile; returns the run as it is now. */
    public Run claim(Run run, String execution) {
        BsonDocument filter = stateFilter(EnumSet.of(RunState.RESTORING))
                .append("_id", new BsonString(run.id()))
                .append("epoch", new BsonInt64(run.epoch()))
                .append("execution", new BsonString(run.execution()));
        return changeWhere(filter, RunUpdate.set("execution", execution)).orElseGet(() -> require(run.id()));
    }

    /** Ends the time in which a suspended run may be resumed, so that whoever closes it next need not wait; leaves others alone. */
    public void endResume(Run run, Instant now) {
        change(
                run.id(),
                run.epoch(),
                EnumSet.of(RunState.SUSPENDED, RunState.RESUMING),
                RunUpdate.set("resumeUntil", now));
    }

    /** Marks a dry run's confirmation as used by a run; false where another run used it already. */
    public boolean useConfirmation(String dryRun, String by) {
        BsonDocument unused = new BsonDocument("_id", new BsonString(dryRun)).append("confirm.usedBy", BsonNull.VALUE);
        changeWhere(unused, RunUpdate.set("confirm.usedBy", by));
        return find(dryRun)
                .map(run -> run.confirm() != null && by.equals(run.confirm().usedBy()))
                .orElse(false);
    }

    /** Records a finished stage of a run at work. */
    public void stageDone(Run run, StageRecord stage) {
        update(run, RunUpdate.set("stages." + stage.name(), stage));
    }

    private static BsonDocument stateFilter(Collection<RunState> states) {
        List<String> names = states.stream().map(Enum::name).toList();
        return new BsonDocument("state", new BsonDocument("$in", ControlJson.strings(names)));
    }

    private Optional<Run> first(BsonDocument filter) {
        return Optional.ofNullable(runs.find(filter).first())
                .map(document -> ControlJson.fromBson(document, Run.class));
    }
}

package dev.resync.stage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.mongodb.MongoException;
import dev.resync.admission.Admit;
import dev.resync.apply.ApplyChunk;
import dev.resync.approval.RequestApproval;
import dev.resync.catchup.CatchUp;
import dev.resync.chunk.PlanChunks;
import dev.resync.close.CloseRun;
import dev.resync.close.Finish;
import dev.resync.cutover.CutOver;
import dev.resync.error.RequestInvalid;
import dev.resync.reconcile.Reconcile;
import dev.resync.restore.RestoreChunk;
import dev.resync.seal.SealShadow;
import dev.resync.seal.SealSnapshot;
import dev.resync.seal.SealStaging;
import dev.resync.shadow.MapChunk;
import dev.resync.snapshot.SnapshotChunk;
import dev.resync.store.ControlJson;
import dev.resync.store.DatabaseErrors;
import dev.resync.sync.SyncChunk;
import dev.resync.verify.PreCutOver;
import dev.resync.verify.Verify;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bson.BsonMaximumSizeExceededException;

/** All stages by function name, called with JSON as the state machines do. Safe for use by several threads. */
public final class Stages {

    /** Names of all functions, ascending. */
    public static final List<String> FUNCTIONS = List.of(
            "admit",
            "apply-chunk",
            "catch-up",
            "close-run",
            "cut-over",
            "finish",
            "map-chunk",
            "plan-chunks",
            "pre-cut-over",
            "reconcile",
            "request-approval",
            "restore-chunk",
            "seal-shadow",
            "seal-snapshot",
            "seal-staging",
            "snapshot-chunk",
            "sync-chunk",
            "verify");

    private final Map<String, Stage<?, ?>> byName = new TreeMap<>();
    private final OwnDatabase ownDatabase;

    public Stages(StageContext context) {
        ownDatabase = new OwnDatabase(context);
        List.of(
                        new Admit(context),
                        new PlanChunks(context),
                        new SnapshotChunk(context),
                        new SealSnapshot(context),
                        new SyncChunk(context),
                        new SealStaging(context),
                        new MapChunk(context),
                        new SealShadow(context),
                        new Verify(context),
                        new RequestApproval(context),
                        new CatchUp(context),
                        new PreCutOver(context),
                        new CutOver(context),
                        new ApplyChunk(context),
                        new CloseRun(context),
                        new RestoreChunk(context),
                        new Finish(context),
                        new Reconcile(context))
                .forEach(stage -> byName.put(stage.name(), stage));
    }

    /**
     * Calls a stage that has as much time as it wants.
     *
     * @see #call(String, JsonNode, Deadline)
     */
    public JsonNode call(String name, JsonNode input) {
        return call(name, input, Deadline.NONE);
    }

    /**
     * Calls a stage.
     *
     * @param name function name; must be one of {@link #FUNCTIONS}
     * @param input event as JSON; null counts as JSON null
     * @param deadline how much time the call has
     * @return answer as JSON, never null
     * @throws RequestInvalid where the event does not fit the stage's input
     * @throws dev.resync.error.DatabaseForeign where the database belongs to another environment
     * @throws dev.resync.error.DatabaseUnavailable where the database could not be reached; the call may be repeated
     * @throws dev.resync.error.DatabaseFailed where the database refused an operation, or would refuse a document for
     *     its size
     */
    public JsonNode call(String name, JsonNode input, Deadline deadline) {
        Stage<?, ?> stage = byName.get(name);
        if (stage == null) {
            throw new IllegalArgumentException("no function " + name + "; known are " + FUNCTIONS);
        }
        return call(stage, input == null ? NullNode.getInstance() : input, deadline);
    }

    private <I, O> JsonNode call(Stage<I, O> stage, JsonNode input, Deadline deadline) {
        I event;
        try {
            event = ControlJson.mapper().treeToValue(input, stage.input());
        } catch (JsonProcessingException e) {
            throw new RequestInvalid("The event of function " + stage.name() + " does not fit: "
                    + e.getOriginalMessage() + ". The state machine and the functions must be of one version.");
        }
        if (event == null) {
            throw new RequestInvalid("The event of function " + stage.name() + " is empty; expected an object.");
        }
        try {
            ownDatabase.require();
            O answer = stage instanceof TimedStage<I, O> timed ? timed.run(event, deadline) : stage.run(event);
            return ControlJson.mapper().valueToTree(answer);
        } catch (MongoException e) {
            throw DatabaseErrors.named(e);
        } catch (BsonMaximumSizeExceededException e) {
            throw DatabaseErrors.named(e);
        }
    }
}

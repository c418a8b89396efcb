package dev.resync.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import dev.resync.error.EnvironmentMismatch;
import dev.resync.error.RunClosed;
import dev.resync.error.SnapshotUnknown;
import dev.resync.error.TargetLocked;
import dev.resync.fixture.DatabaseState;
import dev.resync.fixture.EmbeddedMongo;
import dev.resync.fixture.RunDriver;
import dev.resync.fixture.RunFixture;
import dev.resync.hash.ContentHash;
import dev.resync.run.Ending;
import dev.resync.run.ExecutionStatus;
import dev.resync.run.Run;
import dev.resync.run.RunMode;
import dev.resync.run.RunState;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bson.BsonDocument;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A dry run of a restore says what the real one does, and leaves nothing but control data. */
class RestoreDryRunTest {

    private static final Set<String> READS =
            Set.of("find", "getMore", "killCursors", "aggregate", "collStats", "listCollections", "listIndexes");

    @RegisterExtension
    static final EmbeddedMongo MONGO = new EmbeddedMongo();

    /** Commands of stages that are more than reads of data: all but reads, on anything but control data. */
    private final List<String> writes = new CopyOnWriteArrayList<>();

    private RunFixture fixture;
    private String snapshot;

    @BeforeEach
    void publish() {
        fixture = new RunFixture(MONGO.client(), MONGO.newClient("", new Writes()), false).filled(20);
        // Four documents of live stay as they are, so that each figure of a restore is another number.
        for (int i = 0; i < 4; i++) {
            fixture.collection("nameView")
                    .replaceOne(byKey(i), BsonDocument.parse("{label: 'Person %d'}".formatted(i)));
        }
        snapshot = fixture.execute().toEnd().snapshot();
        fixture.collection("nameView").deleteMany(BsonDocument.parse("{_id: {$in: ['p0001', 'p0007', 'p0019']}}"));
        fixture.insert("nameView", "{_id: 'q1'}");
        fixture.insert("nameView", "{_id: 7}");
        writes.clear();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 10_000})
    void figuresAreThoseOfTheRestoreThatFollows(int chunkDocuments) {
        Run dryRun = dryRun(request("RESTORE_DRY_RUN").put("chunkDocuments", chunkDocuments));
        assertThat(dryRun.ending()).isEqualTo(Ending.UNTOUCHED);
        JsonNode foretold = dryRun.receipt().get("targets");
        assertFigures(foretold.get("nameView"), 19, 20, 3, 14, 2, 3);
        assertFigures(foretold.get("personView"), 20, 20, 0, 20, 0, 0);

        Run restore = fixture.admit(request("RESTORE")).toEnd();
        assertThat(restore.ending()).isEqualTo(Ending.RESTORED);
        assertThat(restore.receipt().get("targets")).isEqualTo(foretold);

        assertFigures(dryRun(request("RESTORE_DRY_RUN")).receipt().at("/targets/nameView"), 20, 20, 0, 0, 0, 20);
    }

    @Test
    void nothingIsMadeBesideControlData() {
        Map<String, ContentHash> before = data();
        Run dryRun = dryRun(request("RESTORE_DRY_RUN"));
        assertThat(dryRun.mode()).isEqualTo(RunMode.RESTORE_DRY_RUN);
        assertThat(dryRun.snapshot()).isNull();
        assertThat(dryRun.confirm()).isNull();
        assertThat(data()).isEqualTo(before);
        assertThat(writes).isEmpty();
        assertThat(fixture.context().locks().heldBy(dryRun.id())).isEmpty();
        assertThat(dryRun.receipt().get("gates"))
                .extracting(gate -> gate.get("name").textValue())
                .containsExactly("equals-snapshot", "equals-snapshot");
        assertThat(dryRun.receipt().has("snapshot")).isFalse();
    }

    /** Closing a run that drops a target takes the name that live would go to; here there is nothing to fence. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void nothingIsMadeForATargetThatDidNotExist(boolean stopped) {
        fixture.without("nameView", "personView");
        String ofNothing = fixture.execute().toEnd().snapshot();
        fixture.collection("personView").drop();
        Map<String, ContentHash> before = data();
        writes.clear();
        RunDriver dryRun = fixture.restoreDryRun(ofNothing).through("verify");
        Run ended = stopped ? dryRun.closed(ExecutionStatus.ABORTED) : dryRun.toEnd();
        assertThat(ended.ending()).isEqualTo(Ending.UNTOUCHED);
        assertFigures(ended.receipt().at("/targets/nameView"), 20, 0, 0, 0, 20, 0);
        assertFigures(ended.receipt().at("/targets/personView"), 0, 0, 0, 0, 0, 0);
        assertThat(data()).isEqualTo(before);
        assertThat(writes).isEmpty();
        assertThat(ended.receipt().get("next").textValue())
                .isEqualTo("restore " + ofNothing + (stopped ? " dry-run" : ""));
    }

    @Test
    void aLiveCollectionThatIsGoneCountsAsEmpty() {
        fixture.collection("nameView").drop();
        Run dryRun = dryRun(request("RESTORE_DRY_RUN"));
        assertFigures(dryRun.receipt().at("/targets/nameView"), 0, 20, 20, 0, 0, 0);
        assertThat(fixture.exists("nameView")).isFalse();
    }

    @Test
    void onlyTheTargetsThatWereAskedForAreComparedAndLocked() {
        RunDriver dryRun = fixture.restoreDryRun(snapshot, "nameView").through("verify");
        assertThat(fixture.context().locks().heldBy(dryRun.runId())).containsExactly(fixture.database() + ".nameView");
        assertThatThrownBy(() -> fixture.restoreDryRun(snapshot)).isInstanceOf(TargetLocked.class);
        assertThat(fixture.restore(snapshot, "personView").toEnd().ending()).isEqualTo(Ending.RESTORED);
        JsonNode receipt = dryRun.toEnd().receipt();
        assertThat(receipt.get("targets").fieldNames()).toIterable().containsExactly("nameView");
        assertThat(receipt.get("next").textValue()).isEqualTo("restore " + snapshot + " only nameView");
        assertThat(fixture.restore(snapshot, "nameView").toEnd().receipt().get("targets"))
                .isEqualTo(receipt.get("targets"));
    }

    @Test
    void isRefusedAsTheRestoreWouldBe() {
        assertThatThrownBy(() -> fixture.restoreDryRun("s-1")).isInstanceOf(SnapshotUnknown.class);
        fixture.control("snapshots")
                .updateMany(new BsonDocument(), BsonDocument.parse("{$set: {environment: 'elsewhere'}}"));
        assertThatThrownBy(() -> fixture.restoreDryRun(snapshot)).isInstanceOf(EnvironmentMismatch.class);
    }

    @Test
    void aSnapshotThatIsRemovedAfterAdmissionIsNamed() {
        RunDriver dryRun = fixture.restoreDryRun(snapshot);
        fixture.control("snapshots").deleteMany(new BsonDocument());
        assertThatThrownBy(() -> dryRun.step("verify"))
                .isInstanceOf(SnapshotUnknown.class)
                .hasMessageContaining(snapshot);
        assertThat(dryRun.closed(ExecutionStatus.FAILED).ending()).isEqualTo(Ending.UNTOUCHED);
    }

    @Test
    void aStageCalledAgainAnswersTheSame() {
        JsonNode request = request("RESTORE_DRY_RUN");
        String execution = fixture.newExecution();
        ObjectNode admission = fixture.admission(request, execution);
        JsonNode first = fixture.call("admit", admission);
        assertThat(fixture.call("admit", admission)).isEqualTo(first);
        JsonNode event = ((ObjectNode) first.deepCopy()).retain("runId", "epoch");
        JsonNode verified = fixture.call("verify", event);
        assertThat(fixture.call("verify", event)).isEqualTo(verified);
        JsonNode finished = fixture.call("finish", event);
        assertThat(finished.get("ending").textValue()).isEqualTo("UNTOUCHED");
        JsonNode receipt = fixture.run(first.get("runId").textValue()).receipt();
        assertThat(fixture.call("finish", event)).isEqualTo(finished);
        assertThat(fixture.run(first.get("runId").textValue()).receipt()).isEqualTo(receipt);
        assertThatThrownBy(() -> fixture.call("verify", event)).isInstanceOf(RunClosed.class);
    }

    @Test
    void neverCopiesAndNeverCutsOverWhateverIsCalled() {
        RunDriver dryRun = fixture.restoreDryRun(snapshot).through("verify");
        Map<String, ContentHash> before = data();
        assertThatThrownBy(() -> dryRun.step("plan-chunks")).hasMessageContaining("copies nothing");
        assertThatThrownBy(() -> dryRun.step("cut-over")).hasMessageContaining("never changes live");
        assertThat(data()).isEqualTo(before);
        assertThat(writes).isEmpty();
        assertThat(dryRun.toEnd().ending()).isEqualTo(Ending.UNTOUCHED);
    }

    @Test
    void oneThatDiedIsClosedByTheReconciler() {
        RunDriver dryRun = fixture.restoreDryRun(snapshot).through("verify").ended(ExecutionStatus.FAILED);
        fixture.call("reconcile", null);
        String by = fixture.newExecution();
        JsonNode answer = fixture.close(dryRun.execution(), by);
        assertThat(answer.get("outcome").textValue()).isEqualTo("CLOSED");
        assertThat(dryRun.run().state()).isEqualTo(RunState.CLOSED);
        assertThat(dryRun.run().ending()).isEqualTo(Ending.UNTOUCHED);
        assertThat(writes).isEmpty();
    }

    private ObjectNode request(String mode) {
        return fixture.restoreRequest(mode, snapshot);
    }

    private Run dryRun(JsonNode request) {
        return fixture.admit(request).toEnd();
    }

    private static BsonDocument byKey(int person) {
        return BsonDocument.parse("{_id: '%s'}".formatted(RunFixture.key(person)));
    }

    private static void assertFigures(JsonNode account, long... figures) {
        assertThat(List.of("before", "after", "added", "changed", "removed", "unchanged").stream()
                        .mapToLong(name -> account.get(name).longValue())
                        .toArray())
                .containsExactly(figures);
    }

    /** All but the control records: live, sources, snapshots, and whatever else a run might make. */
    private Map<String, ContentHash> data() {
        return DatabaseState.of(
                fixture.client(), name -> !name.startsWith("resync.") || name.startsWith("resync.resync."));
    }

    private final class Writes implements CommandListener {
        @Override
        public void commandStarted(CommandStartedEvent event) {
            String name = event.getCommand().getFirstKey();
            String collection = event.getCommand().get(name).isString()
                    ? event.getCommand().getString(name).getValue()
                    : "";
            boolean control = event.getDatabaseName().equals("resync") && !collection.startsWith("resync.");
            if (!READS.contains(name) && !control) {
                writes.add(event.getDatabaseName() + " " + name + " " + collection);
            }
        }
    }
}

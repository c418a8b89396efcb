package dev.resync.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.error.ChunksIncomplete;
import dev.resync.error.LiveDrifted;
import dev.resync.error.ResyncException;
import dev.resync.error.VerdictExpired;
import dev.resync.fixture.Background;
import dev.resync.fixture.EmbeddedMongo;
import dev.resync.fixture.RunDriver;
import dev.resync.fixture.RunFixture;
import dev.resync.fixture.Stops;
import dev.resync.hash.ContentHash;
import dev.resync.run.ExecutionStatus;
import dev.resync.run.Run;
import dev.resync.store.ControlJson;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.bson.BsonDocument;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** No manifest without proof (I2, I7). */
class SnapshotProofTest {

    @RegisterExtension
    static final EmbeddedMongo MONGO = new EmbeddedMongo();

    private RunFixture fixture;

    @BeforeEach
    void fill() {
        fixture = new RunFixture(MONGO.client()).filled(20);
    }

    @Test
    void holdsWhatLiveHeld() {
        List<ContentHash> live = fixture.live();
        RunDriver run = fixture.admit(fixture.request("DRY_RUN")).through("seal-snapshot");
        Snapshot snapshot =
                fixture.context().snapshots().requireProven(run.run().snapshot());
        assertThat(snapshot.targets()).extracting(SnapshotTarget::content).isEqualTo(live);
    }

    @Test
    void isCopiedAnewWithoutWhatLiveHasNoMore() {
        fixture.insert("personView", "{_id: 'p0003x', name: 'soon gone'}");
        RunDriver run = fixture.admit(fixture.request("DRY_RUN")).through("plan-chunks");
        run.chunks("snapshot");
        fixture.collection("personView").deleteOne(BsonDocument.parse("{_id: 'p0003x'}"));
        List<ContentHash> live = fixture.live();
        run.seal("seal-snapshot");
        Snapshot snapshot =
                fixture.context().snapshots().requireProven(run.run().snapshot());
        assertThat(snapshot.targets()).extracting(SnapshotTarget::content).isEqualTo(live);
    }

    @Test
    void doesNotTakeMissingChunksForAMissingCollection() {
        RunDriver run = fixture.admit(fixture.request("DRY_RUN"));
        assertThatThrownBy(() -> run.step("seal-snapshot")).isInstanceOf(ChunksIncomplete.class);
        assertThat(fixture.context().snapshots().all()).isEmpty();
    }

    @Test
    void isNotSealedWhileAChunkIsMissing() {
        RunDriver run = fixture.admit(fixture.request("DRY_RUN")).through("plan-chunks");
        for (int i = 1; i < run.count("snapshot"); i++) {
            run.chunk("snapshot", i);
        }
        assertThatThrownBy(() -> run.step("seal-snapshot")).isInstanceOf(ChunksIncomplete.class);
        assertThat(fixture.context().snapshots().all()).isEmpty();
    }

    @Test
    void isNotOfferedWhereACallRecordedItAfterTheClose() {
        RunDriver run = fixture.admit(fixture.request("DRY_RUN")).through("plan-chunks");
        run.chunks("snapshot");
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        fixture.stops().waitAt("seal:recorded:SNAPSHOT", reached, goOn);
        try (Background<JsonNode> late = Background.start(() -> run.step("seal-snapshot"))) {
            Stops.await(reached);
            run.closed(ExecutionStatus.ABORTED);
            goOn.countDown();
            assertThat(late.raised()).isInstanceOf(ResyncException.class);
            fixture.call("reconcile", ControlJson.mapper().createObjectNode());
            for (Snapshot listed : fixture.context().snapshots().all()) {
                assertThat(fixture.context().snapshots().requireProven(listed.id()))
                        .isNotNull();
            }
        }
    }

    /** Where live was changed after its snapshot, a restore would lose the change for good. */
    @Test
    void refusesARestoreOverWhatOthersWroteSince() {
        Run published = fixture.execute().toEnd();
        RunDriver restore = fixture.restore(published.snapshot()).upTo("pre-cut-over");
        fixture.insert("personView", "{_id: 'late', name: 'written after the snapshot'}");
        ContentHash withLate = fixture.live("personView");
        assertThatThrownBy(() -> restore.step("pre-cut-over")).isInstanceOf(LiveDrifted.class);
        assertThatThrownBy(() -> restore.step("cut-over")).isInstanceOf(VerdictExpired.class);
        assertThat(fixture.live("personView")).isEqualTo(withLate);
    }
}

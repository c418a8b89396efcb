package dev.resync.cutover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import dev.resync.chunk.ChunkStage;
import dev.resync.error.RunClosed;
import dev.resync.error.VerdictExpired;
import dev.resync.fixture.EmbeddedMongo;
import dev.resync.fixture.RunDriver;
import dev.resync.fixture.RunFixture;
import dev.resync.hash.ContentHash;
import dev.resync.run.ExecutionStatus;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Each fence by itself, with the one that usually comes first out of the way. */
class SecondFenceTest {

    @RegisterExtension
    static final EmbeddedMongo MONGO = new EmbeddedMongo();

    @Test
    void cutOverWithoutItsLockRenamesNothing() {
        RunFixture fixture = new RunFixture(MONGO.client()).filled(10);
        List<ContentHash> before = fixture.live();
        RunDriver run = fixture.execute().upTo("cut-over");
        fixture.control("locks").updateMany(Filters.empty(), Updates.inc("epoch", 1));
        assertThatThrownBy(() -> run.step("cut-over")).isInstanceOf(RunClosed.class);
        assertThat(fixture.live()).isEqualTo(before);
    }

    @Test
    void cutOverWhoseVerdictSpeaksOfOtherShadowsRenamesNothing() {
        RunFixture fixture = new RunFixture(MONGO.client()).filled(10);
        List<ContentHash> before = fixture.live();
        RunDriver run = fixture.execute().upTo("cut-over");
        fixture.control("runs")
                .updateOne(Filters.eq("_id", run.runId()), Updates.set("verdict.shadows.personView.documents", 9_999L));
        assertThatThrownBy(() -> run.step("cut-over")).isInstanceOf(VerdictExpired.class);
        assertThat(fixture.live()).isEqualTo(before);
    }

    @Test
    void fencedJournalCannotBeMovedOn() {
        RunFixture fixture = new RunFixture(MONGO.client());
        Journal journal = fixture.context().journal();
        JournalEntry entry = new JournalEntry(
                "r/1/t",
                "r",
                1,
                1,
                "t",
                "d.live",
                null,
                "d.shadow",
                null,
                null,
                ContentHash.EMPTY,
                List.of(),
                JournalStep.PLANNED,
                null,
                null);
        journal.plan(entry);
        journal.fence("r", 2);
        assertThatThrownBy(() -> journal.renaming(entry, Instant.EPOCH)).isInstanceOf(RunClosed.class);
        assertThat(journal.of("r", 1).get(0).step()).isEqualTo(JournalStep.PLANNED);
    }

    @Test
    void fencedChunkCanNeitherBeBegunNorFinished() {
        RunFixture fixture = new RunFixture(MONGO.client()).filled(10);
        RunDriver run = fixture.execute().upTo("seal-snapshot");
        fixture.context().chunks().fence(run.runId(), 2);
        assertThatThrownBy(() -> fixture.context().chunks().begin(run.runId(), 1, ChunkStage.SNAPSHOT, 0))
                .isInstanceOf(RunClosed.class);
    }

    @Test
    void closeFencesChunksAndJournal() {
        RunFixture fixture = new RunFixture(MONGO.client()).filled(10);
        RunDriver run = fixture.execute().upTo("seal-snapshot");
        run.closed(ExecutionStatus.ABORTED);
        assertThat(fixture.context().chunks().all(run.runId(), 1, ChunkStage.SNAPSHOT))
                .isNotEmpty()
                .allMatch(chunk -> chunk.fence() == 2);
    }
}

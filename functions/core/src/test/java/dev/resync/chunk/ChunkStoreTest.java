package dev.resync.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resync.error.ChunkChanged;
import dev.resync.error.ChunksIncomplete;
import dev.resync.error.RunClosed;
import dev.resync.fixture.EmbeddedMongo;
import dev.resync.fixture.TestClock;
import dev.resync.store.MongoStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the record of a chunk says after each thing that can be done to it. */
class ChunkStoreTest {

    @RegisterExtension
    static final EmbeddedMongo MONGO = new EmbeddedMongo();

    private static final KeyRange ALL = new KeyRange(KeyFamily.STRING, null, null, false);
    private static final String RUN = "run-1";

    private final TestClock clock = new TestClock();
    private ChunkStore chunks;

    @BeforeEach
    void prepare() {
        chunks = new ChunkStore(new MongoStore(MONGO.client()), clock);
        chunks.prepare();
    }

    /** More than one batch, and out of order. */
    @Test
    void everyPlannedChunkIsRecordedOnceInTheOrderOfItsIndex() {
        List<Chunk> planned = new ArrayList<>(planned(ChunkStage.MAP, 2000));
        Collections.shuffle(planned, new Random(5));
        chunks.plan(planned);
        chunks.plan(planned.subList(0, 3));
        assertThat(chunks.all(RUN, 1, ChunkStage.MAP)).extracting(Chunk::index).isEqualTo(indexes(2000));
        assertThat(chunks.all(RUN, 1, ChunkStage.SYNC)).isEmpty();
        assertThat(chunks.all(RUN, 2, ChunkStage.MAP)).isEmpty();
        assertThat(chunks.all("run-2", 1, ChunkStage.MAP)).isEmpty();
    }

    @Test
    void aChunkPlannedAgainKeepsWhatWasDone() {
        chunks.plan(planned(ChunkStage.MAP, 1));
        chunks.done(begin(), result(3));
        chunks.plan(planned(ChunkStage.MAP, 1));
        assertThat(only().done()).isTrue();
        assertThat(only().result()).isEqualTo(result(3));
    }

    @Test
    void beginningCountsAttemptsAndKeepsTheFirstTime() {
        Instant first = clock.instant();
        chunks.plan(planned(ChunkStage.MAP, 1));
        assertThat(begin().attempts()).isEqualTo(1);
        clock.pass(Duration.ofSeconds(7));
        Chunk again = begin();
        assertThat(again.attempts()).isEqualTo(2);
        assertThat(again.startedAt()).isEqualTo(first);
        clock.pass(Duration.ofSeconds(2));
        chunks.done(again, result(3));
        assertThat(only().endedAt()).isEqualTo(first.plusSeconds(9));
        assertThat(begin()).as("nothing to begin").isEqualTo(only()).matches(Chunk::done);
    }

    @Test
    void aChunkThatWasNeverPlannedCannotBeBegun() {
        chunks.plan(planned(ChunkStage.MAP, 1));
        assertThatThrownBy(() -> chunks.begin(RUN, 1, ChunkStage.MAP, 1)).isInstanceOf(RunClosed.class);
        assertThatThrownBy(() -> chunks.begin(RUN, 2, ChunkStage.MAP, 0)).isInstanceOf(RunClosed.class);
    }

    @Test
    void theFirstResultStays() {
        chunks.plan(planned(ChunkStage.MAP, 1));
        Chunk one = begin();
        Chunk two = begin();
        chunks.done(one, result(3));
        chunks.done(two, result(4));
        assertThat(only().result()).isEqualTo(result(3));
    }

    @Test
    void aChunkSentBackIsDoneAgainAndNotByWhoeverBeganBefore() {
        chunks.plan(planned(ChunkStage.MAP, 1));
        Chunk early = begin();
        chunks.done(early, result(3));
        List<Chunk> found = chunks.all(RUN, 1, ChunkStage.MAP);
        chunks.reopen(found);
        chunks.reopen(found);
        assertThat(only().done()).isFalse();
        assertThat(only().generation())
                .as("sent back once by two who saw the same")
                .isEqualTo(1);
        assertThat(only().result()).isNull();
        assertThatThrownBy(() -> chunks.done(early, result(3))).isInstanceOf(ChunkChanged.class);
        chunks.done(begin(), result(4));
        assertThat(only().result()).isEqualTo(result(4));
    }

    @Test
    void aFenceKeepsEarlierEpochsOut() {
        chunks.plan(planned(ChunkStage.MAP, 1));
        Chunk begun = begin();
        chunks.fence(RUN, 2);
        assertThatThrownBy(this::begin).isInstanceOf(RunClosed.class).hasMessageContaining("run-1/1/MAP/0");
        assertThatThrownBy(() -> chunks.done(begun, result(3)))
                .isInstanceOf(RunClosed.class)
                .hasMessageContaining("run-1/1/MAP/0");
        assertThat(only().done()).isFalse();
    }

    @Test
    void aStageIsDoneWithoutGapsAndNotWithout() {
        assertThatThrownBy(() -> chunks.allDone(RUN, 1, ChunkStage.MAP))
                .isInstanceOf(ChunksIncomplete.class)
                .hasMessageContaining("map-chunk of run run-1 has 0 chunks");
        chunks.plan(planned(ChunkStage.MAP, 4).subList(1, 4));
        for (int i = 1; i < 4; i++) {
            chunks.done(chunks.begin(RUN, 1, ChunkStage.MAP, i), result(1));
        }
        assertThatThrownBy(() -> chunks.allDone(RUN, 1, ChunkStage.MAP)).isInstanceOf(ChunksIncomplete.class);
        chunks.plan(planned(ChunkStage.MAP, 4));
        chunks.done(begin(), result(1));
        assertThat(chunks.allDone(RUN, 1, ChunkStage.MAP))
                .extracting(Chunk::index)
                .isEqualTo(indexes(4));
    }

    @Test
    void aStageWithAChunkThatIsNotDoneIsNotDone() {
        chunks.plan(planned(ChunkStage.MAP, 3));
        for (int i = 0; i < 2; i++) {
            chunks.done(chunks.begin(RUN, 1, ChunkStage.MAP, i), result(1));
        }
        assertThatThrownBy(() -> chunks.allDone(RUN, 1, ChunkStage.MAP))
                .isInstanceOf(ChunksIncomplete.class)
                .hasMessageContaining("has 3 chunks, of which 1 are not done");
    }

    @Test
    void progressTellsOfTheStagesThatHaveChunks() {
        chunks.plan(planned(ChunkStage.MAP, 3));
        chunks.plan(planned(ChunkStage.SNAPSHOT, 1));
        chunks.done(chunks.begin(RUN, 1, ChunkStage.MAP, 1), result(5));
        chunks.done(chunks.begin(RUN, 1, ChunkStage.MAP, 2), result(7));
        assertThat(chunks.progress(RUN, 1))
                .containsExactly(
                        new StageProgress(ChunkStage.SNAPSHOT, 1, 0, 0, 0, null, null, null),
                        new StageProgress(ChunkStage.MAP, 3, 2, 12, 12, null, null, clock.instant()));
        assertThat(chunks.progress(RUN, 2)).isEmpty();
    }

    @Test
    void progressCountsWhatChunksAtWorkSayAndNamesTheSlowest() {
        chunks.plan(planned(ChunkStage.MAP, 4));
        chunks.done(chunks.begin(RUN, 1, ChunkStage.MAP, 3), result(5));
        chunks.report(chunks.begin(RUN, 1, ChunkStage.MAP, 0), new ChunkProgress(1, 7, false, 0.4, 30L));
        chunks.report(chunks.begin(RUN, 1, ChunkStage.MAP, 1), new ChunkProgress(4, 11, false, 0.5, 120L));
        assertThat(chunks.progress(RUN, 1))
                .containsExactly(new StageProgress(ChunkStage.MAP, 4, 1, 5, 23, 0.4, 120L, clock.instant()));
        assertThat(chunks.atWork(RUN, 1, ChunkStage.MAP))
                .containsExactlyInAnyOrder(
                        new ChunkAtWork(0, new ChunkProgress(1, 7, false, 0.4, 30L)),
                        new ChunkAtWork(1, new ChunkProgress(4, 11, false, 0.5, 120L)));
        assertThat(chunks.open(RUN, 1, ChunkStage.MAP)).isEqualTo(3);
        // Begun again after its function died: what it had done counts no more.
        chunks.begin(RUN, 1, ChunkStage.MAP, 1);
        assertThat(chunks.progress(RUN, 1).get(0).documents()).isEqualTo(12);
        assertThat(chunks.atWork(RUN, 1, ChunkStage.MAP)).hasSize(1);
    }

    @Test
    void nobodyReportsOfAChunkThatIsDoneOrFencedOff() {
        chunks.plan(planned(ChunkStage.MAP, 2));
        Chunk done = chunks.begin(RUN, 1, ChunkStage.MAP, 0);
        chunks.done(done, result(5));
        chunks.report(done, new ChunkProgress(1, 7, false, null, null));
        Chunk fenced = chunks.begin(RUN, 1, ChunkStage.MAP, 1);
        chunks.fence(RUN, 2);
        chunks.report(fenced, new ChunkProgress(1, 7, false, null, null));
        assertThat(chunks.progress(RUN, 1).get(0).documents()).isEqualTo(5);
        assertThat(chunks.atWork(RUN, 1, ChunkStage.MAP)).isEmpty();
    }

    private static List<Chunk> planned(ChunkStage stage, int count) {
        return IntStream.range(0, count)
                .mapToObj(index -> Chunk.planned(RUN, 1, stage, index, 0, ALL))
                .toList();
    }

    private static List<Integer> indexes(int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    private static ChunkResult result(long documents) {
        return new ChunkResult(documents, Map.of(), Map.of(), Map.of(), List.of());
    }

    private Chunk begin() {
        return chunks.begin(RUN, 1, ChunkStage.MAP, 0);
    }

    private Chunk only() {
        assertThat(chunks.all(RUN, 1, ChunkStage.MAP)).hasSize(1);
        return chunks.all(RUN, 1, ChunkStage.MAP).get(0);
    }
}

package dev.resync.pace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.resync.chunk.Chunk;
import dev.resync.chunk.ChunkProgress;
import dev.resync.chunk.ChunkResult;
import dev.resync.chunk.ChunkStage;
import dev.resync.chunk.StageProgress;
import dev.resync.error.ChunkOverdue;
import dev.resync.error.RunClosed;
import dev.resync.error.RunHeld;
import dev.resync.fixture.EmbeddedMongo;
import dev.resync.fixture.RunDriver;
import dev.resync.fixture.RunFixture;
import dev.resync.fixture.SimulatedTime;
import dev.resync.pace.Throttle.Limit;
import dev.resync.run.AuditTrail.Asked;
import dev.resync.run.ExecutionStatus;
import dev.resync.stage.ChunkInput;
import dev.resync.stage.ChunkWork;
import dev.resync.stage.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The pace of work on chunks, in time that passes only while all of them wait. */
class PaceTest {

    @RegisterExtension
    static final EmbeddedMongo MONGO = new EmbeddedMongo();

    private static final Asked ADA = new Asked("Ada", null, "command-line", null, null, "the database is busy");
    /** Of the plan: documents a chunk, so that two seconds at four a second are one. */
    private static final int CHUNK = 8;

    private RunFixture fixture;
    private SimulatedTime time;
    private RunDriver run;
    private PaceControl control;

    @BeforeEach
    void begin() {
        fixture = new RunFixture(MONGO.client()).filled(CHUNK * 8);
        time = fixture.time();
        run = fixture.execute().through("plan-chunks");
        control = new PaceControl(
                fixture.context().runs(),
                fixture.context().audit(),
                fixture.clock(),
                fixture.context().environment().name());
    }

    private Pace pace(int index) {
        return pace(index, Deadline.NONE);
    }

    private Pace pace(int index, Deadline deadline) {
        Chunk chunk = fixture.context().chunks().begin(run.runId(), run.epoch(), ChunkStage.SNAPSHOT, index);
        return new Pace(fixture.context(), deadline, fixture.context().runs().enter(run.runId(), run.epoch()), chunk);
    }

    private void done(int index) {
        Chunk chunk = fixture.context().chunks().begin(run.runId(), run.epoch(), ChunkStage.SNAPSHOT, index);
        fixture.context().chunks().done(chunk, new ChunkResult(0, Map.of(), Map.of(), Map.of(), List.of()));
    }

    private void throttle(Integer documentsPerSecond, Integer concurrency) {
        control.throttle(run.runId(), new Throttle(new Limit(documentsPerSecond), new Limit(concurrency)), ADA);
    }

    private StageProgress progress() {
        return fixture.context().chunks().progress(run.runId(), run.epoch()).stream()
                .filter(stage -> stage.stage() == ChunkStage.SNAPSHOT)
                .findFirst()
                .orElseThrow();
    }

    /** Leaves one chunk of the stage that is not done, so that nobody shares with it. */
    private void onlyChunk(int left) {
        IntStream.range(0, run.count("snapshot")).filter(index -> index != left).forEach(this::done);
    }

    @Test
    void withoutALimitNobodyWaits() {
        Pace pace = pace(0);
        pace.begin();
        for (int i = 0; i < 1_000; i++) {
            pace.take(1);
        }
        pace.finish();
        assertThat(time.passed()).isZero();
    }

    @Test
    void aRateIsKeptFromTheFirstDocumentOn() {
        onlyChunk(0);
        throttle(500, null);
        Pace pace = pace(0);
        pace.begin();
        for (int i = 1; i <= 30_000; i++) {
            pace.take(1);
            double seconds = time.nanos() / 1e9;
            // A tenth of a second's worth is not waited for by itself.
            assertThat((double) i).isLessThanOrEqualTo(500 * seconds + 51);
        }
        pace.finish();
        assertThat(time.passed().toMillis()).isCloseTo(60_000, within(60L));
    }

    @Test
    void halvesOfDocumentsThatAreGoneOverTwiceAddUp() {
        onlyChunk(0);
        throttle(100, null);
        Pace pace = pace(0);
        pace.begin();
        for (int i = 0; i < 2; i++) {
            pace.over(IntStream.range(0, 500).boxed().toList(), 0.5).forEach(document -> {});
        }
        pace.finish();
        assertThat(time.passed().toMillis()).isCloseTo(5_000, within(10L));
    }

    @Test
    void aHoldIsObeyedWithinTwoSecondsAndLastsUntilTheRunGoesOn() {
        onlyChunk(0);
        throttle(100, null);
        List<Duration> taken = new ArrayList<>();
        time.after(Duration.ofSeconds(5), () -> control.hold(run.runId(), ADA));
        time.after(Duration.ofSeconds(125), () -> control.release(run.runId(), ADA));
        Pace pace = pace(0);
        pace.begin();
        for (int i = 0; i < 1_000; i++) {
            pace.take(1);
            taken.add(time.passed());
        }
        assertThat(taken)
                .noneMatch(at -> at.compareTo(Duration.ofSeconds(7)) > 0 && at.compareTo(Duration.ofSeconds(125)) < 0);
        assertThat(taken)
                .anyMatch(
                        at -> at.compareTo(Duration.ofSeconds(125)) >= 0 && at.compareTo(Duration.ofSeconds(127)) <= 0);
        // Nothing is made up for: the rate is that of each second.
        assertThat(time.passed()).isGreaterThan(Duration.ofSeconds(125));
    }

    @Test
    void aHoldIsObeyedWhereThereIsNoLimit() {
        control.hold(run.runId(), ADA);
        time.after(Duration.ofSeconds(30), () -> control.release(run.runId(), ADA));
        Pace pace = pace(0);
        pace.begin();
        assertThat(time.passed()).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(32));
        pace.take(1);
        assertThat(time.passed()).isLessThanOrEqualTo(Duration.ofSeconds(32));
    }

    @Test
    void aHoldThatIsTooLongForOneCallIsGivenUpAndTheChunkWithdrawn() {
        control.hold(run.runId(), ADA);
        assertThatThrownBy(() -> run.chunk("snapshot", 0))
                .isInstanceOf(RunHeld.class)
                .hasMessageContaining("held by Ada")
                .hasMessageContaining("the database is busy")
                .hasMessageContaining("resync continue " + run.runId());
        assertThat(time.passed()).isBetween(RunWatch.LONGEST_WAIT, RunWatch.LONGEST_WAIT.plus(RunWatch.EVERY));
        assertThat(fixture.context().chunks().atWork(run.runId(), run.epoch(), ChunkStage.SNAPSHOT))
                .isEmpty();
        control.release(run.runId(), ADA);
        assertThat(run.chunk("snapshot", 0).path("done").asBoolean()).isTrue();
    }

    @Test
    void aCallWithLittleTimeLeftDoesNotWait() {
        control.hold(run.runId(), ADA);
        Pace pace = pace(0, Deadline.in(RunWatch.RESERVE.plusSeconds(9), time));
        assertThatThrownBy(pace::begin).isInstanceOf(RunHeld.class);
        assertThat(time.passed()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void aCallWithLittleTimeLeftEndsItsChunkAtFullSpeed() {
        onlyChunk(0);
        throttle(1, null);
        Pace pace = pace(0, Deadline.in(RunWatch.RESERVE.plusSeconds(60), time));
        pace.begin();
        for (int i = 0; i < 10_000; i++) {
            pace.take(1);
        }
        pace.finish();
        assertThat(time.passed()).isBetween(Duration.ofSeconds(60), Duration.ofSeconds(63));
    }

    @Test
    void aCallWithoutTimeStopsBeforeItIsStopped() {
        onlyChunk(0);
        Pace pace = pace(0, Deadline.in(RunWatch.LAST.plusSeconds(5), time));
        pace.begin();
        for (int i = 0; i < 5; i++) {
            time.pass(Duration.ofSeconds(1));
            pace.take(1);
        }
        time.pass(Duration.ofSeconds(1));
        assertThatThrownBy(() -> pace.take(1))
                .isInstanceOf(ChunkOverdue.class)
                .hasMessageContaining("Chunk 0 of SNAPSHOT of run " + run.runId());
    }

    @Test
    void aChunkWithoutTimeIsWithdrawnAndDoneByTheRetry() {
        ChunkInput input = new ChunkInput(run.runId(), run.epoch(), 0);
        ChunkWork frame = new ChunkWork(fixture.context(), ChunkStage.SNAPSHOT);
        Deadline deadline = Deadline.in(RunWatch.LAST.plusSeconds(1), time);
        assertThatThrownBy(() -> frame.run(input, deadline, (run, chunk, pace) -> {
                    time.pass(Duration.ofSeconds(2));
                    pace.take(1);
                    return null;
                }))
                .isInstanceOf(ChunkOverdue.class);
        assertThat(fixture.context().chunks().atWork(run.runId(), run.epoch(), ChunkStage.SNAPSHOT))
                .isEmpty();
        assertThat(run.chunk("snapshot", 0).path("done").asBoolean()).isTrue();
    }

    @Test
    void whoWaitsIsToldThatTheRunIsClosed() {
        control.hold(run.runId(), ADA);
        time.after(Duration.ofSeconds(10), () -> run.closed(ExecutionStatus.ABORTED));
        Pace pace = pace(0);
        assertThatThrownBy(pace::begin).isInstanceOf(RunClosed.class);
        assertThat(time.passed()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void aNewRateCountsWithinTwoSeconds() {
        onlyChunk(0);
        throttle(100, null);
        time.after(Duration.ofSeconds(10), () -> throttle(10, null));
        time.after(Duration.ofSeconds(20), () -> throttle(null, null));
        Pace pace = pace(0);
        pace.begin();
        int taken = 0;
        while (time.passed().compareTo(Duration.ofSeconds(20)) < 0) {
            pace.take(1);
            taken++;
        }
        assertThat(taken).isBetween(1_000 + 80, 1_200 + 100);
        Duration before = time.passed();
        for (int i = 0; i < 10_000; i++) {
            pace.take(1);
        }
        assertThat(time.passed().minus(before)).isLessThan(Duration.ofSeconds(3));
    }

    @Test
    void theRateIsSharedByTheChunksThatWork() {
        int chunks = 4;
        IntStream.range(chunks, run.count("snapshot")).forEach(this::done);
        throttle(100, null);
        AtomicInteger taken = new AtomicInteger();
        List<Runnable> all = IntStream.range(0, chunks)
                .<Runnable>mapToObj(index -> () -> {
                    Pace pace = pace(index);
                    pace.begin();
                    while (time.passed().compareTo(Duration.ofMinutes(1)) < 0) {
                        pace.take(1);
                        taken.incrementAndGet();
                        assertThat((double) taken.get()).isLessThanOrEqualTo(100 * time.nanos() / 1e9 + 20);
                    }
                })
                .toList();
        time.inParallel(all);
        assertThat(taken.get()).isCloseTo(6_000, within(60));
    }

    @Test
    void whatOneNoLongerNeedsTheOthersTake() {
        IntStream.range(2, run.count("snapshot")).forEach(this::done);
        throttle(100, null);
        time.inParallel(List.of(() -> take(0, 500), () -> take(1, 1_500)));
        // Side by side for ten seconds, then alone.
        assertThat(time.passed()).isBetween(Duration.ofSeconds(20), Duration.ofSeconds(23));
    }

    private void take(int index, int documents) {
        Pace pace = pace(index);
        pace.begin();
        for (int i = 0; i < documents; i++) {
            pace.take(1);
        }
        pace.finish();
        done(index);
    }

    @Test
    void noMoreChunksWorkAtOnceThanAreAllowed() {
        throttle(100, 2);
        AtomicInteger working = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicBoolean settled = new AtomicBoolean();
        // All begin at the same moment and none knows of the others; that sorts itself out at their second look.
        time.after(Duration.ofSeconds(3), () -> settled.set(true));
        List<Runnable> all = IntStream.range(0, 6)
                .<Runnable>mapToObj(index -> () -> {
                    Pace pace = pace(index);
                    pace.begin();
                    boolean counted = false;
                    for (int i = 0; i < 500; i++) {
                        pace.take(1);
                        if (settled.get() && !counted) {
                            counted = true;
                            most.accumulateAndGet(working.incrementAndGet(), Math::max);
                        }
                    }
                    working.addAndGet(counted ? -1 : 0);
                    done(index);
                })
                .toList();
        time.inParallel(all);
        assertThat(most.get()).isEqualTo(2);
        assertThat(time.passed()).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(45));
    }

    @Test
    void aChunkWhoseFunctionDiedGivesUpItsTurn() {
        throttle(null, 1);
        pace(0).begin();
        // And is never heard of again.
        Pace next = pace(1);
        next.begin();
        assertThat(time.passed())
                .isBetween(ChunkTurn.STANDS_STILL, ChunkTurn.STANDS_STILL.plus(RunWatch.EVERY.multipliedBy(2)));
    }

    @Test
    void whoWaitsTooLongForItsTurnIsAskedAgain() {
        throttle(null, 1);
        Chunk other = fixture.context().chunks().begin(run.runId(), run.epoch(), ChunkStage.SNAPSHOT, 0);
        for (int second = 0; second < 400; second++) {
            int beat = second;
            time.after(
                    Duration.ofSeconds(second),
                    () -> fixture.context().chunks().report(other, new ChunkProgress(beat, 0, false, null, null)));
        }
        fixture.context().chunks().report(other, new ChunkProgress(0, 0, false, null, null));
        assertThatThrownBy(() -> run.chunk("snapshot", 1))
                .isInstanceOf(RunHeld.class)
                .hasMessageContaining("waits for its turn");
        assertThat(fixture.context().chunks().atWork(run.runId(), run.epoch(), ChunkStage.SNAPSHOT))
                .extracting("index")
                .containsExactly(0);
    }

    @Test
    void fewDocumentsASecondAreNotSharedByMoreChunksThanCanBeDoneInTime() {
        RunPace slow = new RunPace(null, 500, null);
        assertThat(slow.chunksAtOnce(20, 10_000)).isEqualTo(15);
        assertThat(slow.chunksAtOnce(4, 10_000)).isEqualTo(4);
        assertThat(new RunPace(null, 40, null).chunksAtOnce(20, 10_000)).isEqualTo(1);
        assertThat(new RunPace(null, 500, 3).chunksAtOnce(20, 10_000)).isEqualTo(3);
        assertThat(RunPace.FREE.chunksAtOnce(20, 10_000)).isEqualTo(20);
        assertThat(RunPace.fewestPerSecond(10_000)).isEqualTo(34);
        assertThat(RunPace.fewestPerSecond(8)).isEqualTo(1);
    }

    @Test
    void progressSaysWhatIsHandledBeforeAChunkIsDone() {
        onlyChunk(0);
        throttle(100, null);
        Pace pace = pace(0);
        pace.begin();
        for (int i = 0; i < 1_000; i++) {
            pace.take(1);
        }
        assertThat(progress().documents()).isBetween(700L, 1_000L);
        done(0);
        assertThat(progress().documents()).isZero();
        for (int i = 0; i < 1_000; i++) {
            pace.take(1);
        }
        assertThat(progress().documents())
                .as("a call that comes late adds nothing")
                .isZero();
    }
}

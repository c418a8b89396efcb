package dev.resync.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.mongodb.client.MongoClient;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import dev.resync.error.SnapshotUnknown;
import dev.resync.fixture.Background;
import dev.resync.fixture.EmbeddedMongo;
import dev.resync.fixture.RunDriver;
import dev.resync.fixture.RunFixture;
import dev.resync.fixture.SnapshotHistory;
import dev.resync.fixture.Stops;
import dev.resync.fixture.Stops.Died;
import dev.resync.run.Ending;
import dev.resync.run.ExecutionStatus;
import dev.resync.run.Run;
import dev.resync.run.RunState;
import dev.resync.run.RunUpdate;
import dev.resync.snapshot.SnapshotStore;
import dev.resync.store.MongoStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A sweeper beside a restore, another sweeper, and runs that need what it would remove. */
class SweepRaceTest {

    @RegisterExtension
    static final EmbeddedMongo MONGO = new EmbeddedMongo();

    private RunFixture fixture;
    private SnapshotHistory history;
    private List<String> ids;
    private String oldest;

    @BeforeEach
    void fill() {
        fixture = new RunFixture(MONGO.client()).filled(10);
        history = new SnapshotHistory(fixture);
        ids = history.keeping(1, 0).take(3);
        oldest = ids.get(0);
        history.later(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"before-mark", "marked", "looked"})
    void aRestoreThatIsAdmittedBeforeTheDecisionWins(String step) {
        AtomicReference<RunDriver> restore = new AtomicReference<>();
        fixture.stops().doAt(point(step), () -> restore.set(fixture.restore(oldest)));
        assertThat(history.removed()).containsExactly(ids.get(1));
        assertThat(history.isWhole(oldest)).isTrue();
        assertThat(restore.get().toEnd().ending()).isEqualTo(Ending.RESTORED);
        assertThat(fixture.context().snapshots().require(oldest).removing()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"decided", "dropped:nameView", "recorded", "forgotten"})
    void aRestoreAfterTheDecisionIsRefused(String step) {
        AtomicReference<Throwable> refused = new AtomicReference<>();
        fixture.stops().doAt(point(step), () -> refused.set(catchThrowable(() -> fixture.restore(oldest))));
        assertThat(history.removed()).containsExactly(oldest, ids.get(1));
        assertThat(refused.get()).isInstanceOf(SnapshotUnknown.class).hasMessageContaining(oldest);
    }

    /** The admission has seen the snapshot, and the sweeper has seen no run. */
    @Test
    void aRestoreThatRecordsItsRunAfterTheSweepIsRefusedAndItsRunClosed() {
        fixture.stops().doAt("admit:drafted", history::reconcile);
        assertThatThrownBy(() -> fixture.restore(oldest))
                .isInstanceOf(SnapshotUnknown.class)
                .hasMessageContaining(oldest);
        assertRefusedRunIsClosed();
    }

    /** The last chance to be wrong: the run is on record only after the sweeper's second look, and no mark is taken yet. */
    @Test
    void aRestoreThatDiesBetweenItsRecordAndItsClaimIsRefusedWhenItIsRepeated() {
        String execution = fixture.newExecution();
        JsonNode admission = fixture.admission(fixture.restoreRequest("RESTORE", oldest), execution);
        fixture.stops().dieAt("admit:recorded");
        fixture.stops().doAt(point("looked"), () -> catchThrowable(() -> fixture.call("admit", admission)));
        assertThat(history.removed()).contains(oldest);
        assertThatThrownBy(() -> fixture.call("admit", admission)).isInstanceOf(SnapshotUnknown.class);
        assertRefusedRunIsClosed();
    }

    private void assertRefusedRunIsClosed() {
        Run run = fixture.context().runs().all().get(0);
        assertThat(run.restoreFrom()).isEqualTo(oldest);
        assertThat(run.state()).isEqualTo(RunState.CLOSED);
        assertThat(run.ending()).isEqualTo(Ending.UNTOUCHED);
        assertThat(run.error().name()).isEqualTo(SnapshotUnknown.class.getName());
        assertThat(fixture.context().locks().heldBy(run.id())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"admit:recorded", "admit:locked"})
    void aSweepAfterTheRunIsOnRecordKeepsWhatItNeeds(String point) {
        AtomicReference<List<String>> removed = new AtomicReference<>();
        fixture.stops().doAt(point, () -> removed.set(history.removed()));
        RunDriver restore = fixture.restore(oldest);
        assertThat(removed.get()).containsExactly(ids.get(1));
        assertThat(restore.toEnd().ending()).isEqualTo(Ending.RESTORED);
    }

    /** Two threads at once, the restore in the middle of its admission while the sweeper waits with its mark set. */
    @Test
    void aRestoreTakesTheMarkOfASweeperInFlightAway() {
        CountDownLatch marked = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        fixture.stops().waitAt(point("looked"), marked, goOn);
        try (Background<List<String>> sweep = Background.start(history::removed)) {
            Stops.await(marked);
            assertThat(fixture.context().snapshots().require(oldest).removing()).isNotNull();
            RunDriver restore = fixture.restore(oldest).through("plan-chunks");
            goOn.countDown();
            assertThat(sweep.result()).containsExactly(ids.get(1));
            assertThat(restore.toEnd().ending()).isEqualTo(Ending.RESTORED);
        }
    }

    /** A mark that is not decided refuses no run that is on record: it goes away by itself. */
    @Test
    void aStageOfTheRestoreDoesNotMindAMark() {
        RunDriver restore = fixture.restore(oldest);
        history.tamper(oldest, "{$set: {removing: {by: 'x', since: '2026-03-01T08:00:00Z', decided: false}}}");
        restore.through("seal-snapshot");
        history.reconcile();
        assertThat(fixture.context().snapshots().require(oldest).removing()).isNull();
        assertThat(restore.toEnd().ending()).isEqualTo(Ending.RESTORED);
    }

    @ParameterizedTest
    @EnumSource(
            value = RunState.class,
            names = {"CLOSED"},
            mode = EnumSource.Mode.EXCLUDE)
    void keepsWhatARunInAnyOtherStateRefersTo(RunState state) {
        RunDriver restore = fixture.restore(oldest);
        put(restore.runId(), state);
        // As between the record of a manifest and the run's note of it.
        Instant ended = fixture.run(ownRun(ids.get(1))).endedAt();
        put(ownRun(ids.get(1)), state);
        assertThat(history.removed()).isEmpty();
        fixture.control("runs")
                .updateOne(
                        new BsonDocument("_id", new BsonString(ownRun(ids.get(1)))),
                        RunUpdate.set("state", RunState.CLOSED, "endedAt", ended));
        assertThat(history.removed()).containsExactly(ids.get(1));
        restore.closed(ExecutionStatus.ABORTED);
    }

    private String ownRun(String snapshot) {
        return fixture.context().snapshots().require(snapshot).run();
    }

    private void put(String run, RunState state) {
        fixture.control("runs")
                .updateOne(
                        new BsonDocument("_id", new BsonString(run)),
                        RunUpdate.set(
                                "state",
                                state,
                                "snapshot",
                                null,
                                "endedAt",
                                null,
                                "resumeUntil",
                                fixture.clock().instant().plusSeconds(60)));
    }

    @ParameterizedTest
    @MethodSource("dev.resync.fixture.SnapshotHistory#removalSteps")
    void twoSweepersRemoveEachSnapshotOnce(String step) {
        List<String> removed = new ArrayList<>();
        fixture.stops().doAt(point(step), () -> removed.addAll(history.removed()));
        removed.addAll(history.removed());
        assertThat(removed).containsExactlyInAnyOrder(oldest, ids.get(1));
        assertThat(history.ids()).containsExactly(ids.get(2));
        assertThat(history.isWhole(ids.get(2))).isTrue();
        assertThat(history.audited("SNAPSHOT_REMOVED", "")).hasSize(2);
        assertThat(history.audited("ALARM", "")).isEmpty();
    }

    /** A removal between the look at the manifests and the one at the collections is none that anyone must be alarmed of. */
    @Test
    void aSweepDuringALookIsNoDamage() {
        AtomicBoolean once = new AtomicBoolean();
        MongoClient looking = MONGO.newClient("", new CommandListener() {
            @Override
            public void commandStarted(CommandStartedEvent event) {
                if (event.getCommandName().equals("listCollections") && once.compareAndSet(false, true)) {
                    fixture.stops().dieAt("retention:dropped:nameView:" + ids.get(1));
                    catchThrowable(history::reconcile);
                }
            }
        });
        MongoStore store = new MongoStore(looking);
        List<Standing> standings = new RetentionReview(
                        store, new SnapshotStore(store), fixture.context().runs(), fixture.clock())
                .judge();
        assertThat(standings)
                .extracting(standing -> standing.snapshot().id())
                .as("the oldest is gone, the next one half gone")
                .containsExactly(ids.get(2), ids.get(1));
        assertThat(standings).extracting(Standing::damage).containsOnlyNulls();
        assertThat(standings.get(1).snapshot().isGoing()).isTrue();
    }

    @Test
    void manySweepersAtOnceRemoveEachSnapshotOnce() {
        ids.addAll(history.take(4));
        history.later(1);
        List<String> removed = new ArrayList<>();
        try (Background<List<String>> one = Background.start(history::removed);
                Background<List<String>> two = Background.start(history::removed);
                Background<List<String>> three = Background.start(history::removed)) {
            List.of(one, two, three).forEach(sweep -> removed.addAll(sweep.result()));
        }
        removed.addAll(history.removed());
        assertThat(removed).containsExactlyInAnyOrderElementsOf(ids.subList(0, 6));
        assertThat(history.ids()).containsExactly(ids.get(6));
        assertThat(history.audited("ALARM", "")).isEmpty();
        assertThat(history.copies()).hasSize(2);
    }

    /** The second sweeper finds the restore and takes the first one's mark away, which must not decide on its old look. */
    @Test
    void aSweeperWhoseMarkWasTakenAwayDoesNotDecide() {
        fixture.stops().doAt(point("looked"), () -> {
            String execution = fixture.newExecution();
            fixture.stops().dieAt("admit:recorded");
            assertThatThrownBy(() -> fixture.call(
                            "admit", fixture.admission(fixture.restoreRequest("RESTORE", oldest), execution)))
                    .isInstanceOf(Died.class);
            history.reconcile();
        });
        history.reconcile();
        assertThat(history.isWhole(oldest)).isTrue();
    }

    private String point(String step) {
        return "retention:" + step + ":" + oldest;
    }
}

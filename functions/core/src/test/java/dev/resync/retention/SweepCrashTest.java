package dev.resync.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.mongodb.MongoSocketReadException;
import com.mongodb.ServerAddress;
import dev.resync.error.DatabaseUnavailable;
import dev.resync.error.SnapshotUnknown;
import dev.resync.fixture.EmbeddedMongo;
import dev.resync.fixture.FaultyMongo;
import dev.resync.fixture.RunFixture;
import dev.resync.fixture.SnapshotHistory;
import dev.resync.fixture.Stops.Died;
import dev.resync.run.Ending;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A sweeper that dies between any two steps. */
class SweepCrashTest {

    @RegisterExtension
    static final EmbeddedMongo MONGO = new EmbeddedMongo();

    private RunFixture fixture;
    private SnapshotHistory history;
    private List<String> ids;

    @BeforeEach
    void fill() {
        fill(new RunFixture(MONGO.client()));
    }

    private void fill(RunFixture empty) {
        fixture = empty.filled(10);
        history = new SnapshotHistory(fixture);
        ids = history.keeping(1, 0).take(3);
        history.later(1);
    }

    @ParameterizedTest
    @MethodSource("dev.resync.fixture.SnapshotHistory#removalSteps")
    void isFinishedByTheNextOne(String step) {
        fixture.stops().dieAt("retention:" + step + ":" + ids.get(1));
        assertThatThrownBy(history::reconcile).isInstanceOf(Died.class);
        history.reconcile();
        assertGone();
        assertThat(history.removed()).isEmpty();
    }

    /** Nobody has to wait for the next sweep to bring back what a dead one had only meant to remove. */
    @ParameterizedTest
    @ValueSource(strings = {"before-mark", "marked", "looked"})
    void leavesWhatCanBeBroughtBackWhereItHadNotDecided(String step) {
        fixture.stops().dieAt("retention:" + step + ":" + ids.get(0));
        assertThatThrownBy(history::reconcile).isInstanceOf(Died.class);
        assertThat(fixture.restore(ids.get(0)).toEnd().ending()).isEqualTo(Ending.RESTORED);
        assertThat(history.isWhole(ids.get(0))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"decided", "dropped:nameView", "dropped:personView", "recorded"})
    void leavesWhatIsRefusedByNameWhereItHadDecided(String step) {
        fixture.stops().dieAt("retention:" + step + ":" + ids.get(0));
        assertThatThrownBy(history::reconcile).isInstanceOf(Died.class);
        assertThatThrownBy(() -> fixture.restore(ids.get(0)))
                .isInstanceOf(SnapshotUnknown.class)
                .hasMessageContaining(ids.get(0))
                .hasMessageContaining("is being removed since 2026-03-02T08:03:00Z");
        assertThatThrownBy(() -> fixture.context().snapshots().requireProven(ids.get(0)))
                .isInstanceOf(SnapshotUnknown.class);
        assertThat(fixture.control("locks").find())
                .allMatch(lock -> !lock.containsKey("holder") || lock.isNull("holder"));
    }

    @Test
    void takesAMarkAwayWhereTheFiguresHaveChangedSince() {
        fixture.stops().dieAt("retention:marked:" + ids.get(0));
        assertThatThrownBy(history::reconcile).isInstanceOf(Died.class);
        history.keeping(9, 0);
        ids.addAll(history.take(1));
        assertThat(history.removed()).isEmpty();
        assertThat(fixture.context().snapshots().all()).allMatch(snapshot -> snapshot.removing() == null);
    }

    /** Every write of a sweep fails once, before or after the server has done it. */
    @Test
    void loosesNothingAndLeavesNothingWhicheverWriteFails() {
        FaultyMongo faulty = new FaultyMongo(MONGO.client());
        JsonNode nothing = NullNode.getInstance();
        int writes = 1;
        for (int write = 0; write < writes; write++) {
            for (boolean after : new boolean[] {false, true}) {
                MONGO.empty();
                fill(new RunFixture(MONGO.client()));
                faulty.failAt(write, after, () -> {
                    throw new MongoSocketReadException("connection lost", new ServerAddress());
                });
                Throwable raised =
                        catchThrowable(() -> fixture.stagesOf(faulty.client()).call("reconcile", nothing));
                if (raised != null) {
                    assertThat(raised).isInstanceOf(DatabaseUnavailable.class);
                }
                assertThat(faulty.heal()).isTrue();
                history.reconcile();
                assertGone();
            }
            if (write == 0) {
                writes = writesOfASweep(faulty);
                assertThat(writes).isGreaterThan(10);
            }
        }
    }

    private int writesOfASweep(FaultyMongo faulty) {
        MONGO.empty();
        fill(new RunFixture(MONGO.client()));
        faulty.count();
        fixture.stagesOf(faulty.client()).call("reconcile", NullNode.getInstance());
        return faulty.count();
    }

    private void assertGone() {
        assertThat(history.ids()).containsExactly(ids.get(2));
        assertThat(history.isWhole(ids.get(2))).isTrue();
        assertThat(history.copies().keySet())
                .containsExactlyInAnyOrderElementsOf(new ArrayList<>(history.copiesOf(ids.get(2))));
        for (String removed : ids.subList(0, 2)) {
            assertThat(history.audited("SNAPSHOT_REMOVED", removed)).hasSize(1);
        }
    }
}

package dev.resync.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.error.PlanUnknown;
import dev.resync.fixture.EmbeddedMongo;
import dev.resync.fixture.RunDriver;
import dev.resync.fixture.RunFixture;
import dev.resync.fixture.SnapshotHistory;
import dev.resync.plan.Retention;
import dev.resync.run.Ending;
import dev.resync.run.ExecutionStatus;
import dev.resync.run.Run;
import dev.resync.snapshot.Snapshot;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Which snapshots a sweeper removes, and which it keeps. */
class SnapshotSweepTest {

    @RegisterExtension
    static final EmbeddedMongo MONGO = new EmbeddedMongo();

    private RunFixture fixture;
    private SnapshotHistory history;

    @BeforeEach
    void fill() {
        fixture = new RunFixture(MONGO.client()).filled(10);
        history = new SnapshotHistory(fixture);
    }

    @Test
    void removesWhatIsBeyondTheNumberAndOlderThanTheDays() {
        List<String> ids = history.keeping(2, 3).take(4);
        List<String> gone = history.copiesOf(ids.get(0));
        JsonNode answer = history.later(3).reconcile();
        assertThat(answer.get("removedSnapshots").findValuesAsText("id")).containsExactly(ids.get(0), ids.get(1));
        assertThat(answer.get("removedSnapshots").findValuesAsText("documents")).containsExactly("20", "20");
        assertThat(answer.get("damagedSnapshots")).isEmpty();
        assertThat(history.ids()).containsExactly(ids.get(2), ids.get(3));
        assertThat(history.copies()).hasSize(4).doesNotContainKeys(gone.toArray(String[]::new));
        assertThat(history.audited("SNAPSHOT_REMOVED", ids.get(0)))
                .singleElement()
                .asString()
                .contains("20 documents");
        assertThat(ids.subList(2, 4)).allMatch(history::isWhole);
        assertThat(history.removed()).isEmpty();
    }

    @Test
    void keepsWhatIsYoungHoweverManyThereAre() {
        history.keeping(1, 3).take(4);
        fixture.clock().pass(Duration.ofDays(3).minus(Duration.ofMinutes(4)));
        assertThat(history.removed()).isEmpty();
        assertThat(history.later(1).removed()).hasSize(3);
    }

    @Test
    void keepsTheNumberHoweverOldTheyAre() {
        history.keeping(4, 0).take(4);
        assertThat(history.later(9000).removed()).isEmpty();
    }

    @Test
    void whatTheNewestSaysCountsForAll() {
        List<String> ids = history.keeping(1, 0).take(3);
        ids.addAll(history.keeping(3, 0).take(1));
        assertThat(history.later(1).removed()).containsExactly(ids.get(0));
        ids.addAll(history.keeping(1, 40).take(1));
        assertThat(history.later(38).removed()).isEmpty();
        assertThat(history.later(1).removed()).containsExactly(ids.get(1), ids.get(2), ids.get(3));
    }

    @Test
    void needsNoPlans() {
        List<String> ids = history.keeping(1, 0).take(2);
        fixture.plans().onLoad(() -> {
            throw new PlanUnknown("people", List.of());
        });
        assertThat(history.later(1).removed()).containsExactly(ids.get(0));
    }

    @Test
    void aRestoresOwnSnapshotHasTheFiguresOfTheOneThatItBringsBack() {
        String old = history.keeping(7, 70).take(1).get(0);
        history.keeping(1, 0);
        fixture.plans().onLoad(() -> {
            throw new PlanUnknown("people", List.of());
        });
        Run restore = fixture.restore(old).toEnd();
        Snapshot taken = fixture.context().snapshots().requireProven(restore.snapshot());
        assertThat(taken.retention()).isEqualTo(new Retention(7, 70));
        assertThat(taken.plan()).isEqualTo("people");
    }

    /** The way back of a run that had replaced one of two views takes a snapshot of that view alone. */
    @Test
    void keepsTheNewestOfEachTargetWhereTheNewestOfAllHoldsNotAll() {
        List<String> before = history.keeping(1, 0).take(1);
        fixture.clock().pass(Duration.ofMinutes(1));
        RunDriver run = fixture.execute().upTo("cut-over");
        String whole = run.run().snapshot();
        fixture.stops().dieAt("cut-over:before-rename:personView");
        catchThrowable(() -> run.step("cut-over"));
        fixture.clock().pass(Duration.ofMinutes(1));
        assertThat(run.closed(ExecutionStatus.FAILED).ending()).isEqualTo(Ending.RESTORED);
        String part = run.run().snapshot();
        assertThat(fixture.context().snapshots().require(part).targets()).hasSize(1);
        assertThat(history.later(1).removed()).contains(before.get(0)).doesNotContain(whole, part);
        assertThat(history.isWhole(whole)).isTrue();
        List<String> after = history.take(1);
        assertThat(history.later(1).removed()).containsExactly(whole, part);
        assertThat(history.ids()).isEqualTo(after);
    }

    @Test
    void waitsUntilNothingOfItsRunCanBeInFlight() {
        List<String> ids = history.keeping(1, 0).take(2);
        fixture.clock().pass(Duration.ofMinutes(58));
        assertThat(history.removed()).isEmpty();
        fixture.clock().pass(Duration.ofMinutes(1));
        assertThat(history.removed()).containsExactly(ids.get(0));
    }

    @Test
    void leavesThoseOfOtherEnvironmentsAlone() {
        List<String> ids = history.keeping(1, 0).take(3);
        for (String id : ids) {
            Snapshot mine = fixture.context().snapshots().require(id);
            history.replace(Snapshot.seal(
                    id, mine.run(), mine.plan(), "prod", mine.sealedAt(), mine.targets(), mine.retention()));
        }
        assertThat(history.later(1).removed()).isEmpty();
        assertThat(history.ids()).isEqualTo(ids);
    }

    @Test
    void aManifestFromBeforeThereWereFiguresIsGenuineAndHasTheDefaults() {
        List<String> ids = history.keeping(1, 0).take(7);
        for (String id : ids) {
            Snapshot mine = fixture.context().snapshots().require(id);
            history.replace(Snapshot.seal(
                    id, mine.run(), mine.plan(), mine.environment(), mine.sealedAt(), mine.targets(), null));
        }
        assertThat(history.later(29).removed()).isEmpty();
        assertThat(history.later(2).removed()).containsExactly(ids.get(0), ids.get(1));
    }
}

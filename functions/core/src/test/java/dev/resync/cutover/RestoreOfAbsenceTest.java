package dev.resync.cutover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Updates;
import dev.resync.error.GateRefused;
import dev.resync.error.LiveDrifted;
import dev.resync.error.SnapshotDamaged;
import dev.resync.fixture.EmbeddedMongo;
import dev.resync.fixture.RunDriver;
import dev.resync.fixture.RunFixture;
import dev.resync.hash.ContentHash;
import dev.resync.run.Ending;
import dev.resync.run.ExecutionStatus;
import dev.resync.run.Run;
import java.time.Duration;
import java.util.List;
import org.bson.BsonDocument;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A target that did not exist before: bringing the snapshot back drops it. */
class RestoreOfAbsenceTest {

    @RegisterExtension
    static final EmbeddedMongo MONGO = new EmbeddedMongo();

    private RunFixture fixture;
    private ContentHash oldPersons;

    @BeforeEach
    void takeNameViewAway() {
        fixture = new RunFixture(MONGO.client()).filled(5).without("nameView");
        oldPersons = fixture.live("personView");
    }

    @Test
    void dropsWhatTheRunCreated() {
        Run run = fixture.execute().toEnd();
        assertThat(fixture.live("nameView").documents()).isEqualTo(5);
        Run restore = fixture.restore(run.snapshot()).toEnd();
        assertThat(restore.ending()).isEqualTo(Ending.RESTORED);
        assertOld();
        JsonNode account = restore.receipt().at("/targets/nameView");
        assertThat(account.get("before").intValue()).isEqualTo(5);
        assertThat(account.get("after").intValue()).isZero();
        assertThat(account.get("removed").intValue()).isEqualTo(5);
        assertThat(restore.receipt().at("/targets/personView/changed").intValue())
                .isEqualTo(5);
    }

    @Test
    void restoreIsUndoneWithContentAndIndexes() {
        Run run = fixture.execute().toEnd();
        fixture.collection("nameView").createIndex(Indexes.ascending("label"));
        List<ContentHash> published = fixture.live();
        Run restore = fixture.restore(run.snapshot()).toEnd();
        assertOld();
        Run undone = fixture.restore(restore.snapshot()).toEnd();
        assertThat(undone.ending()).isEqualTo(Ending.RESTORED);
        assertThat(fixture.live()).isEqualTo(published);
        assertThat(fixture.collection("nameView").listIndexes())
                .extracting(index -> index.getString("name"))
                .containsExactlyInAnyOrder("_id_", "label_1");
        assertThat(fixture.restore(run.snapshot()).toEnd().ending()).isEqualTo(Ending.RESTORED);
        assertOld();
    }

    @Test
    void dropsAllWhereNothingExistedBefore() {
        fixture.collection("personView").drop();
        Run run = fixture.execute().toEnd();
        List<ContentHash> published = fixture.live();
        RunDriver restore = fixture.restore(run.snapshot()).through("plan-chunks");
        assertThat(restore.count("restore")).isZero();
        assertThat(restore.toEnd().ending()).isEqualTo(Ending.RESTORED);
        assertThat(fixture.exists("nameView")).isFalse();
        assertThat(fixture.exists("personView")).isFalse();
        fixture.restore(restore.run().snapshot()).toEnd();
        assertThat(fixture.live()).isEqualTo(published);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nameView", "nameView,personView"})
    void hasNothingToDoWhereTheTargetIsMissingAlready(String missing) {
        for (String target : missing.split(",")) {
            fixture.collection(target).drop();
        }
        Run run = fixture.execute().toEnd();
        for (String target : missing.split(",")) {
            fixture.collection(target).drop();
        }
        Run restore = fixture.restore(run.snapshot()).toEnd();
        assertThat(restore.ending()).isEqualTo(Ending.RESTORED);
        for (String target : missing.split(",")) {
            assertThat(fixture.exists(target)).isFalse();
            assertThat(restore.receipt().at("/targets/" + target + "/before").intValue())
                    .isZero();
        }
    }

    @Test
    void dropsAnEmptyCollectionToo() {
        Run run = fixture.execute().toEnd();
        fixture.collection("nameView").deleteMany(new BsonDocument());
        RunDriver restore = fixture.restore(run.snapshot()).upTo("cut-over");
        fixture.stops().dieAt("cut-over:after-rename:nameView");
        catchThrowable(() -> restore.step("cut-over"));
        assertThat(restore.toEnd().ending()).isEqualTo(Ending.RESTORED);
        assertOld();
    }

    /** Where the server gives no UUIDs, an empty displaced collection looks like the placeholder of a closing. */
    @Test
    void emptyCollectionComesBackWhereTheRestoreIsClosedHalfWay() {
        Run run = fixture.execute().toEnd();
        fixture.collection("nameView").deleteMany(new BsonDocument());
        ContentHash publishedPersons = fixture.live("personView");
        RunDriver restore = fixture.restore(run.snapshot()).upTo("cut-over");
        fixture.stops().dieAt("cut-over:after-rename:nameView");
        catchThrowable(() -> restore.step("cut-over"));
        assertThat(restore.closed(ExecutionStatus.TIMED_OUT).ending()).isEqualTo(Ending.RESTORED);
        assertThat(fixture.exists("nameView")).isTrue();
        assertThat(fixture.live("personView")).isEqualTo(publishedPersons);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"plan-chunks", "seal-snapshot", "seal-shadow", "verify", "pre-cut-over", "cut-over", "finish"})
    void aStageCalledAgainAnswersTheSame(String stage) {
        RunDriver restore =
                fixture.restore(fixture.execute().toEnd().snapshot()).upTo(stage);
        if (stage.startsWith("seal-")) {
            restore.chunks(stage.equals("seal-shadow") ? "restore" : "snapshot");
        }
        JsonNode first = restore.step(stage);
        assertThat(restore.step(stage)).isEqualTo(first);
        assertThat(restore.toEnd().ending()).isEqualTo(Ending.RESTORED);
        assertOld();
    }

    @ParameterizedTest
    @CsvSource({
        "cut-over:planned, UNTOUCHED",
        "cut-over:before-rename:nameView, UNTOUCHED",
        "cut-over:after-rename:nameView, RESTORED",
        "cut-over:before-rename:personView, RESTORED",
        "cut-over:after-rename:personView, RESTORED",
        "cut-over:complete, RESTORED"
    })
    void dropsWhatAnAbortedRunCreated(String point, Ending ending) {
        RunDriver run = fixture.execute().upTo("cut-over");
        fixture.stops().dieAt(point);
        catchThrowable(() -> run.step("cut-over"));
        assertThat(run.closed(ExecutionStatus.ABORTED).ending()).isEqualTo(ending);
        assertOld();
    }

    @ParameterizedTest
    @CsvSource({
        "cut-over:planned, UNTOUCHED, false",
        "cut-over:before-rename:nameView, UNTOUCHED, false",
        "cut-over:after-rename:nameView, RESTORED, false",
        "cut-over:before-rename:personView, RESTORED, false",
        "cut-over:after-rename:personView, RESTORED, true",
        "cut-over:complete, RESTORED, true"
    })
    void stoppedRestoreEndsWithTheOldViewsOrTheNew(String point, Ending ending, boolean old) {
        Run run = fixture.execute().toEnd();
        List<ContentHash> published = fixture.live();
        RunDriver restore = fixture.restore(run.snapshot()).upTo("cut-over");
        fixture.stops().dieAt(point);
        catchThrowable(() -> restore.step("cut-over"));
        assertThat(restore.closed(ExecutionStatus.TIMED_OUT).ending()).isEqualTo(ending);
        if (old) {
            assertOld();
        } else {
            assertThat(fixture.live()).isEqualTo(published);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"cut-over:planned", "cut-over:before-rename:nameView", "cut-over:after-rename:nameView"})
    void stoppedRollBackIsTakenUpAgain(String point) {
        RunDriver run = fixture.execute().through("cut-over").ended(ExecutionStatus.ABORTED);
        String by = fixture.newExecution();
        RunDriver rollback =
                run.rollback(fixture.close(run.execution(), by), by).upTo("cut-over");
        fixture.stops().dieAt(point);
        catchThrowable(() -> rollback.step("cut-over"));
        assertThat(rollback.closed(ExecutionStatus.TIMED_OUT).ending()).isEqualTo(Ending.RESTORED);
        assertOld();
    }

    @Test
    void stoppedRestoreThatHadNothingToDropIsNotRolledBack() {
        Run run = fixture.execute().toEnd();
        fixture.collection("nameView").drop();
        ContentHash published = fixture.live("personView");
        RunDriver restore = fixture.restore(run.snapshot()).upTo("cut-over");
        fixture.stops().dieAt("cut-over:before-rename:personView");
        catchThrowable(() -> restore.step("cut-over"));
        assertThat(restore.closed(ExecutionStatus.TIMED_OUT).ending()).isEqualTo(Ending.UNTOUCHED);
        assertThat(fixture.exists("nameView")).isFalse();
        assertThat(fixture.live("personView")).isEqualTo(published);
    }

    @Test
    void driftOfWhatIsToBeDroppedIsRefused() {
        Run run = fixture.execute().toEnd();
        RunDriver early = fixture.restore(run.snapshot()).upTo("verify");
        fixture.insert("nameView", "{_id: 'late'}");
        assertThatThrownBy(() -> early.step("verify"))
                .isInstanceOf(GateRefused.class)
                .hasMessageContaining("drift of nameView");
        early.closed(ExecutionStatus.FAILED);
        RunDriver late = fixture.restore(run.snapshot()).upTo("cut-over");
        fixture.insert("nameView", "{_id: 'later'}");
        assertThatThrownBy(() -> late.step("cut-over")).isInstanceOf(LiveDrifted.class);
        assertThat(fixture.live("nameView").documents()).isEqualTo(7);
    }

    @Test
    void manifestThatWasMadeToSayAbsentDropsNothing() {
        fixture = new RunFixture(MONGO.client()).filled(5);
        Run run = fixture.execute().toEnd();
        List<ContentHash> published = fixture.live();
        fixture.control("snapshots").updateOne(new BsonDocument(), Updates.unset("targets.0.collection"));
        RunDriver restore = fixture.restore(run.snapshot());
        assertThatThrownBy(() -> restore.step("plan-chunks")).isInstanceOf(SnapshotDamaged.class);
        assertThat(restore.closed(ExecutionStatus.FAILED).ending()).isEqualTo(Ending.UNTOUCHED);
        assertThat(fixture.live()).isEqualTo(published);
    }

    @Test
    void sweeperKeepsWhatWasDisplacedForAnHour() {
        Run run = fixture.execute().toEnd();
        ContentHash created = fixture.live("nameView");
        Run restore = fixture.restore(run.snapshot()).toEnd();
        assertThat(fixture.displaced())
                .containsExactly("resync." + restore.shortId() + ".1.shadow.0.displaced")
                .first()
                .extracting(fixture::live)
                .isEqualTo(created);
        fixture.clock().pass(Duration.ofMinutes(59));
        assertThat(sweep()).isZero();
        assertThat(fixture.displaced()).hasSize(1);
        fixture.clock().pass(Duration.ofMinutes(1));
        assertThat(sweep()).isEqualTo(1);
        assertThat(fixture.displaced()).isEmpty();
        assertThat(sweep()).isZero();
        assertOld();
    }

    private int sweep() {
        return fixture.call("reconcile", null).get("swept").intValue();
    }

    private void assertOld() {
        assertThat(fixture.exists("nameView")).as("nameView exists").isFalse();
        assertThat(fixture.live("personView")).isEqualTo(oldPersons);
    }
}

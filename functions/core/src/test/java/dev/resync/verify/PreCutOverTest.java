package dev.resync.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import dev.resync.error.LiveDrifted;
import dev.resync.error.VerdictExpired;
import dev.resync.fixture.EmbeddedMongo;
import dev.resync.fixture.RunDriver;
import dev.resync.fixture.RunFixture;
import dev.resync.fixture.Stops;
import dev.resync.hash.ContentHash;
import dev.resync.run.Ending;
import dev.resync.run.ExecutionStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What must hold right before live is changed. */
class PreCutOverTest {

    @RegisterExtension
    static final EmbeddedMongo MONGO = new EmbeddedMongo();

    private final RunFixture fixture = new RunFixture(MONGO.client());

    @Test
    void refusesAVerdictThatIsTooOld() {
        RunDriver run = fixture.filled(5).execute().upTo("pre-cut-over");
        fixture.clock().pass(Duration.ofMinutes(60).plusMillis(1));
        assertThatThrownBy(() -> run.step("pre-cut-over")).isInstanceOf(VerdictExpired.class);
    }

    @Test
    void refusesACutOverLongAfterIt() {
        RunDriver run = fixture.filled(5).execute().through("pre-cut-over");
        List<ContentHash> live = fixture.live();
        fixture.clock().pass(Duration.ofMinutes(60).plusMillis(1));
        assertThatThrownBy(() -> run.step("cut-over"))
                .isInstanceOf(VerdictExpired.class)
                .hasMessageEndingWith(
                        ". Resume the run from MAP to verify again, or start a new one; live is unchanged.");
        assertThat(fixture.live()).isEqualTo(live);
    }

    @Test
    void asksForAnotherRestoreWhereOneWasNotLookedAtAgain() {
        String snapshot = fixture.filled(5).execute().toEnd().snapshot();
        RunDriver restore = fixture.restore(snapshot).upTo("pre-cut-over");
        assertThatThrownBy(() -> restore.step("cut-over"))
                .isInstanceOf(VerdictExpired.class)
                .hasMessageEndingWith(". Ask for the restore again; live is unchanged.");
    }

    @Test
    void saysThatAWayBackIsTriedAgain() {
        RunDriver run = fixture.filled(5).execute().upTo("cut-over");
        fixture.stops().dieAt("cut-over:after-rename:nameView");
        assertThatThrownBy(() -> run.step("cut-over")).isInstanceOf(Stops.Died.class);
        run.ended(ExecutionStatus.ABORTED);
        String by = fixture.newExecution();
        RunDriver back = run.rollback(fixture.close(run.execution(), by), by).upTo("pre-cut-over");
        assertThatThrownBy(() -> back.step("cut-over"))
                .isInstanceOf(VerdictExpired.class)
                .hasMessageEndingWith(". This call changed nothing; reconcile closes the run again.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nameView", "personView"})
    void refusesWhereLiveWasWrittenTo(String target) {
        RunDriver run = fixture.filled(5).execute().upTo("pre-cut-over");
        fixture.collection(target).updateOne(new BsonDocument(), BsonDocument.parse("{$set: {written: true}}"));
        assertThatThrownBy(() -> run.step("pre-cut-over"))
                .isInstanceOf(LiveDrifted.class)
                .hasMessageContaining(target);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pre-cut-over", "cut-over"})
    void refusesWhereLiveGotAnIndex(String step) {
        RunDriver run = fixture.filled(5).execute().upTo(step);
        fixture.collection("personView").createIndex(Indexes.ascending("name"));
        List<ContentHash> live = fixture.live();
        assertThatThrownBy(() -> run.step(step))
                .isInstanceOf(LiveDrifted.class)
                .hasMessageContaining("personView: live got the indexes")
                .hasMessageContaining("name_1");
        assertThat(fixture.live()).isEqualTo(live);
    }

    /** A TTL index takes documents away, and is made anew only where the snapshot has it. */
    @Test
    void refusesWhereLiveGotAnIndexThatExpires() {
        RunDriver run = fixture.filled(5).execute().upTo("cut-over");
        fixture.collection("nameView")
                .createIndex(Indexes.ascending("at"), new IndexOptions().expireAfter(1000L, TimeUnit.DAYS));
        assertThatThrownBy(() -> run.step("cut-over"))
                .isInstanceOf(LiveDrifted.class)
                .hasMessageContaining("nameView");
    }

    @Test
    void letsLiveLoseAnIndex() {
        fixture.filled(5).collection("personView").createIndex(Indexes.ascending("name"));
        RunDriver run = fixture.execute().upTo("pre-cut-over");
        // The embedded server cannot drop an index cleanly.
        List<BsonDocument> documents = fixture.collection("personView").find().into(new ArrayList<>());
        fixture.collection("personView").drop();
        fixture.collection("personView").insertMany(documents);
        assertThat(run.toEnd().ending()).isEqualTo(Ending.CUT_OVER);
    }

    @Test
    void isNoWayToPublishADryRun() {
        RunDriver run = fixture.filled(5).admit(fixture.request("DRY_RUN")).through("verify");
        List<ContentHash> live = fixture.live();
        run.step("pre-cut-over");
        assertThatThrownBy(() -> run.step("cut-over")).isInstanceOf(RuntimeException.class);
        assertThat(fixture.live()).isEqualTo(live);
    }
}

package dev.resync.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resync.error.LiveDrifted;
import dev.resync.error.VerdictExpired;
import dev.resync.fixture.EmbeddedMongo;
import dev.resync.fixture.RunDriver;
import dev.resync.fixture.RunFixture;
import dev.resync.hash.ContentHash;
import java.time.Duration;
import java.util.List;
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
        assertThatThrownBy(() -> run.step("cut-over")).isInstanceOf(VerdictExpired.class);
        assertThat(fixture.live()).isEqualTo(live);
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

    @Test
    void isNoWayToPublishADryRun() {
        RunDriver run = fixture.filled(5).admit(fixture.request("DRY_RUN")).through("verify");
        List<ContentHash> live = fixture.live();
        run.step("pre-cut-over");
        assertThatThrownBy(() -> run.step("cut-over")).isInstanceOf(RuntimeException.class);
        assertThat(fixture.live()).isEqualTo(live);
    }
}

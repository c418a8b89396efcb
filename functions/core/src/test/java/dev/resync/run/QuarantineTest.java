package dev.resync.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resync.error.GateRefused;
import dev.resync.fixture.EmbeddedMongo;
import dev.resync.fixture.RunDriver;
import dev.resync.fixture.RunFixture;
import dev.resync.run.Quarantine.Place;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonDocument;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The quarantine of a run can be read at any time of its life. */
class QuarantineTest {

    private static final int BROKEN = 12;

    @RegisterExtension
    static final EmbeddedMongo MONGO = new EmbeddedMongo();

    private RunFixture fixture;
    private List<QuarantineEntry> all;

    @BeforeEach
    void fill() {
        fixture = new RunFixture(MONGO.client()).filled(30);
        fixture.plans().deployWith("\"quarantine\": {\"maxShare\": 0.5}", "\"quarantine\": {\"maxShare\": 0}");
        for (int i = 0; i < BROKEN; i++) {
            fixture.collection("people")
                    .updateOne(
                            BsonDocument.parse("{_id: '%s'}".formatted(RunFixture.key(i * 2))),
                            BsonDocument.parse("{$set: {age: 'old %d'}}".formatted(i)));
        }
    }

    @Test
    void beforeAndAfterTheSealAndWhenTheRunIsClosed() {
        RunDriver driver = fixture.execute().upTo("seal-shadow");
        assertThat(read(driver.run(), Place.OPEN)).as("nothing is mapped yet").isEmpty();
        driver.chunks("map");
        all = read(driver.run(), Place.OPEN);
        assertThat(all).hasSize(BROKEN);
        assertThat(all.get(1).key().asText()).isEqualTo(RunFixture.key(2));
        assertThat(all.get(1).problems())
                .containsExactly(new QuarantineEntry.Problem("bad-number", "people", "age", "old 1", "personView.age"));
        driver.through("seal-shadow");
        assertThat(read(driver.run(), Place.SEALED)).isEqualTo(all);
        assertThatThrownBy(() -> driver.step("verify")).isInstanceOf(GateRefused.class);
        driver.closed(ExecutionStatus.ABORTED);
        assertThat(read(driver.run(), Place.ARCHIVE)).isEqualTo(all);
        assertThat(driver.run().receipt().at("/quarantine/0/count").asInt()).isEqualTo(BROKEN);
    }

    @Test
    void whileItIsSuspendedAndBeingClosed() {
        RunDriver driver = fixture.execute().through("seal-shadow");
        all = read(driver.run(), Place.SEALED);
        Run run = driver.run();
        Run closing = fixture.context()
                .runs()
                .change(
                        run.id(),
                        run.epoch(),
                        List.of(RunState.OPEN),
                        RunUpdate.raisingEpoch(RunUpdate.set("state", RunState.CLOSING)))
                .orElseThrow();
        assertThat(read(closing, Place.SEALED)).isEqualTo(all).hasSize(BROKEN);
    }

    @Test
    void ofARunThatIsClosedBeforeItsQuarantineWasSealed() {
        RunDriver driver = fixture.execute().upTo("seal-shadow");
        driver.chunks("map");
        Run run = driver.run();
        Run closing = fixture.context()
                .runs()
                .change(
                        run.id(),
                        run.epoch(),
                        List.of(RunState.OPEN),
                        RunUpdate.raisingEpoch(RunUpdate.set("state", RunState.CLOSING)))
                .orElseThrow();
        assertThat(read(closing, Place.OPEN)).as("in the epoch that mapped").hasSize(BROKEN);
    }

    private List<QuarantineEntry> read(Run run, Place place) {
        assertThat(Quarantine.placeOf(run)).isEqualTo(place);
        List<QuarantineEntry> found = new ArrayList<>();
        new Quarantine(fixture.context().store()).forEach(run, found::add);
        return found;
    }
}

package dev.resync.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import dev.resync.error.RunClosed;
import dev.resync.fixture.EmbeddedMongo;
import dev.resync.fixture.MongoProxy;
import dev.resync.fixture.RunDriver;
import dev.resync.fixture.RunFixture;
import dev.resync.fixture.Stops;
import dev.resync.run.Ending;
import dev.resync.run.ExecutionStatus;
import dev.resync.run.Run;
import dev.resync.verify.Difference.Example;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bson.BsonDocument;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The report that is shown of a run is the one of its verdict, whoever else compared live and shadows. */
class DifferenceStoreTest {

    @RegisterExtension
    static final EmbeddedMongo MONGO = new EmbeddedMongo();

    private RunFixture fixture;
    private RunDriver run;

    @BeforeEach
    void fill() {
        fixture = new RunFixture(MONGO.client()).filled(4);
        run = fixture.execute().upTo("verify");
    }

    private Optional<DifferenceReport> report() {
        return new DifferenceStore(fixture.context().store()).of(run.run());
    }

    /** Returns how the report has the name that live had before the first person's. */
    private String nameBefore() {
        FieldDifference name = report().orElseThrow().targets().stream()
                .filter(target -> target.target().equals("personView"))
                .flatMap(target -> target.fields().stream())
                .filter(field -> field.field().equals("name"))
                .findFirst()
                .orElseThrow();
        List<Example> examples = name.changed().examples();
        assertThat(examples.get(0).key().asText()).isEqualTo("p0000");
        return examples.get(0).before();
    }

    private long reports() {
        return fixture.control("differences").countDocuments();
    }

    private void changeLive(String name) {
        fixture.collection("personView")
                .updateOne(BsonDocument.parse("{_id: 'p0000'}"), BsonDocument.parse("{$set: {name: '" + name + "'}}"));
    }

    /** Lets a verify read its run, then something else happen before it compares. */
    private void verifyLate(Runnable meanwhile) {
        AtomicBoolean happened = new AtomicBoolean();
        MongoClient client = MongoProxy.around(MONGO.client(), call -> {
            boolean compares = call.real() instanceof MongoCollection<?> collection
                    && call.name().equals("find")
                    && collection.getNamespace().getCollectionName().equals("personView");
            if (compares && !happened.getAndSet(true)) {
                meanwhile.run();
            }
            return call.proceed();
        });
        fixture.stagesOf(client).call("verify", run.event());
        assertThat(happened).isTrue();
    }

    @Test
    void aLateVerifyLeavesTheReportOfTheVerdictThatCounts() {
        verifyLate(() -> {
            run.through("verify").through("pre-cut-over");
            changeLive("Late");
        });
        assertThat(run.run().verdict().renewed()).isTrue();
        assertThat(nameBefore()).isEqualTo("Old 0");
        assertThat(reports()).as("the other is gone").isEqualTo(1);
    }

    @Test
    void theReportOfAVerdictThatTookThePlaceOfAnotherCounts() {
        run.step("verify");
        changeLive("Changed");
        fixture.clock().pass(Duration.ofSeconds(1));
        assertThatThrownBy(() -> run.step("verify")).hasMessageContaining("drift");
        assertThat(nameBefore()).isEqualTo("Changed");
        assertThat(reports()).as("the other is gone").isEqualTo(1);
    }

    @Test
    void verifyMayRunAsOftenAsItLikes() {
        for (int i = 0; i < 3; i++) {
            run.step("verify");
        }
        assertThat(nameBefore()).isEqualTo("Old 0");
        assertThat(reports()).isEqualTo(1);
    }

    @Test
    void whatAClosedRunFoundLateIsNotShown() {
        run.step("verify");
        changeLive("Late");
        fixture.stops().doAt("verify:judged", () -> run.closed(ExecutionStatus.ABORTED));
        assertThatThrownBy(() -> run.step("verify")).isInstanceOf(RunClosed.class);
        assertThat(nameBefore()).isEqualTo("Old 0");
    }

    @Test
    void aRunThatWentBackHasTheReportOfTheViewThatItTookBack() {
        run.upTo("cut-over");
        fixture.stops().dieAt("cut-over:after-rename:nameView");
        assertThatThrownBy(() -> run.step("cut-over")).isInstanceOf(Stops.Died.class);
        Run closed = run.closed(ExecutionStatus.ABORTED);
        assertThat(closed.ending()).isEqualTo(Ending.RESTORED);
        assertThat(closed.verdict().epoch())
                .as("the roll-back has a verdict of its own")
                .isGreaterThan(run.epoch());
        assertThat(nameBefore()).isEqualTo("Old 0");
    }

    @Test
    void aRestoreHasNone() {
        run.toEnd();
        run = fixture.restore(run.run().snapshot());
        run.toEnd();
        assertThat(report()).isEmpty();
    }
}

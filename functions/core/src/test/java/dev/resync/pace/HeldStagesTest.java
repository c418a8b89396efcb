package dev.resync.pace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.mongodb.client.model.Updates;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import dev.resync.error.RunHeld;
import dev.resync.fixture.EmbeddedMongo;
import dev.resync.fixture.RunDriver;
import dev.resync.fixture.RunFixture;
import dev.resync.fixture.Stops;
import dev.resync.hash.ContentHash;
import dev.resync.pace.Throttle.Limit;
import dev.resync.run.AuditTrail.Asked;
import dev.resync.run.Ending;
import dev.resync.run.ExecutionStatus;
import dev.resync.store.ControlJson;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every stage that reads or writes in bulk, or changes live, keeps to the pace of its run. */
class HeldStagesTest {

    @RegisterExtension
    static final EmbeddedMongo MONGO = new EmbeddedMongo();

    private static final Asked ADA = new Asked("Ada", null, "command-line", null, null, "the database is busy");
    private static final int PEOPLE = 40;

    private final AtomicReference<Runnable> onBulkRead = new AtomicReference<>();
    private RunFixture fixture;
    private PaceControl control;

    @BeforeEach
    void begin() {
        CommandListener listener = new CommandListener() {
            @Override
            public void commandStarted(CommandStartedEvent event) {
                BsonValue collection = event.getCommand().get("find", new BsonString(""));
                boolean bulk = collection.asString().getValue().startsWith("resync.");
                Runnable action = bulk ? onBulkRead.getAndSet(null) : null;
                if (action != null) {
                    action.run();
                }
            }
        };
        fixture = new RunFixture(
                        MONGO.client(),
                        MONGO.newClient("", listener),
                        RunFixture.profile("\"confirmation\": \"plan-hash\", \"dryRun\": {\"required\": false}", false))
                .filled(PEOPLE);
        control = new PaceControl(fixture.context().runs(), fixture.context().audit(), fixture.clock(), "test");
    }

    @ParameterizedTest
    @CsvSource({"snapshot, 80", "sync, 80", "map, 40"})
    void documentsOfEachChunkStageAreCountedAsItsProgressCountsThem(String kind, int documents) {
        RunDriver run = fixture.execute();
        run.upTo(kind.equals("snapshot") ? "seal-snapshot" : kind.equals("sync") ? "seal-staging" : "seal-shadow");
        control.throttle(run.runId(), new Throttle(new Limit(4), new Limit(1)), ADA);
        Duration before = fixture.time().passed();
        run.chunks(kind);
        assertThat(fixture.time().passed().minus(before).toMillis())
                .isCloseTo(documents * 250L, within(documents * 5L));
        long counted = fixture.context().chunks().progress(run.runId(), run.epoch()).stream()
                .filter(stage -> stage.stage().function().equals(kind + "-chunk"))
                .findFirst()
                .orElseThrow()
                .documents();
        assertThat(counted).isEqualTo(documents);
    }

    @Test
    void documentsOfARestoreAreCountedAsItsProgressCountsThem() {
        String snapshot = fixture.execute().toEnd().snapshot();
        RunDriver restore = fixture.admit(
                        fixture.restoreRequest("RESTORE", snapshot).put("chunkDocuments", 8))
                .upTo("seal-shadow");
        control.throttle(restore.runId(), new Throttle(new Limit(4), new Limit(1)), ADA);
        Duration before = fixture.time().passed();
        restore.chunks("restore");
        assertThat(fixture.time().passed().minus(before).toMillis()).isCloseTo(20_000, within(400L));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"seal-snapshot", "seal-staging", "seal-shadow", "verify", "catch-up", "pre-cut-over", "cut-over"
            })
    void aStageOfAHeldRunWaitsAndIsAskedAgain(String step) {
        List<ContentHash> live = fixture.live();
        RunDriver run = fixture.execute().upTo(step);
        if (step.startsWith("seal")) {
            run.chunks(kindOf(step));
        }
        control.hold(run.runId(), ADA);
        assertThatThrownBy(() -> run.step(step)).isInstanceOf(RunHeld.class).hasMessageContaining("held by Ada");
        assertThat(fixture.time().passed()).isEqualTo(RunWatch.LONGEST_WAIT);
        assertThat(fixture.live()).isEqualTo(live);
        fixture.time().after(Duration.ofSeconds(9), () -> control.release(run.runId(), ADA));
        run.step(step);
        assertThat(fixture.time().passed()).isEqualTo(RunWatch.LONGEST_WAIT.plusSeconds(10));
        assertThat(run.toEnd().ending()).isEqualTo(Ending.CUT_OVER);
    }

    private static String kindOf(String seal) {
        return seal.equals("seal-snapshot") ? "snapshot" : seal.equals("seal-staging") ? "sync" : "map";
    }

    @ParameterizedTest
    @ValueSource(strings = {"seal-snapshot", "seal-staging", "seal-shadow", "verify"})
    void aHoldIsObeyedInTheMiddleOfALongRead(String step) {
        RunDriver run = fixture.execute().upTo(step);
        if (step.startsWith("seal")) {
            run.chunks(kindOf(step));
        }
        onBulkRead.set(() -> {
            control.hold(run.runId(), ADA);
            fixture.time().pass(RunWatch.EVERY);
        });
        assertThatThrownBy(() -> run.step(step)).isInstanceOf(RunHeld.class);
        assertThat(fixture.time().passed()).isEqualTo(RunWatch.EVERY.plus(RunWatch.LONGEST_WAIT));
        control.release(run.runId(), ADA);
        assertThat(run.toEnd().ending()).isEqualTo(Ending.CUT_OVER);
    }

    @Test
    void aHoldDuringTheLastLookKeepsTheCutOverFromBeginning() {
        List<ContentHash> live = fixture.live();
        RunDriver run = fixture.execute().upTo("cut-over");
        fixture.plans().onLoad(() -> {
            fixture.plans().onLoad(() -> {});
            control.hold(run.runId(), ADA);
        });
        // The stages of another process, which have not read the plan yet.
        assertThatThrownBy(() -> fixture.stagesOf("1.0").call("cut-over", run.event()))
                .isInstanceOf(RunHeld.class)
                .hasMessageContaining("Live is unchanged");
        assertThat(run.run().cutOverAt()).isNull();
        assertThat(fixture.live()).isEqualTo(live);
        control.release(run.runId(), ADA);
        assertThat(run.toEnd().ending()).isEqualTo(Ending.CUT_OVER);
    }

    /** No hold can be asked for then; one that is there all the same must not keep live half changed. */
    @Test
    void aRunThatGoesBackIsNotHeld() {
        List<ContentHash> live = fixture.live();
        RunDriver run = fixture.execute().upTo("cut-over");
        fixture.stops().dieAt("cut-over:after-rename:nameView");
        assertThatThrownBy(() -> run.step("cut-over")).isInstanceOf(Stops.Died.class);
        fixture.control("runs")
                .updateOne(
                        new BsonDocument("_id", new BsonString(run.runId())),
                        Updates.set(
                                "pace.held",
                                ControlJson.toBson(new Hold(
                                        "Ada", "too late", fixture.clock().instant()))));
        assertThat(run.closed(ExecutionStatus.ABORTED).ending()).isEqualTo(Ending.RESTORED);
        assertThat(fixture.live()).isEqualTo(live);
        assertThat(fixture.time().passed()).isZero();
    }
}

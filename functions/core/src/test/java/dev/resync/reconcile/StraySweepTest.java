package dev.resync.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.mongodb.client.MongoClient;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import dev.resync.fixture.DatabaseState;
import dev.resync.fixture.EmbeddedMongo;
import dev.resync.fixture.RunDriver;
import dev.resync.fixture.RunFixture;
import dev.resync.fixture.SnapshotHistory;
import dev.resync.hash.ContentHash;
import dev.resync.run.Ending;
import dev.resync.run.ExecutionStatus;
import dev.resync.run.RunState;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is taken for a left-over of a dead run, and what never is. */
class StraySweepTest {

    @RegisterExtension
    static final EmbeddedMongo MONGO = new EmbeddedMongo();

    private RunFixture fixture;
    private SnapshotHistory history;

    @BeforeEach
    void fill() {
        fixture = new RunFixture(MONGO.client()).filled(10);
        history = new SnapshotHistory(fixture);
    }

    @ParameterizedTest
    @ValueSource(strings = {"plan-chunks", "seal-snapshot", "seal-staging", "seal-shadow", "verify", "cut-over"})
    void touchesNothingOfAWorkingRun(String step) {
        RunDriver run = fixture.execute().upTo(step);
        Map<String, ContentHash> before = collections();
        assertThat(swept()).isZero();
        assertThat(collections()).isEqualTo(before);
        assertThat(run.toEnd().ending()).isEqualTo(Ending.CUT_OVER);
    }

    @Test
    void touchesNothingOfASuspendedRun() {
        RunDriver run = fixture.execute().through("seal-staging").ended(ExecutionStatus.FAILED);
        fixture.close(run.execution(), fixture.newExecution());
        assertThat(run.run().state()).isEqualTo(RunState.SUSPENDED);
        Map<String, ContentHash> before = collections();
        assertThat(swept()).isZero();
        assertThat(collections()).isEqualTo(before);
    }

    @Test
    void touchesNothingOfARunThatIsBroughtBack() {
        List<ContentHash> live = fixture.live();
        RunDriver run = fixture.execute().upTo("cut-over");
        fixture.stops().dieAt("cut-over:before-rename:personView");
        catchThrowable(() -> run.step("cut-over"));
        String by = fixture.newExecution();
        JsonNode closed = fixture.close(run.ended(ExecutionStatus.FAILED).execution(), by);
        assertThat(run.run().state()).isEqualTo(RunState.RESTORING);
        RunDriver rollback = run.rollback(closed, by);
        for (String step : List.of("plan-chunks", "seal-snapshot", "seal-shadow", "verify", "cut-over")) {
            rollback.upTo(step);
            Map<String, ContentHash> before = collections();
            assertThat(swept()).as(step).isZero();
            assertThat(collections()).as(step).isEqualTo(before);
        }
        assertThat(rollback.toEnd().ending()).isEqualTo(Ending.RESTORED);
        assertThat(fixture.live()).isEqualTo(live);
    }

    @Test
    void touchesNothingThatMerelyLooksLikeALeftOver() {
        String run = closedRun();
        List<String> mine = List.of(
                "resync." + run,
                "resync." + run + ".1.snapshot.0.mycopy",
                "resync." + run + ".1.shadow.0.open",
                "resync." + run + ".1.shadow.0.open0.bak",
                "resync." + run + ".1.shadow.0.sealed0-xyz",
                "resync." + run + ".0.shadow.0.open0",
                "resync." + run + ".1.shadows.0.open0",
                "resync." + run + ".1.shadow.00.open0",
                "resync." + run + "0.1.shadow.0.open0",
                "resync." + run.toUpperCase(Locale.ROOT) + ".1.view.0.open0",
                "RESYNC." + run + ".1.shadow.0.open0",
                "my.resync." + run + ".1.shadow.0.open0");
        for (String name : mine) {
            fixture.insert(name, "{_id: 1}");
            fixture.byName("resync." + name).insertOne(new BsonDocument());
        }
        Map<String, ContentHash> before = collections();
        // A run that has left nothing else is not even looked at.
        fixture.insert("resync." + run + ".1.shadow.0.open0", "{_id: 1}");
        assertThat(swept()).isEqualTo(1);
        assertThat(collections()).isEqualTo(before);
    }

    @Test
    void dropsOneRunsStraysAndNotThoseOfARunWhoseShortIdGoesOn() {
        String run = closedRun();
        String stray = "resync." + run + ".1.shadow.0.open0";
        String other = "resync." + run + "ff.1.shadow.0.open0";
        fixture.insert(stray, "{_id: 1}");
        fixture.insert(other, "{_id: 1}");
        assertThat(swept()).isEqualTo(1);
        assertThat(fixture.exists(stray)).isFalse();
        assertThat(fixture.exists(other)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"snapshot.0.open0", "shadow.1.open3", "staging.0.open0", "quarantine.0.sealed0-0123abcd"})
    void dropsWhatALateFunctionMadeAgain(String name) {
        String run = closedRun();
        history.reconcile();
        for (int i = 0; i < 2; i++) {
            fixture.byName("resync.resync." + run + ".1." + name).insertOne(new BsonDocument());
            assertThat(swept()).isEqualTo(1);
            assertThat(swept()).isZero();
        }
    }

    /** Control data that came back from an older backup knows nothing of the runs since. */
    @Test
    void keepsWhatBelongsToARunThatIsNotOnRecordAndSaysSo() {
        RunDriver run = fixture.execute().through("seal-shadow");
        fixture.control("runs").deleteOne(new BsonDocument("_id", new BsonString(run.runId())));
        fixture.control("snapshots").deleteMany(new BsonDocument());
        Map<String, ContentHash> before = collections();
        JsonNode answer = history.reconcile();
        assertThat(answer.get("swept").intValue()).isZero();
        assertThat(collections()).isEqualTo(before);
        assertThat(answer.get("ownerless"))
                .extracting(JsonNode::asText)
                .hasSize(8)
                .contains("lock of " + fixture.database() + ".nameView")
                .anyMatch(name -> name.contains(".snapshot.0.sealed"))
                .anyMatch(name -> name.startsWith(fixture.database() + ".resync.") && name.contains(".shadow."));
        assertThat(history.audited("ALARM", "not on record"))
                .singleElement()
                .asString()
                .contains("8 collections and locks");
    }

    @Test
    void keepsASnapshotWhoseRunIsNotOnRecord() {
        String id = history.take(1).get(0);
        fixture.control("runs").deleteMany(new BsonDocument());
        assertThat(history.reconcile().get("ownerless")).isEmpty();
        assertThat(history.isWhole(id)).isTrue();
    }

    /** An admission that died has a record before it has anything else. */
    @Test
    void whatAnAdmissionLeftIsFoundByItsRecord() {
        fixture.stops().dieAt("admit:locked");
        catchThrowable(() -> fixture.admit(fixture.request("DRY_RUN")));
        JsonNode answer = history.reconcile();
        assertThat(answer.get("ownerless")).isEmpty();
        assertThat(answer.get("swept").intValue()).isZero();
        assertThat(fixture.control("locks").countDocuments(BsonDocument.parse("{holder: {$ne: null}}")))
                .isEqualTo(2);
    }

    @Test
    void itsWorkDoesNotGrowWithTheRunsOfThePast() {
        AtomicInteger commands = new AtomicInteger();
        MongoClient counting = MONGO.newClient("", new CommandListener() {
            @Override
            public void commandStarted(CommandStartedEvent event) {
                commands.incrementAndGet();
            }
        });
        closedRun();
        fixture.clock().pass(Duration.ofDays(1));
        int few = commandsOfASweep(counting, commands);
        for (int i = 0; i < 20; i++) {
            closedRun();
        }
        fixture.clock().pass(Duration.ofDays(1));
        assertThat(commandsOfASweep(counting, commands)).isEqualTo(few);
    }

    private int commandsOfASweep(MongoClient counting, AtomicInteger commands) {
        commands.set(0);
        fixture.stagesOf(counting).call("reconcile", NullNode.getInstance());
        return commands.get();
    }

    /** Returns the short id of a run that ended without a snapshot. */
    private String closedRun() {
        RunDriver run = fixture.admit(fixture.request("DRY_RUN"));
        run.closed(ExecutionStatus.ABORTED);
        return run.run().shortId();
    }

    private int swept() {
        return history.reconcile().get("swept").intValue();
    }

    /** All but the control data. */
    private Map<String, ContentHash> collections() {
        return DatabaseState.of(
                fixture.client(), name -> !name.startsWith("resync.") || name.startsWith("resync.resync."));
    }
}

package dev.resync.catchup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.error.GateRefused;
import dev.resync.error.RunClosed;
import dev.resync.error.VerdictExpired;
import dev.resync.fixture.Background;
import dev.resync.fixture.EmbeddedMongo;
import dev.resync.fixture.RunDriver;
import dev.resync.fixture.RunFixture;
import dev.resync.fixture.Stops;
import dev.resync.hash.ContentHash;
import dev.resync.run.Ending;
import dev.resync.run.ExecutionStatus;
import dev.resync.run.Run;
import dev.resync.store.ControlJson;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Sources are written to while a run works: what they say was changed is in the new view, and the gates have seen it. */
class CatchUpTest {

    private static final int PEOPLE = 16;
    private static final String NOW = "{$date: '2026-03-01T08:01:00Z'}";

    @RegisterExtension
    static final EmbeddedMongo MONGO = new EmbeddedMongo();

    private RunFixture fixture;

    @BeforeEach
    void fill() {
        fixture = new RunFixture(MONGO.client()).filled(PEOPLE);
        fixture.plans()
                .deployWith("\"cardinality\": \"one\",", "\"cardinality\": \"one\", \"modifiedField\": \"changed\",");
        fixture.plans().deployWith("\"latestBy\": \"at\",", "\"latestBy\": \"at\", \"modifiedField\": \"changed\",");
        fixture.plans().deployWith("\"gates\": {", "\"gates\": {\"sourceAge\": {\"maxHours\": 876000},");
        fixture.insert("people", "{_id: 'old', name: 'Old', age: 90, changed: {$date: '2000-01-01T00:00:00Z'}}");
        fixture.insert("notes", "{_id: 'old', person: 'old', at: 1, changed: {$date: '2000-01-01T00:00:00Z'}}");
    }

    @Test
    void publishesWhatWasChangedSinceItWasRead() {
        RunDriver run = fixture.execute().upTo("catch-up");
        set("people", "'p0003'", "name: 'Grace'");
        fixture.insert("people", "{_id: 'new', name: 'New', age: 20, changed: %s}".formatted(NOW));
        fixture.insert("notes", "{_id: 'n', person: 'p0004', at: 99, text: 'later', changed: %s}".formatted(NOW));
        Run ended = run.toEnd();
        assertThat(ended.ending()).isEqualTo(Ending.CUT_OVER);
        assertThat(person("p0003").getString("name").getValue()).isEqualTo("Grace");
        assertThat(person("new").getString("name").getValue()).isEqualTo("New");
        assertThat(person("p0004").getString("note").getValue()).isEqualTo("later");
        assertThat(ended.verdict().shadows().get("personView")).isEqualTo(fixture.live("personView"));
        assertThat(ended.receipt().get("caughtUp").toString())
                .isEqualTo("{\"at\":\"2026-03-01T08:00:00Z\",\"changed\":{\"notes\":1,\"people\":2},"
                        + "\"replaced\":{\"people\":1},\"bundles\":3}");
        assertAccount(ended, "people", "read", 19, "used", 18, "superseded", 1);
        assertAccount(ended, "notes", "read", 18, "used", 17, "superseded", 1);
        assertLikeAFreshRun();
    }

    @Test
    void followsADocumentToItsNewKey() {
        RunDriver run = fixture.execute().upTo("catch-up");
        set("notes", "3", "person: 'p0004', at: 50, text: 'moved'");
        Run ended = run.toEnd();
        assertThat(person("p0003").isNull("note")).as("its note went").isTrue();
        assertThat(person("p0004").getString("note").getValue()).isEqualTo("moved");
        assertThat(ended.receipt().at("/caughtUp/bundles").asInt()).isEqualTo(2);
        assertLikeAFreshRun();
    }

    /** Reading is no moment: a document whose key was changed meanwhile may have been read under both. */
    @Test
    void findsADocumentThatWasReadUnderTwoKeys() {
        RunDriver run = fixture.execute().upTo("seal-staging");
        set("notes", "3", "person: 'p0015', at: 50, text: 'moved'");
        for (int i = run.count("sync") - 1; i >= 0; i--) {
            run.chunk("sync", i);
            if (i == run.count("sync") / 2) {
                set("notes", "3", "person: 'p0003'");
            }
        }
        Run ended = run.toEnd();
        assertThat(ended.receipt().at("/caughtUp/replaced/notes").asInt()).isEqualTo(2);
        assertThat(person("p0015").getString("note").getValue()).isEqualTo("note 15");
        assertLikeAFreshRun();
    }

    @Test
    void takesBackWhatIsExcludedOrBrokenNow() {
        RunDriver run = fixture.execute().upTo("catch-up");
        set("people", "'p0003'", "training: true");
        set("people", "'p0004'", "age: 'old'");
        set("notes", "5", "person: null");
        Run ended = run.toEnd();
        assertThat(fixture.collection("personView").countDocuments()).isEqualTo(PEOPLE - 1);
        assertThat(ended.receipt().at("/quarantine/0/exampleKeys/0").textValue())
                .isEqualTo("p0004");
        assertAccount(ended, "people", "read", 19, "used", 15, "superseded", 2);
        assertThat(ended.receipt().at("/sources/people/excluded/training").asInt())
                .isEqualTo(1);
        assertThat(ended.receipt().at("/sources/people/quarantined").asInt()).isEqualTo(1);
        assertThat(ended.receipt().at("/sources/notes/withoutKey").asInt()).isEqualTo(1);
        assertThat(ended.receipt().at("/sources/notes/unmatched").asInt()).isEqualTo(1);
        assertLikeAFreshRun();
    }

    @Test
    void releasesFromQuarantineWhatWasMended() {
        set("people", "'p0004'", "age: 'old'");
        RunDriver run = fixture.execute().upTo("catch-up");
        assertThat(run.run().verdict().targets().get(1).shadow().documents()).isEqualTo(PEOPLE);
        set("people", "'p0004'", "age: 44");
        Run ended = run.toEnd();
        assertThat(person("p0004").getInt32("age").getValue()).isEqualTo(44);
        assertThat(ended.receipt().get("quarantine")).isEmpty();
        assertLikeAFreshRun();
    }

    @Test
    void seesNothingWhereNothingWasChanged() {
        fixture.insert("people", "{_id: 'today', name: 'Today', age: 1, changed: {$date: '2026-03-01T00:00:00Z'}}");
        RunDriver run = fixture.execute().upTo("catch-up");
        Run before = run.run();
        assertThat(run.step("catch-up").get("documents").asLong()).isZero();
        assertThat(run.run().sealed()).isEqualTo(before.sealed());
        Run ended = run.toEnd();
        assertThat(ended.receipt().at("/caughtUp/bundles").asInt(-1)).isZero();
        assertThat(fixture.stops().passed()).doesNotContain("catch-up:remade");
    }

    @Test
    void looksAtNothingWhereNoSourceSaysWhenItWasChanged() {
        fixture = new RunFixture(MONGO.client()).filled(PEOPLE);
        RunDriver run = fixture.execute().upTo("catch-up");
        assertThat(run.step("catch-up").get("documents").asLong()).isZero();
        assertThat(run.toEnd().receipt().has("caughtUp")).isFalse();
    }

    @Test
    void asksTheGatesOfWhatIsPublished() {
        fixture.plans().deployWith("\"maxShare\": 0.5", "\"maxShare\": 0.02");
        RunDriver run = fixture.execute().upTo("catch-up");
        set("people", "'p0004'", "age: 'old'");
        List<ContentHash> live = fixture.live();
        assertThatThrownBy(run::toEnd)
                .isInstanceOf(GateRefused.class)
                .hasMessageContaining("quarantine")
                .hasMessageContaining("1 of 17");
        assertThat(run.closed(ExecutionStatus.ABORTED).ending()).isEqualTo(Ending.UNTOUCHED);
        assertThat(fixture.live()).isEqualTo(live);
    }

    @Test
    void nothingIsPublishedThatNoVerdictSpeaksOf() {
        RunDriver run = fixture.execute().upTo("catch-up");
        set("people", "'p0004'", "name: 'Grace'");
        run.step("catch-up");
        run.step("pre-cut-over");
        assertThatThrownBy(() -> run.step("cut-over"))
                .isInstanceOf(VerdictExpired.class)
                .hasMessageContaining("another shadow");
    }

    @Test
    void isRefusedWhereMoreWasChangedThanThePlanAllows() {
        fixture.plans().deployWith("\"gates\": {", "\"gates\": {\"catchUp\": {\"maxDocuments\": 2},");
        RunDriver run = fixture.execute().upTo("catch-up");
        set("people", "'p0001'", "name: 'a'");
        set("people", "'p0002'", "name: 'b'");
        assertThat(run.toEnd().ending()).isEqualTo(Ending.CUT_OVER);
        RunDriver beyond = fixture.execute().upTo("catch-up");
        set("people", "'p0001'", "name: 'c'");
        set("people", "'p0002'", "name: 'd'");
        set("notes", "3", "text: 'e'");
        assertThatThrownBy(beyond::toEnd)
                .isInstanceOf(GateRefused.class)
                .hasMessageContaining("catch-up: more than 2 documents")
                .hasMessageContaining("gates.catchUp.maxDocuments");
        Run refused = beyond.closed(ExecutionStatus.ABORTED);
        assertThat(refused.ending()).isEqualTo(Ending.UNTOUCHED);
        JsonNode gates = refused.receipt().get("gates");
        assertThat(gates.get(gates.size() - 1).toString())
                .contains("\"name\":\"catch-up\"", "\"limit\":2.0", "\"value\":3.0", "\"passed\":false");
    }

    @Test
    void canBeSwitchedOff() {
        fixture.plans().deployWith("\"gates\": {", "\"gates\": {\"catchUp\": {\"maxDocuments\": 0},");
        RunDriver run = fixture.execute().upTo("catch-up");
        set("people", "'p0001'", "name: 'a'");
        Run ended = run.toEnd();
        assertThat(ended.receipt().has("caughtUp")).isFalse();
        assertThat(person("p0001").getString("name").getValue()).isEqualTo("Person 1");
    }

    /** An approval may have taken most of the time for which the verdict counts. */
    @Test
    void asksTheGatesAgainWhereTheVerdictIsAgeing() {
        RunDriver run = fixture.execute().upTo("catch-up");
        fixture.clock().pass(Duration.ofMinutes(30));
        assertThat(run.step("catch-up").get("verify").asBoolean()).isFalse();
        fixture.clock().pass(Duration.ofMinutes(25));
        run.through("catch-up");
        fixture.clock().pass(Duration.ofMinutes(10));
        assertThat(run.toEnd().ending()).isEqualTo(Ending.CUT_OVER);
    }

    @Test
    void isDoneOnceForEachMapping() {
        RunDriver run = fixture.execute().upTo("catch-up");
        set("people", "'p0004'", "name: 'Grace'");
        run.through("catch-up");
        set("people", "'p0004'", "name: 'Later'");
        Run judged = run.run();
        assertThat(run.step("catch-up").get("documents").asLong()).isEqualTo(1);
        assertThat(run.run().sealed()).isEqualTo(judged.sealed());
        run.toEnd();
        assertThat(person("p0004").getString("name").getValue()).isEqualTo("Grace");
    }

    @Test
    void dyingLeavesNothingBehindThatCounts() {
        RunDriver run = fixture.execute().upTo("catch-up");
        set("people", "'p0004'", "name: 'Grace'");
        fixture.stops().dieAt("catch-up:remade");
        assertThatThrownBy(() -> run.step("catch-up")).isInstanceOf(Stops.Died.class);
        assertThat(run.toEnd().ending()).isEqualTo(Ending.CUT_OVER);
        assertLikeAFreshRun();
        assertThat(fixture.context().store().collectionNames(fixture.database(), "resync."))
                .isEmpty();
    }

    @Test
    void twoAtOnceMakeOneView() {
        RunDriver run = fixture.execute().upTo("catch-up");
        set("people", "'p0004'", "name: 'Grace'");
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        fixture.stops().waitAt("catch-up:remade", reached, goOn);
        try (Background<JsonNode> late = Background.start(() -> run.step("catch-up"))) {
            Stops.await(reached);
            set("people", "'p0004'", "name: 'Later'");
            run.through("catch-up");
            goOn.countDown();
            late.result();
        }
        assertThat(run.toEnd().ending()).isEqualTo(Ending.CUT_OVER);
        assertThat(person("p0004").getString("name").getValue()).isEqualTo("Later");
    }

    @Test
    void changesNothingOfAClosedRun() {
        RunDriver run = fixture.execute().upTo("catch-up");
        set("people", "'p0004'", "name: 'Grace'");
        fixture.stops().doAt("catch-up:remade", () -> run.closed(ExecutionStatus.ABORTED));
        assertThatThrownBy(() -> run.step("catch-up")).isInstanceOf(RunClosed.class);
        assertThat(run.run().ending()).isEqualTo(Ending.UNTOUCHED);
        assertThat(run.run().caughtUp()).isNull();
    }

    @Test
    void beginsAnewWithAMappingFromMap() {
        fixture.plans().deployWith("\"maxShare\": 0.5", "\"maxShare\": 0.02");
        RunDriver run = fixture.execute().upTo("catch-up");
        set("people", "'p0004'", "age: 'old'");
        assertThatThrownBy(run::toEnd).isInstanceOf(GateRefused.class);
        run.ended(ExecutionStatus.FAILED);
        fixture.close(run.execution(), fixture.newExecution());
        set("people", "'p0004'", "age: 44");
        RunDriver resumed = fixture.admit(ControlJson.mapper()
                .createObjectNode()
                .put("environment", "test")
                .put("resume", run.runId())
                .put("from", "MAP")
                .put("requestedBy", "Ada")
                .put("reason", "mended"));
        assertThat(resumed.toEnd().ending()).isEqualTo(Ending.CUT_OVER);
        assertThat(person("p0004").getInt32("age").getValue()).isEqualTo(44);
        assertLikeAFreshRun();
    }

    /** What the first verify found when it comes late is of a view that is not published. */
    @Test
    void aLateVerifyTakesNothingBack() {
        RunDriver run = fixture.execute().upTo("verify");
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        fixture.stops().waitAt("verify:judged", reached, goOn);
        try (Background<JsonNode> late = Background.start(() -> run.step("verify"))) {
            Stops.await(reached);
            run.upTo("catch-up");
            set("people", "'p0004'", "name: 'Grace'");
            run.upTo("cut-over");
            goOn.countDown();
            late.result();
        }
        run.step("verify");
        assertThat(run.run().verdict().renewed()).isTrue();
        assertThat(run.toEnd().ending()).isEqualTo(Ending.CUT_OVER);
        assertThat(person("p0004").getString("name").getValue()).isEqualTo("Grace");
    }

    @Test
    void keepsWhatOthersOwn() {
        fixture.plans().deployWith("{\"path\": \"age\", \"from\": [\"people.age\"], \"type\": \"int\"},", """
                        {"path": "owner", "preserve": true},
                        {"path": "age", "from": ["people.age"], "type": "int"},
                        """);
        fixture.collection("personView")
                .updateOne(
                        new BsonDocument("_id", new BsonString("p0004")), BsonDocument.parse("{$set: {owner: 'Ada'}}"));
        RunDriver run = fixture.execute().upTo("catch-up");
        set("people", "'p0004'", "name: 'Grace'");
        run.toEnd();
        assertThat(person("p0004").getString("owner").getValue()).isEqualTo("Ada");
        assertThat(person("p0004").getString("name").getValue()).isEqualTo("Grace");
    }

    private void set(String collection, String id, String fields) {
        fixture.collection(collection)
                .updateOne(
                        BsonDocument.parse("{_id: " + id + "}"),
                        BsonDocument.parse("{$set: {" + fields + ", changed: " + NOW + "}}"));
    }

    private BsonDocument person(String id) {
        return fixture.collection("personView")
                .find(new BsonDocument("_id", new BsonString(id)))
                .first();
    }

    /** What was caught up with is not to be told from what is read like this at once. */
    private void assertLikeAFreshRun() {
        List<ContentHash> caughtUp = fixture.live();
        Run fresh = fixture.execute().toEnd();
        assertThat(fresh.ending()).isEqualTo(Ending.CUT_OVER);
        assertThat(fixture.live()).isEqualTo(caughtUp);
    }

    private static void assertAccount(Run run, String source, Object... expected) {
        for (int i = 0; i < expected.length; i += 2) {
            assertThat(run.receipt()
                            .at("/sources/" + source + "/" + expected[i])
                            .asInt())
                    .as(source + " " + expected[i])
                    .isEqualTo(expected[i + 1]);
        }
    }
}

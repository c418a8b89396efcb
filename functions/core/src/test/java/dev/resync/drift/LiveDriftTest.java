package dev.resync.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.error.GateRefused;
import dev.resync.error.LiveDrifted;
import dev.resync.fixture.Background;
import dev.resync.fixture.EmbeddedMongo;
import dev.resync.fixture.RunDriver;
import dev.resync.fixture.RunFixture;
import dev.resync.fixture.Stops;
import dev.resync.hash.ContentHash;
import dev.resync.run.Ending;
import dev.resync.run.ExecutionStatus;
import dev.resync.run.Run;
import dev.resync.run.RunCollection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Others write to live while a run works: what they wrote is kept whatever becomes of the run, and carried over on request. */
class LiveDriftTest {

    private static final int PEOPLE = 40;

    @RegisterExtension
    static final EmbeddedMongo MONGO = new EmbeddedMongo();

    private RunFixture fixture;

    @BeforeEach
    void fill() {
        fixture = new RunFixture(MONGO.client()).filled(PEOPLE);
        fixture.plans().deployWith("{\"path\": \"age\", \"from\": [\"people.age\"], \"type\": \"int\"},", """
                        {"path": "owner", "preserve": true},
                        {"path": "age", "from": ["people.age"], "type": "int"},
                        {"path": "flags.starred", "preserve": true},
                        """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"seal-shadow", "pre-cut-over", "cut-over"})
    void isRefusedAndKept(String before) {
        RunDriver run = fixture.execute().upTo(before);
        drift();
        List<ContentHash> live = fixture.live();
        assertThat(catchThrowable(run::toEnd))
                .isInstanceOfAny(GateRefused.class, LiveDrifted.class)
                .hasMessageContaining("1 documents changed, 1 added and 1 removed");
        Run ended = run.closed(ExecutionStatus.ABORTED);
        assertThat(ended.ending()).isEqualTo(Ending.UNTOUCHED);
        assertThat(fixture.live()).isEqualTo(live);
        assertNamed(ended, 0);
        assertKept(ended);
    }

    @ParameterizedTest
    @ValueSource(strings = {"seal-shadow", "pre-cut-over", "cut-over"})
    void isCarriedOver(String before) {
        carry(0.1);
        RunDriver run = fixture.execute().upTo(before);
        drift();
        Run ended = run.toEnd();
        assertThat(ended.ending()).isEqualTo(Ending.CUT_OVER);
        assertNamed(ended, 1);
        assertKept(ended);
        assertThat(person(3)).isEqualTo(BsonDocument.parse("""
                {_id: 'p0003', name: 'Person 3', owner: 'Grace', age: 23, flags: {starred: true}, note: 'note 3'}"""));
        assertThat(List.copyOf(person(3).keySet()))
                .as("the order in which the rules stand")
                .containsExactly("_id", "name", "owner", "age", "flags", "note");
        assertThat(person(4).getString("name").getValue())
                .as("removed by others, made by the rules")
                .isEqualTo("Person 4");
        assertThat(fixture.live("personView").documents())
                .as("added by others, no row of the sources")
                .isEqualTo(PEOPLE);
        assertThat(ended.verdict().shadows().get("personView")).isEqualTo(fixture.live("personView"));
    }

    /** What drifted and was carried over is not taken for what others write while live is written to. */
    @Test
    void isCarriedOverInPlace() {
        carry(0.1);
        fixture.inPlace("personView");
        RunDriver run = fixture.execute().upTo("cut-over");
        drift();
        Run ended = run.toEnd();
        assertThat(ended.ending()).isEqualTo(Ending.CUT_OVER);
        assertNamed(ended, 1);
        assertThat(person(3).getString("owner").getValue()).isEqualTo("Grace");
        assertThat(person(4).getString("name").getValue())
                .as("removed by others, made by the rules")
                .isEqualTo("Person 4");
        assertThat(fixture.live("personView"))
                .isEqualTo(ended.verdict().shadows().get("personView"));
    }

    /** What is carried over is not to be told from what is mapped like this at once. */
    @Test
    void givesWhatAFreshRunWouldGive() {
        carry(0.1);
        RunDriver run = fixture.execute().upTo("cut-over");
        set(3, "{owner: {name: 'Grace'}, 'flags.starred': true}");
        set(5, "{'flags.other': 1}");
        run.toEnd();
        List<ContentHash> carried = fixture.live();
        assertThat(fixture.execute().toEnd().ending()).isEqualTo(Ending.CUT_OVER);
        assertThat(fixture.live()).isEqualTo(carried);
    }

    @Test
    void isRefusedWhereItIsMoreThanTheLimit() {
        carry(0.05);
        RunDriver run = fixture.execute().upTo("cut-over");
        set(1, "{owner: 'a'}");
        set(2, "{owner: 'b'}");
        assertThat(run.toEnd().ending()).isEqualTo(Ending.CUT_OVER);
        RunDriver beyond = fixture.execute().upTo("cut-over");
        for (int i = 1; i < 4; i++) {
            set(i, "{owner: 'c'}");
        }
        List<ContentHash> live = fixture.live();
        assertThatThrownBy(beyond::toEnd)
                .isInstanceOf(LiveDrifted.class)
                .hasMessageContaining("a share of 0.075, limit 0.05");
        Run ended = beyond.closed(ExecutionStatus.ABORTED);
        assertThat(ended.ending()).isEqualTo(Ending.UNTOUCHED);
        assertThat(fixture.live()).isEqualTo(live);
        assertThat(ended.receipt().at("/drift/0/changed").asInt()).isEqualTo(3);
        assertThat(ended.receipt().at("/drift/0/carried").asInt()).isZero();
    }

    @Test
    void isRefusedWhereItDoesNotComeToAnEnd() {
        carry(1);
        RunDriver run = fixture.execute().upTo("pre-cut-over");
        AtomicInteger writes = new AtomicInteger();
        keepWriting(writes);
        set(3, "{owner: 0}");
        assertThatThrownBy(run::toEnd).isInstanceOf(LiveDrifted.class);
        assertThat(writes.get()).isEqualTo(LiveDrift.MOST_LOOKS);
        assertThat(run.closed(ExecutionStatus.ABORTED).ending()).isEqualTo(Ending.UNTOUCHED);
    }

    @Test
    void needsNoPreservedFieldsToBeKeptAndLetThrough() {
        fixture = new RunFixture(MONGO.client()).filled(PEOPLE);
        carry(0.1);
        RunDriver run = fixture.execute().upTo("cut-over");
        set(3, "{owner: 'Grace'}");
        Run ended = run.toEnd();
        assertThat(ended.ending()).isEqualTo(Ending.CUT_OVER);
        assertThat(ended.receipt().at("/drift/0/changed").asInt()).isEqualTo(1);
        assertThat(ended.receipt().at("/drift/0/carried").asInt()).isZero();
    }

    /** A call that died at any point leaves nothing that keeps the next one from its work. */
    @ParameterizedTest
    @ValueSource(strings = {"drift:carried:personView", "cut-over:planned", "cut-over:before-rename:personView"})
    void isCarriedOverByTheCallAfterOneThatDied(String point) {
        carry(0.1);
        RunDriver run = fixture.execute().upTo("cut-over");
        drift();
        fixture.stops().dieAt(point);
        assertThat(catchThrowable(() -> run.step("cut-over"))).isInstanceOf(Stops.Died.class);
        Run ended = run.toEnd();
        assertThat(ended.ending()).isEqualTo(Ending.CUT_OVER);
        assertThat(person(3).getString("owner").getValue()).isEqualTo("Grace");
        assertNothingLeft(ended);
    }

    /** Of two calls that mean different shadows one decides for both. */
    @Test
    void twoCutOversAtOncePublishOneView() {
        carry(0.1);
        RunDriver run = fixture.execute().upTo("cut-over");
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        set(3, "{owner: 'Grace'}");
        fixture.stops().waitAt("drift:carried:personView", reached, goOn);
        try (Background<JsonNode> slow = Background.start(() -> run.step("cut-over"))) {
            Stops.await(reached);
            set(5, "{owner: 'Ada'}");
            run.step("cut-over");
            ContentHash published = fixture.live("personView");
            goOn.countDown();
            assertThat(slow.raised()).isNull();
            assertThat(fixture.live("personView")).isEqualTo(published);
        }
        Run ended = run.toEnd();
        assertThat(ended.ending()).isEqualTo(Ending.CUT_OVER);
        assertThat(ended.verdict().shadows().get("personView")).isEqualTo(fixture.live("personView"));
        assertThat(person(3).getString("owner").getValue()).isEqualTo("Grace");
        assertThat(person(5).getString("owner").getValue()).isEqualTo("Ada");
    }

    @Test
    void stopsWithTheRunWhereItWasCarriedOver() {
        carry(0.1);
        RunDriver run = fixture.execute().upTo("cut-over");
        drift();
        List<ContentHash> live = fixture.live();
        fixture.stops().dieAt("cut-over:planned");
        catchThrowable(() -> run.step("cut-over"));
        Run ended = run.closed(ExecutionStatus.ABORTED);
        assertThat(ended.ending()).isEqualTo(Ending.UNTOUCHED);
        assertThat(fixture.live()).isEqualTo(live);
        assertNothingLeft(ended);
        assertThatThrownBy(() -> run.step("cut-over")).isInstanceOf(RuntimeException.class);
        assertThat(fixture.live()).isEqualTo(live);
    }

    @Test
    void isCarriedOverAgainAfterAResume() {
        carry(0.1);
        RunDriver run = fixture.execute().upTo("pre-cut-over");
        drift();
        run.through("pre-cut-over");
        run.closed(ExecutionStatus.FAILED);
        RunDriver resumed = fixture.admit(
                fixture.request("EXECUTE").put("resume", run.runId()).put("from", "MAP"));
        assertThat(resumed.toEnd().ending()).isEqualTo(Ending.CUT_OVER);
        assertThat(person(3).getString("owner").getValue()).isEqualTo("Grace");
    }

    @Test
    void isTakenBackWhereItsOwnerTookItBack() {
        carry(0.1);
        BsonDocument before = person(3);
        RunDriver run = fixture.execute().upTo("pre-cut-over");
        set(3, "{owner: 'Grace'}");
        run.through("pre-cut-over");
        fixture.collection("personView").replaceOne(id(3), before);
        Run ended = run.toEnd();
        assertThat(ended.ending()).isEqualTo(Ending.CUT_OVER);
        assertThat(person(3).get("owner").isNull()).isTrue();
        assertThat(ended.receipt().at("/drift/0/carried").asInt()).isZero();
    }

    @Test
    void isTakenBackWhileAnotherDocumentDrifts() {
        carry(0.1);
        BsonDocument before = person(3);
        RunDriver run = fixture.execute().upTo("pre-cut-over");
        set(3, "{owner: 'Grace'}");
        run.through("pre-cut-over");
        fixture.collection("personView").replaceOne(id(3), before);
        set(5, "{owner: 'Ada'}");
        assertThat(run.toEnd().ending()).isEqualTo(Ending.CUT_OVER);
        assertThat(person(3).get("owner").isNull()).isTrue();
        assertThat(person(5).getString("owner").getValue()).isEqualTo("Ada");
    }

    @Test
    void isTakenBackAfterItWasOnceTooMuch() {
        carry(0.05);
        BsonDocument before = person(3);
        RunDriver run = fixture.execute().upTo("pre-cut-over");
        set(3, "{owner: 'Grace'}");
        run.through("pre-cut-over");
        for (int i = 4; i < 8; i++) {
            set(i, "{owner: 'Mallory'}");
        }
        assertThatThrownBy(() -> run.step("cut-over")).isInstanceOf(LiveDrifted.class);
        for (int i = 4; i < 8; i++) {
            fixture.collection("personView").updateOne(id(i), BsonDocument.parse("{$unset: {owner: ''}}"));
        }
        fixture.collection("personView").replaceOne(id(3), before);
        assertThat(run.toEnd().ending()).isEqualTo(Ending.CUT_OVER);
        assertThat(person(3).get("owner").isNull()).isTrue();
    }

    @Test
    void isNotKeptWhereLiveHasLostTheDocument() {
        carry(0.1);
        RunDriver run = fixture.execute().upTo("pre-cut-over");
        set(3, "{owner: 'Grace'}");
        run.through("pre-cut-over");
        fixture.collection("personView").deleteOne(id(3));
        assertThat(run.toEnd().ending()).isEqualTo(Ending.CUT_OVER);
        assertThat(person(3).get("owner").isNull()).isTrue();
    }

    /** A known limit: nothing tells MongoDB to rename only what nobody has written to since. */
    @Test
    void isLostBetweenTheLastLookAndTheRename() {
        carry(0.1);
        RunDriver run = fixture.execute().upTo("cut-over");
        fixture.stops().doAt("cut-over:before-rename:personView", () -> set(3, "{owner: 'Grace'}"));
        Run ended = run.toEnd();
        assertThat(ended.ending()).isEqualTo(Ending.CUT_OVER);
        assertThat(ended.receipt().path("drift")).isEmpty();
        assertThat(person(3).get("owner").isNull()).isTrue();
    }

    @Test
    void goesWithItsSnapshot() {
        RunDriver run = fixture.execute().upTo("cut-over");
        drift();
        catchThrowable(run::toEnd);
        Run ended = run.closed(ExecutionStatus.ABORTED);
        fixture.call("reconcile", fixture.request("DRY_RUN"));
        assertKept(ended);
        fixture.control("snapshots").deleteOne(new BsonDocument("_id", new BsonString(ended.snapshot())));
        fixture.call("reconcile", fixture.request("DRY_RUN"));
        assertThat(fixture.byName(ended.drift().get("personView").collection()).countDocuments())
                .isZero();
    }

    private void keepWriting(AtomicInteger writes) {
        fixture.stops().doAt("drift:carried:personView", () -> {
            keepWriting(writes);
            set(3, "{owner: %d}".formatted(writes.incrementAndGet()));
        });
    }

    /** One document changed, one added, one removed. */
    private void drift() {
        set(3, "{owner: 'Grace', flags: {starred: true}, note: 'lost'}");
        fixture.insert("personView", "{_id: 'q0001', owner: 'nobody'}");
        fixture.collection("personView").deleteOne(id(4));
    }

    private void carry(double limit) {
        fixture.plans()
                .deployWith(
                        "\"verdict\": {",
                        "\"drift\": {\"policy\": \"carry\", \"maxShare\": " + limit + "}, \"verdict\": {");
    }

    private static void assertNamed(Run run, int carried) {
        JsonNode drift = run.receipt().path("drift");
        assertThat(drift).hasSize(1);
        assertThat(drift.at("/0/target").asText()).isEqualTo("personView");
        assertThat(drift.at("/0/changed").asInt()).isEqualTo(1);
        assertThat(drift.at("/0/added").asInt()).isEqualTo(1);
        assertThat(drift.at("/0/removed").asInt()).isEqualTo(1);
        assertThat(drift.at("/0/carried").asInt()).isEqualTo(carried);
        assertThat(drift.at("/0/exampleKeys")).extracting(JsonNode::asText).containsExactly("p0003", "p0004", "q0001");
    }

    private void assertKept(Run run) {
        List<BsonDocument> kept = fixture.byName(
                        run.receipt().at("/drift/0/collection").asText())
                .find()
                .sort(new BsonDocument("_id", new BsonInt32(1)))
                .into(new ArrayList<>());
        assertThat(kept)
                .containsExactly(BsonDocument.parse("""
                                {_id: 'p0003', name: 'Old 3', age: 1, note: 'lost', owner: 'Grace', flags: {starred: true}}"""), BsonDocument.parse("{_id: 'q0001', owner: 'nobody'}"));
    }

    private void assertNothingLeft(Run run) {
        String prefix = RunCollection.prefixOf(run.shortId());
        assertThat(fixture.context().store().collectionNames(fixture.database(), prefix))
                .isEmpty();
        assertThat(fixture.context().store().collectionNames("resync", prefix))
                .filteredOn(name -> name.contains(".drift."))
                .hasSize(run.drift().size());
    }

    private void set(int person, String fields) {
        fixture.collection("personView").updateOne(id(person), new BsonDocument("$set", BsonDocument.parse(fields)));
    }

    private BsonDocument person(int number) {
        return fixture.collection("personView").find(id(number)).first();
    }

    private static BsonDocument id(int person) {
        return new BsonDocument("_id", new BsonString(RunFixture.key(person)));
    }
}

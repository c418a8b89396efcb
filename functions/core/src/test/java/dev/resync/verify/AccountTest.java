package dev.resync.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.mongodb.MongoNamespace;
import com.mongodb.client.MongoCollection;
import dev.resync.error.AccountingMismatch;
import dev.resync.error.GateRefused;
import dev.resync.error.SealMismatch;
import dev.resync.fixture.EmbeddedMongo;
import dev.resync.fixture.RunDriver;
import dev.resync.fixture.RunFixture;
import dev.resync.run.Ending;
import dev.resync.run.ExecutionStatus;
import dev.resync.run.Run;
import java.util.List;
import java.util.Random;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where every source document went (I8). */
class AccountTest {

    private static final int PEOPLE = 120;
    private static final List<String> BROKEN_PEOPLE = List.of(
            "{_id: ' ', name: 'blank key'}",
            "{_id: 17, name: 'number as key'}",
            "{_id: null, name: 'no key'}",
            "{_id: {a: 1}, name: 'document as key'}",
            "{_id: 'x-training', name: 'T', training: true}",
            "{_id: 'x-nameless'}",
            "{_id: 'x-age', name: 'A', age: 'old'}",
            "{_id: ' p0001 ', name: 'the same key twice'}");
    private static final List<String> BROKEN_NOTES = List.of(
            "{person: 'unknown', at: 1}",
            "{person: null, at: 1}",
            "{at: 1}",
            "{person: ['p0001'], at: 1}",
            "{person: {'$numberDouble': 'NaN'}, at: 1}",
            "{person: 'nobody-we-know', at: 1}",
            "{person: 'p0002', at: -1, text: 'older'}",
            "{person: '', at: 1}");

    @RegisterExtension
    static final EmbeddedMongo MONGO = new EmbeddedMongo();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void balancesForSourcesWithBrokenDocuments(long seed) {
        RunFixture fixture = new RunFixture(MONGO.client()).filled(PEOPLE);
        Random random = new Random(seed);
        long notes = PEOPLE;
        for (int i = 0; i < PEOPLE / 10; i++) {
            fixture.insert("notes", pick(BROKEN_NOTES, random));
            notes++;
        }
        for (String broken : BROKEN_PEOPLE) {
            if (random.nextBoolean()) {
                fixture.insert("people", broken);
            }
        }
        long people = fixture.collection("people").countDocuments();
        Run run = fixture.execute().toEnd();
        assertThat(run.ending()).isEqualTo(Ending.CUT_OVER);
        JsonNode sources = run.receipt().get("sources");
        assertBalanced(sources.get("people"), people);
        assertBalanced(sources.get("notes"), notes);
        long published = fixture.collection("personView").countDocuments();
        assertThat(fixture.collection("nameView").countDocuments()).isEqualTo(published);
        assertThat(sources.at("/people/used").longValue()).isEqualTo(published);
    }

    @Test
    void countsEachKindOnceInItsPlace() {
        RunFixture fixture = new RunFixture(MONGO.client()).filled(20);
        BROKEN_PEOPLE.forEach(document -> fixture.insert("people", document));
        BROKEN_NOTES.forEach(document -> fixture.insert("notes", document));
        Run run = fixture.execute().toEnd();
        JsonNode people = run.receipt().at("/sources/people");
        assertThat(people.get("read").longValue()).isEqualTo(28);
        assertThat(people.get("withoutKey").longValue()).isEqualTo(4);
        assertThat(people.at("/excluded/training").longValue()).isEqualTo(1);
        assertThat(people.get("quarantined").longValue())
                .as("nameless, age, and two of one key")
                .isEqualTo(4);
        assertThat(people.get("used").longValue()).isEqualTo(19);
        JsonNode notes = run.receipt().at("/sources/notes");
        assertThat(notes.get("read").longValue()).isEqualTo(28);
        assertThat(notes.get("withoutKey").longValue())
                .as("null, missing, array, NaN, empty")
                .isEqualTo(5);
        assertThat(notes.at("/excluded/nobody").longValue()).isEqualTo(1);
        assertThat(notes.get("unmatched").longValue()).isEqualTo(1);
        assertThat(notes.get("superseded").longValue()).isEqualTo(1);
        assertThat(notes.get("quarantined").longValue())
                .as("the note of the key that stands twice")
                .isEqualTo(1);
        assertThat(notes.get("used").longValue()).isEqualTo(19);
    }

    @Test
    void failsWhereAFragmentIsLostFromTheSealedStaging() {
        RunDriver run = new RunFixture(MONGO.client()).filled(20).execute().through("seal-staging");
        sealed(run, "staging-0").deleteOne(new BsonDocument());
        run.chunks("map");
        assertThatThrownBy(() -> run.step("seal-shadow")).isInstanceOf(AccountingMismatch.class);
        endsUntouched(run);
    }

    @ParameterizedTest
    @ValueSource(strings = {"shadow-0", "shadow-1"})
    void failsWhereADocumentIsLostFromASealedShadow(String shadow) {
        RunDriver run = new RunFixture(MONGO.client()).filled(20).execute().through("seal-shadow");
        sealed(run, shadow).deleteOne(new BsonDocument());
        assertThatThrownBy(() -> run.step("verify")).isInstanceOf(SealMismatch.class);
        endsUntouched(run);
    }

    @Test
    void failsWhereADocumentOfASealedShadowIsChanged() {
        RunDriver run = new RunFixture(MONGO.client()).filled(20).execute().through("seal-shadow");
        sealed(run, "shadow-1").updateOne(new BsonDocument(), BsonDocument.parse("{$set: {name: 'Mallory'}}"));
        assertThatThrownBy(() -> run.step("verify")).isInstanceOf(SealMismatch.class);
        endsUntouched(run);
    }

    @Test
    void refusesWhereASourceDocumentVanishedBeforeItWasRead() {
        RunFixture fixture = new RunFixture(MONGO.client()).filled(20);
        RunDriver run = fixture.execute().through("plan-chunks");
        fixture.collection("people").deleteOne(new BsonDocument());
        assertThatThrownBy(() -> run.through("verify"))
                .isInstanceOf(GateRefused.class)
                .hasMessageContaining("counts of people");
        endsUntouched(run);
    }

    private static void endsUntouched(RunDriver run) {
        assertThat(run.closed(ExecutionStatus.ABORTED).ending()).isEqualTo(Ending.UNTOUCHED);
    }

    private static MongoCollection<BsonDocument> sealed(RunDriver run, String key) {
        MongoNamespace where = run.run().sealed().get(key).where();
        return MONGO.client()
                .getDatabase(where.getDatabaseName())
                .getCollection(where.getCollectionName(), BsonDocument.class);
    }

    private static void assertBalanced(JsonNode account, long read) {
        long excluded = 0;
        for (JsonNode rule : account.get("excluded")) {
            excluded += rule.longValue();
        }
        assertThat(account.get("read").longValue()).isEqualTo(read);
        assertThat(account.get("withoutKey").longValue()
                        + excluded
                        + account.get("unmatched").longValue()
                        + account.get("quarantined").longValue()
                        + account.get("superseded").longValue()
                        + account.get("used").longValue())
                .isEqualTo(read);
    }

    private static String pick(List<String> from, Random random) {
        return from.get(random.nextInt(from.size()));
    }
}

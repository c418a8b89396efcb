package dev.resync.shadow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.error.DatabaseFailed;
import dev.resync.fixture.EmbeddedMongo;
import dev.resync.fixture.RunDriver;
import dev.resync.fixture.RunFixture;
import dev.resync.run.Ending;
import dev.resync.run.ExecutionStatus;
import dev.resync.run.Run;
import org.bson.BsonBinary;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Source documents about as large as the server allows: staging wraps them, so they may have no room there (I8). */
class LargeDocumentTest {

    private static final int LIMIT = 16 * 1024 * 1024;
    private static final int PEOPLE = 5;

    @RegisterExtension
    static final EmbeddedMongo MONGO = new EmbeddedMongo();

    private RunFixture fixture;

    @BeforeEach
    void fill() {
        fixture = new RunFixture(MONGO.client()).filled(PEOPLE);
    }

    @ParameterizedTest
    @ValueSource(ints = {LIMIT, LIMIT - 1, LIMIT - 128})
    void goesToQuarantineWhereStagingHasNoRoomForIt(int bytes) {
        insert("people", person("p0002x"), bytes);
        Run run = fixture.execute().toEnd();
        assertThat(run.ending()).isEqualTo(Ending.CUT_OVER);
        assertQuarantined(run, "p0002x", "people", bytes);
        JsonNode people = run.receipt().at("/sources/people");
        assertThat(people.get("read").longValue()).isEqualTo(PEOPLE + 1);
        assertThat(people.get("quarantined").longValue()).isEqualTo(1);
        assertThat(people.get("used").longValue()).isEqualTo(PEOPLE);
    }

    @ParameterizedTest
    @ValueSource(ints = {LIMIT - 256, LIMIT - 1024})
    void isPublishedWhereStagingHasRoom(int bytes) {
        insert("people", person("p0002x"), bytes);
        assertThat(fixture.execute().toEnd().ending()).isEqualTo(Ending.CUT_OVER);
        assertThat(fixture.collection("personView").countDocuments()).isEqualTo(PEOPLE + 1);
    }

    @Test
    void withholdsTheBundleWhereOneOfSeveralDocumentsIsTooLarge() {
        insert("notes", note(RunFixture.key(3)), LIMIT);
        Run run = fixture.execute().toEnd();
        assertQuarantined(run, RunFixture.key(3), "notes", LIMIT);
        assertThat(run.receipt().at("/sources/notes/quarantined").longValue()).isEqualTo(2);
        assertThat(run.receipt().at("/sources/people/quarantined").longValue()).isEqualTo(1);
    }

    @Test
    void withholdsTheBundleWhereTheOtherDocumentFillsItsFragment() {
        insert("people", person("p0002x"), LIMIT - 256);
        insert("people", person(" p0002x"), LIMIT);
        Run run = fixture.execute().toEnd();
        assertQuarantined(run, "p0002x", "people", LIMIT);
        assertThat(run.receipt().at("/sources/people/quarantined").longValue()).isEqualTo(2);
    }

    @Test
    void isUnmatchedWhereNoDrivingDocumentHasItsKey() {
        insert("notes", note("nobody"), LIMIT);
        Run run = fixture.execute().toEnd();
        assertThat(run.ending()).isEqualTo(Ending.CUT_OVER);
        assertThat(run.receipt().at("/sources/notes/unmatched").longValue()).isEqualTo(1);
        assertThat(run.receipt().at("/sources/notes/quarantined").longValue()).isZero();
    }

    @Test
    void isTakenAlikeByAnotherAttempt() {
        insert("people", person("p0002x"), LIMIT - 256);
        insert("people", person("p0002y"), LIMIT);
        RunDriver run = fixture.execute().upTo("seal-staging");
        run.chunks("sync");
        fixture.control("chunks")
                .updateMany(BsonDocument.parse("{stage: 'SYNC'}"), BsonDocument.parse("{$set: {done: false}}"));
        assertThat(run.toEnd().ending()).isEqualTo(Ending.CUT_OVER);
        assertThat(fixture.collection("personView").countDocuments()).isEqualTo(PEOPLE + 1);
    }

    @Test
    void hasANamedErrorWhereTheKeyAloneIsTooLong() {
        insert("people", person("k".repeat(9 * 1024 * 1024)), 10 * 1024 * 1024);
        RunDriver run = fixture.execute();
        assertThatThrownBy(run::toEnd).isInstanceOf(DatabaseFailed.class).hasMessageContaining("larger than");
        assertThat(run.closed(ExecutionStatus.ABORTED).ending()).isEqualTo(Ending.UNTOUCHED);
    }

    private void assertQuarantined(Run run, String key, String source, int bytes) {
        assertThat(fixture.collection("personView").countDocuments(id(key))).isZero();
        assertThat(fixture.collection("nameView").countDocuments(id(key))).isZero();
        BsonDocument kept = fixture.control("quarantine")
                .find(new BsonDocument(
                        "_id", new BsonDocument("run", new BsonString(run.id())).append("key", new BsonString(key))))
                .first();
        assertThat(kept).isNotNull();
        assertThat(kept.getArray("problems"))
                .containsExactly(new BsonDocument("reason", new BsonString("document-too-large"))
                        .append("source", new BsonString(source))
                        .append("value", new BsonString(bytes + " bytes")));
    }

    private static BsonDocument id(String key) {
        return new BsonDocument("_id", new BsonString(key));
    }

    private static BsonDocument person(String key) {
        return id(key).append("name", new BsonString("Big"));
    }

    private static BsonDocument note(String person) {
        return new BsonDocument("_id", new BsonInt32(-1))
                .append("person", new BsonString(person))
                .append("at", new BsonInt32(-1));
    }

    /** Inserts a document filled up to a size. */
    private void insert(String source, BsonDocument document, int bytes) {
        int bare = bytes(document.append("blob", new BsonBinary(new byte[0])));
        fixture.collection(source).insertOne(document.append("blob", new BsonBinary(new byte[bytes - bare])));
    }

    private static int bytes(BsonDocument document) {
        return new RawBsonDocument(document, new BsonDocumentCodec())
                .getByteBuffer()
                .remaining();
    }
}

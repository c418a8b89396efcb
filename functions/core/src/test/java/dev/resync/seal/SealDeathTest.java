package dev.resync.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.mongodb.MongoNamespace;
import com.mongodb.MongoSocketReadException;
import com.mongodb.ServerAddress;
import com.mongodb.client.model.Indexes;
import dev.resync.fixture.EmbeddedMongo;
import dev.resync.fixture.FaultyMongo;
import dev.resync.fixture.RunDriver;
import dev.resync.fixture.RunFixture;
import dev.resync.fixture.Stops.Died;
import dev.resync.run.Ending;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A seal that dies while it sends chunks back, and is called again as the state machines do (I5). */
class SealDeathTest {

    private static final int PEOPLE = 12;

    /** More writes than a seal has: the loops end where the failure no longer comes. */
    private static final int MORE_THAN_ALL = 40;

    @RegisterExtension
    static final EmbeddedMongo MONGO = new EmbeddedMongo();

    private final FaultyMongo faulty = new FaultyMongo(MONGO.client());
    private RunFixture fixture;
    private RunDriver run;

    @ParameterizedTest
    @CsvSource({
        "seal-snapshot, snapshot, snapshot.1, false",
        "seal-snapshot, snapshot, snapshot.1, true",
        "seal-staging,  sync,     staging.0,  false",
        "seal-staging,  sync,     staging.0,  true",
        "seal-shadow,   map,      shadow.1,   false",
        "seal-shadow,   map,      shadow.1,   true"
    })
    void sendsBackAllTheSame(String seal, String chunks, String collection, boolean afterTheWrite) {
        int write = 0;
        boolean failed;
        do {
            upToSeal(seal, chunks);
            // Of two chunks, so that one may be sent back and the other not yet.
            fixture.byName(open(collection, 0)).deleteOne(documentOf(seal, 0));
            fixture.byName(open(collection, 0)).deleteOne(documentOf(seal, PEOPLE - 1));
            faulty.failAt(write, afterTheWrite, SealDeathTest::loseConnection);
            catchThrowable(() -> run.step(seal));
            failed = faulty.heal();
            while (!run.step(seal).get("sealed").booleanValue()) {
                run.chunks(chunks);
            }
            assertPublished(seal, "write " + write);
        } while (failed && ++write < MORE_THAN_ALL);
        assertThat(write).as("writes of a seal that sends back").isBetween(5, MORE_THAN_ALL - 1);
    }

    @ParameterizedTest
    @CsvSource({"seal-staging, sync, staging.0", "seal-shadow, map, shadow.1", "seal-snapshot, snapshot, snapshot.1"})
    void makesACollectionAgainThatIsGone(String seal, String chunks, String collection) {
        upToSeal(seal, chunks);
        fixture.byName(open(collection, 0)).drop();
        assertThat(run.step(seal).get("sealed").booleanValue()).isFalse();
        run.seal(seal);
        assertPublished(seal, "dropped");
    }

    @Test
    void takesTheRealOneWhereALateWriterMadeAnotherBeforeItCameBack() {
        upToSeal("seal-shadow", "map");
        fixture.byName(open("shadow.1", 0)).deleteOne(id(0));
        fixture.stops().dieAt("seal:sending-back:shadow-0");
        assertThat(catchThrowable(() -> run.step("seal-shadow"))).isInstanceOf(Died.class);
        fixture.byName(open("shadow.1", 1)).insertOne(id(1));
        run.step("seal-shadow");
        run.seal("seal-shadow");
        assertPublished("seal-shadow", "late writer");
    }

    private void upToSeal(String seal, String chunks) {
        MONGO.empty();
        fixture = new RunFixture(MONGO.client(), faulty.client(), false).filled(PEOPLE);
        fixture.collection("personView").createIndex(Indexes.ascending("name"));
        run = fixture.execute().upTo(seal);
        run.chunks(chunks);
    }

    private void assertPublished(String seal, String when) {
        if (seal.equals("seal-staging")) {
            MongoNamespace staging = run.run().sealed().get("staging-0").where();
            assertThat(fixture.context().store().indexes(staging))
                    .as(when)
                    .extracting(index -> index.getString("name").getValue())
                    .contains("key_1", "chunk_1");
        }
        assertThat(run.toEnd().ending()).as(when).isEqualTo(Ending.CUT_OVER);
        assertThat(fixture.collection("personView").countDocuments(BsonDocument.parse("{note: /^note/}")))
                .as(when)
                .isEqualTo(PEOPLE);
        assertThat(fixture.context().store().indexes(new MongoNamespace(fixture.database(), "personView")))
                .as(when)
                .anyMatch(index -> index.getString("name").getValue().equals("name_1"));
    }

    /** Returns a filter for what the stage wrote of a person. */
    private static BsonDocument documentOf(String seal, int person) {
        return seal.equals("seal-staging") ? new BsonDocument("key", id(person).get("_id")) : id(person);
    }

    private static BsonDocument id(int person) {
        return new BsonDocument("_id", new BsonString(RunFixture.key(person)));
    }

    private String open(String collection, int generation) {
        String database = collection.startsWith("shadow") ? fixture.database() : "resync";
        return database + ".resync." + run.run().shortId() + ".1." + collection + ".open" + generation;
    }

    private static void loseConnection() {
        throw new MongoSocketReadException("connection lost", new ServerAddress());
    }
}

package dev.resync.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.mongodb.client.MongoCollection;
import dev.resync.chunk.ChunkStage;
import dev.resync.error.SealMismatch;
import dev.resync.fixture.Background;
import dev.resync.fixture.EmbeddedMongo;
import dev.resync.fixture.RunDriver;
import dev.resync.fixture.RunFixture;
import dev.resync.run.Ending;
import dev.resync.run.ExecutionStatus;
import java.util.Locale;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A doubled attempt writes to an open collection after its chunk said that it was done. */
class SealTest {

    @RegisterExtension
    static final EmbeddedMongo MONGO = new EmbeddedMongo();

    private RunFixture fixture;
    private RunDriver run;

    @BeforeEach
    void admit() {
        fixture = new RunFixture(MONGO.client()).filled(40);
        run = fixture.execute();
    }

    @ParameterizedTest
    @CsvSource({
        "seal-snapshot, snapshot, resync,  snapshot.0",
        "seal-snapshot, snapshot, resync,  snapshot.1",
        "seal-staging,  sync,     resync,  staging.0",
        "seal-shadow,   map,      live,    shadow.0",
        "seal-shadow,   map,      live,    shadow.1"
    })
    void sendsTheChunkOfADocumentBackThatIsMissing(String seal, String chunks, String database, String collection) {
        run.upTo(seal);
        run.chunks(chunks);
        open(database, collection, 0).deleteOne(new BsonDocument());
        assertThat(run.step(seal).get("sealed").booleanValue()).isFalse();
        long again = fixture.context().chunks().all(run.runId(), 1, stageOf(chunks)).stream()
                .filter(chunk -> !chunk.done())
                .count();
        assertThat(again).isEqualTo(1);
        run.seal(seal);
        assertThat(run.toEnd().ending()).isEqualTo(Ending.CUT_OVER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"snapshot.0", "snapshot.1"})
    void removesWhatAnOlderAttemptLeftInASnapshot(String collection) {
        run.upTo("seal-snapshot");
        run.chunks("snapshot");
        open("resync", collection, 0).insertOne(new BsonDocument("_id", new BsonString("p0003x")));
        assertThat(run.step("seal-snapshot").get("sealed").booleanValue()).isFalse();
        assertThat(run.toEnd().ending()).isEqualTo(Ending.CUT_OVER);
    }

    @Test
    void removesAFragmentThatAnOlderAttemptLeftInTheStaging() {
        run.upTo("seal-staging");
        run.chunks("sync");
        BsonDocument left = open("resync", "staging.0", 0).find().first();
        left.getDocument("_id").put("ordinal", new BsonInt32(7));
        open("resync", "staging.0", 0).insertOne(left);
        assertThat(run.step("seal-staging").get("sealed").booleanValue()).isFalse();
        assertThat(run.toEnd().ending()).isEqualTo(Ending.CUT_OVER);
    }

    /** Mapping is a function of the sealed staging: what it did not write, another writer did. */
    @Test
    void givesUpAfterThreeFurtherTries() {
        run.upTo("seal-shadow");
        for (int generation = 0; generation < Seal.MAX_GENERATIONS; generation++) {
            run.chunks("map");
            open("live", "shadow.1", generation).insertOne(new BsonDocument("_id", new BsonString("odd" + generation)));
            assertThat(run.step("seal-shadow").get("sealed").booleanValue()).isFalse();
        }
        run.chunks("map");
        assertThatThrownBy(() -> run.step("seal-shadow")).isInstanceOf(SealMismatch.class);
        assertThat(run.closed(ExecutionStatus.ABORTED).ending()).isEqualTo(Ending.UNTOUCHED);
    }

    @ParameterizedTest
    @CsvSource({"seal-snapshot,snapshot-0", "seal-staging,staging-0", "seal-shadow,shadow-0", "seal-shadow,quarantine-0"
    })
    void goesOnAfterADeathBehindItsRename(String seal, String collection) {
        run.upTo(seal);
        run.chunks(seal.equals("seal-staging") ? "sync" : seal.equals("seal-shadow") ? "map" : "snapshot");
        fixture.stops().dieAt("seal:after-rename:" + collection);
        catchThrowable(() -> run.step(seal));
        assertThat(run.step(seal).get("sealed").booleanValue()).isTrue();
    }

    @Test
    void takesTheRealOneWhereALateWriterMadeAnotherOpenOne() {
        run.upTo("seal-staging");
        run.chunks("sync");
        fixture.stops().doAt("seal:after-rename:staging-0", () -> {
            open("resync", "staging.0", 0).insertOne(new BsonDocument("_id", new BsonInt32(1)));
            throw new IllegalStateException("died");
        });
        catchThrowable(() -> run.step("seal-staging"));
        assertThat(run.step("seal-staging").get("sealed").booleanValue()).isTrue();
        assertThat(run.toEnd().ending()).isEqualTo(Ending.CUT_OVER);
    }

    @RepeatedTest(5)
    void twoAtOnceSealOneCollection() {
        run.upTo("seal-staging");
        run.chunks("sync");
        try (Background<JsonNode> one = Background.start(() -> run.step("seal-staging"));
                Background<JsonNode> two = Background.start(() -> run.step("seal-staging"))) {
            assertThat(one.result().get("sealed").booleanValue()).isTrue();
            assertThat(two.result().get("sealed").booleanValue()).isTrue();
        }
        assertThat(fixture.byName(run.run().sealed().get("staging-0").namespace())
                        .countDocuments())
                .isEqualTo(40);
    }

    private static ChunkStage stageOf(String chunks) {
        return ChunkStage.valueOf(chunks.toUpperCase(Locale.ROOT));
    }

    private MongoCollection<BsonDocument> open(String database, String collection, int generation) {
        String name = "resync." + run.run().shortId() + ".1." + collection + ".open" + generation;
        return fixture.byName((database.equals("live") ? fixture.database() : database) + "." + name);
    }
}

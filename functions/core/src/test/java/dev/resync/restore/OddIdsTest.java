package dev.resync.restore;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.MongoNamespace;
import dev.resync.fixture.EmbeddedMongo;
import dev.resync.fixture.RunDriver;
import dev.resync.fixture.RunFixture;
import dev.resync.hash.ContentHash;
import dev.resync.run.Ending;
import dev.resync.run.Run;
import dev.resync.store.CollectionShape;
import java.util.List;
import java.util.Optional;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Live may hold whatever someone once wrote to it; a snapshot keeps it and a restore brings it back. */
class OddIdsTest {

    private static final List<String> ODD = List.of(
            "null",
            "7",
            "{'$numberLong': '9007199254740993'}",
            "1.5",
            "-0.0",
            "{'$oid': '0123456789abcdef01234567'}",
            "{a: 1, b: {c: 'x'}}",
            "{b: 1, a: 1}",
            "true",
            "{'$date': '2020-01-01T00:00:00Z'}",
            "''",
            "{'$binary': {'base64': 'AQID', 'subType': '00'}}",
            "{'$minKey': 1}",
            "{'$numberDecimal': '3.10'}");

    @RegisterExtension
    static final EmbeddedMongo MONGO = new EmbeddedMongo();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 30})
    void comeBackAsTheyWere(int ordinary) {
        RunFixture fixture = new RunFixture(MONGO.client()).filled(ordinary);
        if (ordinary == 0) {
            fixture.insert("people", "{_id: 'p', name: 'Only', age: 3}");
            fixture.insert("notes", "{person: 'p', at: 1, text: 'only'}");
            fixture.indexNotes();
        }
        for (String id : ODD) {
            fixture.insert("personView", "{_id: %s, name: 'odd', deep: [{x: null}]}".formatted(id));
        }
        fixture.collection("personView").createIndex(BsonDocument.parse("{name: 1, age: -1}"));
        fixture.collection("nameView").insertOne(BsonDocument.parse("{_id: 'x'}"));
        List<ContentHash> old = fixture.live();
        Optional<CollectionShape> shape = shape(fixture);
        Run published = fixture.execute().toEnd();
        assertThat(published.ending()).isEqualTo(Ending.CUT_OVER);
        assertThat(fixture.live()).isNotEqualTo(old);
        assertThat(shape(fixture)).isEqualTo(shape);
        Run restored = fixture.restore(published.snapshot()).toEnd();
        assertThat(restored.ending()).isEqualTo(Ending.RESTORED);
        assertThat(fixture.live()).isEqualTo(old);
        assertThat(shape(fixture)).isEqualTo(shape);
    }

    @Test
    void aRestoreCanItselfBeUndone() {
        RunFixture fixture = new RunFixture(MONGO.client()).filled(20);
        Run published = fixture.execute().toEnd();
        List<ContentHash> view = fixture.live();
        RunDriver restore = fixture.restore(published.snapshot());
        Run restored = restore.toEnd();
        assertThat(fixture.live()).isNotEqualTo(view);
        fixture.restore(restored.snapshot()).toEnd();
        assertThat(fixture.live()).isEqualTo(view);
    }

    private static Optional<CollectionShape> shape(RunFixture fixture) {
        return fixture.context().store().shape(new MongoNamespace(fixture.database(), "personView"));
    }
}

package dev.resync.shadow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoNamespace;
import com.mongodb.client.model.IndexOptions;
import dev.resync.error.ShadowConflict;
import dev.resync.fixture.EmbeddedMongo;
import dev.resync.fixture.RunDriver;
import dev.resync.fixture.RunFixture;
import dev.resync.run.Ending;
import dev.resync.run.ExecutionStatus;
import dev.resync.store.CollectionShape;
import java.util.concurrent.TimeUnit;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The new view carries the indexes of live from the start. */
class ShadowConflictTest {

    @RegisterExtension
    static final EmbeddedMongo MONGO = new EmbeddedMongo();

    private RunFixture fixture;

    @BeforeEach
    void uniqueNames() {
        fixture = new RunFixture(MONGO.client()).filled(10);
        fixture.collection("personView")
                .createIndex(new BsonDocument("name", new BsonInt32(1)), new IndexOptions().unique(true));
    }

    @Test
    void twoKeysWithOneUniqueValueAreRefused() {
        fixture.insert("people", "{_id: 'p9', name: 'Person 3', age: 1}");
        RunDriver run = fixture.execute().upTo("seal-shadow");
        assertThatThrownBy(() -> run.chunks("map"))
                .isInstanceOf(ShadowConflict.class)
                .hasMessageContaining("shadow");
        assertThat(run.closed(ExecutionStatus.ABORTED).ending()).isEqualTo(Ending.UNTOUCHED);
    }

    @Test
    void aMappingDoneAgainIsNoConflict() {
        RunDriver run = fixture.execute().upTo("seal-shadow");
        run.chunks("map");
        fixture.control("chunks")
                .updateMany(BsonDocument.parse("{stage: 'MAP'}"), BsonDocument.parse("{$set: {done: false}}"));
        assertThat(run.toEnd().ending()).isEqualTo(Ending.CUT_OVER);
    }

    @Test
    void anIndexThatExpiresDocumentsComesBackWithTheCutOverOnly() {
        fixture.collection("nameView")
                .createIndex(
                        new BsonDocument("seen", new BsonInt32(1)), new IndexOptions().expireAfter(9L, TimeUnit.DAYS));
        RunDriver run = fixture.execute().through("verify");
        assertThat(shape(run.run().sealed().get("shadow-0").where()).expiringIndexes())
                .isEmpty();
        run.toEnd();
        assertThat(shape(new MongoNamespace(fixture.database(), "nameView")).expiringIndexes())
                .hasSize(1);
        assertThat(shape(new MongoNamespace(fixture.database(), "personView")).lastingIndexes())
                .hasSize(1);
    }

    private CollectionShape shape(MongoNamespace namespace) {
        return fixture.context().store().shape(namespace).orElseThrow();
    }
}

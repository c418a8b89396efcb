package dev.resync.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.mongodb.MongoNamespace;
import dev.resync.error.GateRefused;
import dev.resync.fixture.EmbeddedMongo;
import dev.resync.fixture.OptionKeepingMongo;
import dev.resync.fixture.RunDriver;
import dev.resync.fixture.RunFixture;
import dev.resync.hash.ContentHash;
import dev.resync.run.CollectionKind;
import dev.resync.run.Ending;
import dev.resync.run.ExecutionStatus;
import dev.resync.run.Run;
import dev.resync.run.RunCollection;
import dev.resync.store.CollectionShape;
import java.util.List;
import org.bson.BsonDocument;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is brought back is made as it was: options, validator, collation and every index, not only the documents. */
class RestoredShapeTest {

    private static final String OLD_OPTIONS = """
            validator: {name: {$exists: true}}, validationLevel: 'moderate', validationAction: 'warn',
            collation: {locale: 'en', strength: 2}""";
    private static final List<BsonDocument> OLD_INDEXES = List.of(
            BsonDocument.parse("{key: {name: 1, age: -1}, name: 'name_1_age_-1'}"),
            BsonDocument.parse("{key: {name: 1}, name: 'once', unique: true}"),
            BsonDocument.parse("{key: {note: 1}, name: 'notes', sparse: true}"),
            BsonDocument.parse("{key: {seen: 1}, name: 'seen_1', expireAfterSeconds: 777600}"));
    private static final List<BsonDocument> NEW_INDEXES = List.of(BsonDocument.parse("{key: {age: 1}, name: 'age_1'}"));

    @RegisterExtension
    static final EmbeddedMongo MONGO = new EmbeddedMongo();

    private RunFixture fixture;
    private MongoNamespace live;
    private CollectionShape oldShape;
    private ContentHash oldContent;
    private CollectionShape newShape;
    private ContentHash newContent;
    private String snapshot;

    /** Live is published, then made anew by hand: with another validator, other indexes, other documents. */
    @BeforeEach
    void publishAndMakeLiveAnew() {
        fixture = new RunFixture(new OptionKeepingMongo(MONGO.client()).client());
        live = new MongoNamespace(fixture.database(), "personView");
        create(live, OLD_OPTIONS);
        fixture.filled(10);
        fixture.context().store().createIndexes(live, OLD_INDEXES);
        oldShape = shape();
        oldContent = fixture.live("personView");
        snapshot = fixture.execute().toEnd().snapshot();
        assertThat(shape()).as("published").isEqualTo(oldShape);

        fixture.collection("personView").drop();
        create(live, "validator: {age: {$gt: 0}}");
        fixture.insert("personView", "{_id: 'p0001', age: 3}");
        fixture.context().store().createIndexes(live, NEW_INDEXES);
        newShape = shape();
        newContent = fixture.live("personView");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "personView"})
    void comesBackWithTheDocumentsAndGoesAgainWithThem(String only) {
        Run restore = fixture.restore(snapshot, only.isEmpty() ? new String[0] : new String[] {only})
                .toEnd();
        assertThat(restore.ending()).isEqualTo(Ending.RESTORED);
        assertThat(oldShape.options().keySet())
                .containsExactlyInAnyOrder("validator", "validationLevel", "validationAction", "collation");
        assertThat(oldShape.indexes()).hasSize(5);
        assertThat(shape()).isEqualTo(oldShape);
        assertThat(fixture.live("personView")).isEqualTo(oldContent);

        assertThat(fixture.restore(restore.snapshot()).toEnd().ending()).isEqualTo(Ending.RESTORED);
        assertThat(shape()).isEqualTo(newShape);
        assertThat(fixture.live("personView")).isEqualTo(newContent);
    }

    @Test
    void comesBackToACollectionThatIsGone() {
        fixture.collection("personView").drop();
        fixture.restore(snapshot, "personView").toEnd();
        assertThat(shape()).isEqualTo(oldShape);
        assertThat(fixture.live("personView")).isEqualTo(oldContent);
    }

    @Test
    void isAsItWasAfterAStoppedRestoreIsTakenBack() {
        RunDriver restore = fixture.restore(snapshot).upTo("cut-over");
        fixture.stops().dieAt("cut-over:before-rename:personView");
        catchThrowable(() -> restore.step("cut-over"));
        assertThat(restore.closed(ExecutionStatus.ABORTED).ending()).isEqualTo(Ending.RESTORED);
        assertThat(shape()).isEqualTo(newShape);
        assertThat(fixture.live("personView")).isEqualTo(newContent);
    }

    /** A collection that a late writer made has neither options nor indexes, and creating it again does not add options. */
    @Test
    void aShadowThatSomebodyElseMadeIsRefused() {
        RunDriver restore = fixture.restore(snapshot);
        fixture.context().store().create(shadow(restore.run()), new BsonDocument());
        assertThatThrownBy(() -> restore.through("verify"))
                .isInstanceOf(GateRefused.class)
                .hasMessageContaining("options of personView")
                .hasMessageContaining("validationLevel");
        assertLiveStays(restore);
    }

    @Test
    void aShadowThatLostAnIndexIsRefused() {
        RunDriver restore = fixture.restore(snapshot).through("plan-chunks");
        fixture.byName(shadow(restore.run()).getFullName()).dropIndex("once");
        assertThatThrownBy(() -> restore.through("verify"))
                .isInstanceOf(GateRefused.class)
                .hasMessageContaining("indexes of personView")
                .hasMessageContaining("once");
        assertLiveStays(restore);
    }

    private void assertLiveStays(RunDriver restore) {
        assertThat(restore.closed(ExecutionStatus.FAILED).ending()).isEqualTo(Ending.UNTOUCHED);
        assertThat(shape()).isEqualTo(newShape);
        assertThat(fixture.live("personView")).isEqualTo(newContent);
    }

    private static MongoNamespace shadow(Run run) {
        return RunCollection.of(run, CollectionKind.SHADOW, run.target("personView"))
                .open(0);
    }

    private CollectionShape shape() {
        return fixture.context().store().shape(live).orElseThrow();
    }

    private void create(MongoNamespace namespace, String options) {
        fixture.context().store().create(namespace, BsonDocument.parse("{" + options + "}"));
    }
}

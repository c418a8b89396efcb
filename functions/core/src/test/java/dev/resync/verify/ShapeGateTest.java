package dev.resync.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoNamespace;
import dev.resync.error.GateRefused;
import dev.resync.fixture.EmbeddedMongo;
import dev.resync.fixture.OptionKeepingMongo;
import dev.resync.fixture.RunDriver;
import dev.resync.fixture.RunFixture;
import dev.resync.hash.ContentHash;
import dev.resync.run.Ending;
import dev.resync.run.ExecutionStatus;
import dev.resync.store.CollectionShape;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A new view must have the indexes and the options of live. */
class ShapeGateTest {

    private static final BsonDocument AGE = BsonDocument.parse("{key: {age: 1}, name: 'age_1'}");
    private static final BsonDocument EXPIRES =
            BsonDocument.parse("{key: {at: 1}, name: 'at_1', expireAfterSeconds: 60}");
    private static final BsonDocument VALIDATOR = BsonDocument.parse("{validator: {label: {$exists: true}}}");

    @RegisterExtension
    static final EmbeddedMongo MONGO = new EmbeddedMongo();

    @Test
    void missingIndexIsRefused() {
        List<GateResult> gates = Gates.shape("view", shape("{}", AGE), shape("{}"));
        assertThat(gates)
                .filteredOn(gate -> !gate.passed())
                .extracting(GateResult::name)
                .containsExactly("indexes");
    }

    @Test
    void indexOfTheSameNameButOtherOptionsIsRefused() {
        BsonDocument unique = AGE.clone().append("unique", BsonBoolean.TRUE);
        assertThat(Gates.shape("view", shape("{}", unique), shape("{}", AGE)))
                .anyMatch(gate -> gate.name().equals("indexes") && !gate.passed());
    }

    @Test
    void otherOptionsAreRefused() {
        List<GateResult> gates =
                Gates.shape("view", shape("{validator: {age: {$exists: true}}}", AGE), shape("{}", AGE));
        assertThat(gates)
                .filteredOn(gate -> !gate.passed())
                .extracting(GateResult::name)
                .containsExactly("options");
    }

    @Test
    void equalShapesPassWhateverTheTtlIndexes() {
        assertThat(Gates.shape("view", shape("{}", AGE, EXPIRES), shape("{}", AGE)))
                .allMatch(GateResult::passed);
    }

    @Test
    void optionsThatLiveGetsDuringARunAreNotTakenAway() {
        RunFixture fixture = fixtureThatKeepsOptions();
        RunDriver run = fixture.execute().upTo("seal-shadow");
        giveValidator(fixture);
        List<ContentHash> live = fixture.live();
        assertThatThrownBy(() -> run.through("verify"))
                .isInstanceOf(GateRefused.class)
                .hasMessageContaining(
                        "is refused, live is unchanged. options of nameView: value 1.0, limit 0.0 (is {}, expected"
                                + " {\"validator\": {\"label\": {\"$exists\": true}}}). Mend");
        assertThat(run.closed(ExecutionStatus.ABORTED).ending()).isEqualTo(Ending.UNTOUCHED);
        assertThat(fixture.live()).isEqualTo(live);
    }

    @Test
    void optionsThatLiveHasBeforeARunAreTheNewViewsToo() {
        RunFixture fixture = fixtureThatKeepsOptions();
        giveValidator(fixture);
        assertThat(fixture.execute().toEnd().ending()).isEqualTo(Ending.CUT_OVER);
        assertThat(fixture.context()
                        .store()
                        .shape(new MongoNamespace(fixture.database(), "nameView"))
                        .orElseThrow()
                        .options())
                .isEqualTo(VALIDATOR);
    }

    private static RunFixture fixtureThatKeepsOptions() {
        return new RunFixture(new OptionKeepingMongo(MONGO.client()).client()).filled(5);
    }

    /** Makes live anew: the embedded server cannot change the options of a collection. */
    private static void giveValidator(RunFixture fixture) {
        List<BsonDocument> documents = fixture.collection("nameView").find().into(new ArrayList<>());
        fixture.collection("nameView").drop();
        fixture.context().store().create(new MongoNamespace(fixture.database(), "nameView"), VALIDATOR);
        fixture.collection("nameView").insertMany(documents);
    }

    private static CollectionShape shape(String options, BsonDocument... indexes) {
        return new CollectionShape("collection", BsonDocument.parse(options), List.of(indexes));
    }
}

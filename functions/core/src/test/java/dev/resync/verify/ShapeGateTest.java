package dev.resync.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resync.store.CollectionShape;
import java.util.List;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;

/** A new view must have the indexes and the options of live. */
class ShapeGateTest {

    private static final BsonDocument AGE = BsonDocument.parse("{key: {age: 1}, name: 'age_1'}");
    private static final BsonDocument EXPIRES =
            BsonDocument.parse("{key: {at: 1}, name: 'at_1', expireAfterSeconds: 60}");

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

    private static CollectionShape shape(String options, BsonDocument... indexes) {
        return new CollectionShape("collection", BsonDocument.parse(options), List.of(indexes));
    }
}

package dev.resync.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resync.plan.PlanDocument;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Constants that apply where a field has one of some values. */
class ConditionTest {

    private static Bundles bundle(String... rules) {
        return Bundles.of(PlanDocument.small().rules(rules).read());
    }

    private static BsonDocument bson(String json) {
        return BsonDocument.parse(json);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{a: {b: 'x'}}                    | 'yes'",
                "{a: {b: 'X'}}                    | 'no'",
                "{a: {b: ' x'}}                   | 'no'",
                "{a: {b: 1}}                      | 'yes'",
                "{a: {b: 1.0}}                    | 'yes'",
                "{a: {b: {$numberLong: '1'}}}     | 'yes'",
                "{a: {b: {$numberDecimal: '1.00'}}} | 'yes'",
                "{a: {b: '1'}}                    | 'no'",
                "{a: {b: true}}                   | 'yes'",
                "{a: {b: false}}                  | 'no'",
                "{a: {b: null}}                   | 'no'",
                "{a: {b: ['x']}}                  | 'no'",
                "{a: [{b: 'x'}]}                  | 'no'",
                "{a: 'x'}                         | 'no'",
                "{}                               | 'no'",
            })
    void theConstantAppliesWhereTheFieldHasOneOfTheValues(String person, String value) {
        assertThat(bundle("{path: 'v', from: [{value: 'yes', when: {field: 'people.a.b', in: ['x', 1, true]}},"
                                + " {value: 'no'}]}")
                        .with("people", person)
                        .document())
                .isEqualTo(bson("{_id: 'K', v: " + value + "}"));
    }

    @Test
    void conditionsAreTriedInOrderAmongOtherOrigins() {
        String rule = "{path: 'v', from: [{value: 1, when: {field: 'people.a', in: ['x']}}, 'people.n',"
                + " {value: 2, when: {field: 'moves.a', in: ['x', 'y']}}], type: 'int', default: 9}";

        assertThat(bundle(rule).with("people", "{a: 'x', n: 5}").document()).isEqualTo(bson("{_id: 'K', v: 1}"));
        assertThat(bundle(rule)
                        .with("people", "{a: 'y', n: 5}")
                        .with("moves", "{a: 'y'}")
                        .document())
                .isEqualTo(bson("{_id: 'K', v: 5}"));
        assertThat(bundle(rule)
                        .with("people", "{a: 'y'}")
                        .with("moves", "{a: 'y'}")
                        .document())
                .isEqualTo(bson("{_id: 'K', v: 2}"));
        assertThat(bundle(rule).with("people", "{a: 'y'}").document()).isEqualTo(bson("{_id: 'K', v: 9}"));
    }

    @Test
    void anyDocumentOfAManySourceWillDo() {
        String rule = "{path: 'v', from: [{value: true, when: {field: 'visits.state', in: ['open']}}, {value: false}]}";

        assertThat(bundle(rule)
                        .with("people", "{}")
                        .with("visits", "{_id: 1, state: 'shut'}", "{_id: 2, state: 'open'}")
                        .document())
                .isEqualTo(bson("{_id: 'K', v: true}"));
        assertThat(bundle(rule)
                        .with("people", "{}")
                        .with("visits", "{_id: 1, state: 'shut'}", "{_id: 2}")
                        .document())
                .isEqualTo(bson("{_id: 'K', v: false}"));
        assertThat(bundle(rule).with("people", "{}").document()).isEqualTo(bson("{_id: 'K', v: false}"));
    }

    @Test
    void withinEachTheFieldIsOfTheElement() {
        assertThat(bundle(
                                "{path: 'l', each: 'visits', fields: [{path: 'v', from: [{value: 'on', when: {field: 's', in: [1]}},"
                                        + " {value: 'off'}]}]}")
                        .with("people", "{s: 1}")
                        .with("visits", "{_id: 1, s: 2}", "{_id: 2, s: 1}", "{_id: 3}")
                        .document())
                .isEqualTo(bson("{_id: 'K', l: [{v: 'off'}, {v: 'on'}, {v: 'off'}]}"));
    }

    @Test
    void theFieldOfAConditionIsRead() {
        Projection people = new Projections(PlanDocument.small()
                        .rules("{path: 'v', from: [{value: 1, when: {field: 'people.a.b', in: [1]}}]}")
                        .read())
                .of("people");

        assertThat(people.of(bson("{a: {b: 1}, d: 4}"))).isEqualTo(bson("{a: {b: 1}}"));
    }

    @Test
    void aRuleOfConditionsIsHitOnlyWhereOneHolds() {
        String rule = "{path: 'v', from: [{value: 1, when: {field: 'people.a', in: ['x']}}]}";

        assertThat(bundle(rule).with("people", "{a: 'x'}").hits()).containsExactly("view.v");
        assertThat(bundle(rule).with("people", "{a: 'y'}").hits()).isEmpty();
    }
}

package dev.resync.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resync.plan.PlanDocument;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;

/** What {@code expression} sees and gives. */
class ExpressionRuleTest {

    private static PlanDocument plan(String... rules) {
        return PlanDocument.small().rules(rules);
    }

    private static Bundles bundle(String... rules) {
        return Bundles.of(plan(rules).read());
    }

    private static BsonDocument bson(String json) {
        return BsonDocument.parse(json);
    }

    @Test
    void expressionsSeeTheBundle() {
        String[] rules = {
            "{path: 'a', expression: 'people.n & $key & $count(visits) & $exists(moves)', type: 'string'}",
            "{path: 'b', expression: 'visits[0].id'}",
            "{path: 'c', expression: 'people.(d & o)'}",
            "{path: 'd', expression: 'people.l'}",
            "{path: 'e', expression: '$runStart', type: 'date'}",
            "{path: 'f', expression: '{\"z\": 1.5, \"a\": [null, true]}'}",
            "{path: 'g', expression: '$keys(people)[0]'}",
        };

        assertThat(bundle(rules)
                        .with(
                                "people",
                                "{n: 'x', d: {$date: '2024-01-01T00:00:00Z'}, o: {$oid: '0123456789abcdef01234567'},"
                                        + " l: {$numberLong: '9007199254740993'}, 'a b': 1}")
                        .with("visits", "{id: 1}")
                        .document())
                .isEqualTo(bson("""
                                {_id: 'K', a: 'xK1false', b: 1, c: '2024-01-01T00:00:00.000Z0123456789abcdef01234567',
                                 d: {$numberLong: '9007199254740993'}, e: '2024-02-29', f: {z: 1.5, a: [null, true]}, g: 'a b'}
                                """));
    }

    @Test
    void expressionsSeeAListWhereASourceIsMany() {
        String[] rules = {
            "{path: 'ids', expression: '$join(visits.id, \"-\")'}",
            "{path: 'many', expression: '$type(visits)'}",
            "{path: 'one', expression: '$type(people) & $type(moves)'}",
        };

        assertThat(bundle(rules)
                        .with("people", "{}")
                        .with("visits", "{_id: 2, id: 'b'}", "{_id: 1, id: 'a'}")
                        .with("moves", "{at: 1}")
                        .document())
                .isEqualTo(bson("{_id: 'K', ids: 'a-b', many: 'array', one: 'objectobject'}"));
    }

    @Test
    void anExpressionThatFailsQuarantinesTheBundle() {
        assertThat(bundle("{path: 'a', expression: 'people.n + 1'}")
                        .with("people", "{n: 'x'}")
                        .problems())
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.reason()).isEqualTo("expression-failed");
                    assertThat(problem.value()).isNotBlank();
                    assertThat(problem.target()).isEqualTo("view.a");
                });
        assertThat(bundle("{path: 'a', expression: '$sum'}")
                        .with("people", "{}")
                        .problems())
                .extracting(MappingProblem::reason)
                .containsExactly("expression-failed");
        assertThat(bundle("{path: 'a', expression: 'people.n', type: 'int'}")
                        .with("people", "{n: 'x'}")
                        .problems())
                .containsExactly(new MappingProblem("bad-number", null, null, "x", "view.a"));
    }
}

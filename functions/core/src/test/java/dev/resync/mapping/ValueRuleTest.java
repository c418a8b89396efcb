package dev.resync.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resync.plan.PlanDocument;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;

/** What {@code from} and the conversions do. */
class ValueRuleTest {

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
    void theKeyComesFirstAndFieldsInOrderOfTheRules() {
        BsonDocument document = bundle(
                        "{path: 'z', from: ['people.a']}",
                        "{path: 'n.b', from: ['people.b']}",
                        "{path: 'a', from: ['$key']}",
                        "{path: 'n.a', from: ['people.a']}",
                        "{path: 'n.deep.c', from: ['people.c.d']}")
                .with("people", "{_id: 'K', a: 1, b: 'x', c: {d: [1, {e: 2}]}}")
                .document();

        assertThat(document.toJson())
                .isEqualTo(bson("{_id: 'K', z: 1, n: {b: 'x', a: 1, deep: {c: [1, {e: 2}]}}, a: 'K'}")
                        .toJson());
    }

    @Test
    void theFirstOriginThatIsNotNullWins() {
        Bundles rule = bundle("{path: 'v', from: ['people.a', 'people.b', 'moves.c', {value: 'none'}]}");

        assertThat(rule.with("people", "{a: null, b: 0}").document()).isEqualTo(bson("{_id: 'K', v: 0}"));
        assertThat(bundle("{path: 'v', from: ['people.a', 'moves.c', {value: 'none'}]}")
                        .with("people", "{a: {$undefined: true}}")
                        .with("moves", "{c: 5}")
                        .document())
                .isEqualTo(bson("{_id: 'K', v: 5}"));
        assertThat(bundle("{path: 'v', from: ['people.a', 'moves.c', {value: 'none'}]}")
                        .with("people", "{}")
                        .document())
                .isEqualTo(bson("{_id: 'K', v: 'none'}"));
    }

    @Test
    void blankTextIsNullOnlyWhereTheRuleSaysSo() {
        assertThat(bundle("{path: 'v', from: ['people.a', 'people.b'], emptyIsNull: true}")
                        .with("people", "{a: ' \\u00a0', b: 'x'}")
                        .document())
                .isEqualTo(bson("{_id: 'K', v: 'x'}"));
        assertThat(bundle("{path: 'v', from: ['people.a', 'people.b']}")
                        .with("people", "{a: ' ', b: 'x'}")
                        .document())
                .isEqualTo(bson("{_id: 'K', v: ' '}"));
        assertThat(bundle("{path: 'v', from: ['people.a'], type: 'date', emptyIsNull: true}")
                        .with("people", "{a: ''}")
                        .document())
                .isEqualTo(bson("{_id: 'K', v: null}"));
    }

    @Test
    void constantsApplyWhereSomethingIsPresent() {
        String rule =
                "{path: 'v', from: [{value: 1, whenPresent: 'visits.at'}, {value: 2, whenPresent: 'visits'}, {value: 3}]}";

        assertThat(bundle(rule).with("people", "{}").document()).isEqualTo(bson("{_id: 'K', v: 3}"));
        assertThat(bundle(rule)
                        .with("people", "{}")
                        .with("visits", "{at: ' '}", "{}")
                        .document())
                .isEqualTo(bson("{_id: 'K', v: 2}"));
        assertThat(bundle(rule)
                        .with("people", "{}")
                        .with("visits", "{at: null}", "{at: 0}")
                        .document())
                .isEqualTo(bson("{_id: 'K', v: 1}"));
    }

    @Test
    void keyAndRunStartAreConvertedLikeOtherValues() {
        assertThat(bundle(
                                "{path: 'k', from: ['$key']}",
                                "{path: 's', from: ['$runStart'], type: 'datetime'}",
                                "{path: 'd', from: ['$runStart']}")
                        .with("people", "{}")
                        .document())
                .isEqualTo(bson(
                        "{_id: 'K', k: 'K', s: '2024-02-29T12:34:56.789', d: {$date: '2024-02-29T12:34:56.789Z'}}"));
    }

    @Test
    void enumsMapKnownValuesAndRefuseOthers() {
        String rule = "{path: 'v', from: ['people.a'], enum: {A: 'Alpha', '1': 'One', 'true': 'Yes'}}";

        assertThat(bundle(rule).with("people", "{a: 'A'}").document()).isEqualTo(bson("{_id: 'K', v: 'Alpha'}"));
        assertThat(bundle(rule).with("people", "{a: {$numberLong: '1'}}").document())
                .isEqualTo(bson("{_id: 'K', v: 'One'}"));
        assertThat(bundle(rule).with("people", "{a: true}").document()).isEqualTo(bson("{_id: 'K', v: 'Yes'}"));
        assertThat(bundle(rule).with("people", "{}").document()).isEqualTo(bson("{_id: 'K', v: null}"));
        assertThat(bundle(rule).with("people", "{a: 'a'}").problems())
                .containsExactly(new MappingProblem("unknown-enum-value", "people", "a", "a", "view.v"));
        assertThat(bundle(rule).with("people", "{a: ['A']}").problems())
                .containsExactly(new MappingProblem("unknown-enum-value", "people", "a", "[\"A\"]", "view.v"));
    }

    @Test
    void enumValuesHaveTheRulesTypeAndOthersMayBeMapped() {
        assertThat(bundle(
                                "{path: 'v', from: ['people.a'], type: 'boolean', enum: {Y: true, N: false}, enumOther: false}")
                        .with("people", "{a: 'maybe'}")
                        .document())
                .isEqualTo(bson("{_id: 'K', v: false}"));
        assertThat(bundle("{path: 'v', from: ['people.a', 'people.b'], enum: ['x'], enumOther: null}")
                        .with("people", "{a: 'maybe', b: 'x'}")
                        .document())
                .isEqualTo(bson("{_id: 'K', v: 'x'}"));
    }

    @Test
    void defaultsStandInForNullAndHaveTheRulesForm() {
        assertThat(bundle(
                                "{path: 'a', from: ['people.a'], type: 'long', default: 5}",
                                "{path: 'b', from: ['people.a'], type: 'date', format: 'dd/MM/yyyy', default: '2024-01-31'}",
                                "{path: 'c', expression: 'people.a', type: 'string', default: 'none', required: true}")
                        .with("people", "{a: null}")
                        .document())
                .isEqualTo(bson("{_id: 'K', a: {$numberLong: '5'}, b: '31/01/2024', c: 'none'}"));
    }

    @Test
    void aRequiredFieldWithoutValueQuarantinesTheBundle() {
        assertThat(bundle(
                                "{path: 'v', from: ['people.a'], required: true}",
                                "{path: 'w', expression: 'people.a', required: true}")
                        .with("people", "{a: null}")
                        .problems())
                .containsExactly(
                        new MappingProblem("required-missing", null, null, null, "view.v"),
                        new MappingProblem("required-missing", null, null, null, "view.w"));
    }

    @Test
    void aValueThatCannotBeConvertedIsNotReplacedByALaterOrigin() {
        assertThat(bundle("{path: 'v', from: ['people.a', 'people.b'], type: 'int', required: true, default: 3}")
                        .with("people", "{a: 'x', b: 1}")
                        .problems())
                .containsExactly(new MappingProblem("bad-number", "people", "a", "x", "view.v"));
    }

    @Test
    void aProblemOfTheKeyOrTheRunStartNamesNoSource() {
        assertThat(bundle(
                                "{path: 'k', from: ['$key'], type: 'int'}",
                                "{path: 's', from: ['$runStart'], type: 'boolean'}")
                        .with("people", "{}")
                        .problems())
                .containsExactly(
                        new MappingProblem("bad-number", null, null, "K", "view.k"),
                        new MappingProblem(
                                "wrong-type", null, null, "{\"$date\": \"2024-02-29T12:34:56.789Z\"}", "view.s"));
    }

    @Test
    void aValueOfAProblemIsShownInFullUpToAHundredCharacters() {
        String rule = "{path: 'v', from: ['people.a'], type: 'int'}";
        assertThat(bundle(rule).with("people", "{a: '" + "x".repeat(100) + "'}").problems())
                .extracting(MappingProblem::value)
                .containsExactly("x".repeat(100));
        assertThat(bundle(rule).with("people", "{a: '" + "x".repeat(101) + "'}").problems())
                .extracting(MappingProblem::value)
                .containsExactly("x".repeat(99) + "…");
    }

    @Test
    void anArrayOnTheWayIsRefusedButOneAtTheEndIsAValue() {
        assertThat(bundle("{path: 'v', from: ['people.a.b']}")
                        .with("people", "{a: [{b: 1}]}")
                        .problems())
                .containsExactly(new MappingProblem("array-on-path", "people", "a.b", "[{\"b\": 1}]", "view.v"));
        assertThat(bundle("{path: 'v', from: ['people.a']}")
                        .with("people", "{a: [{b: 1}]}")
                        .document())
                .isEqualTo(bson("{_id: 'K', v: [{b: 1}]}"));
        assertThat(bundle("{path: 'v', from: ['people.a.b.c']}")
                        .with("people", "{a: {b: 'text'}}")
                        .document())
                .isEqualTo(bson("{_id: 'K', v: null}"));
    }

    @Test
    void nullsMayBeLeftOut() {
        PlanDocument plan = plan(
                        "{path: 'a', from: ['people.a']}",
                        "{path: 'n.b', from: ['people.b']}",
                        "{path: 'l', each: 'visits', fields: [{path: 'c', from: ['c']}]}")
                .with("/targets/view/nulls", "'omit'");

        assertThat(Bundles.of(plan.read())
                        .with("people", "{a: null}")
                        .with("visits", "{}")
                        .document())
                .isEqualTo(bson("{_id: 'K', l: [{}]}"));
    }
}

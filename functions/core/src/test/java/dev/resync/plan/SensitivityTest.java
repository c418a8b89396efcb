package dev.resync.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What follows from the little that a plan says of what is sensitive. */
class SensitivityTest {

    private static final String SECRET = "{path: 'secret', from: ['people.a.b', 'visits.c'], sensitive: true}";

    @Test
    void aPlanThatSaysNothingHidesNothing() {
        Sensitivity sensitivity = of(PlanDocument.small()
                .rules("{path: 'x', from: ['people.x', '$key']}", "{path: 'y', expression: 'people.y'}"));
        assertThat(sensitivity.any()).isFalse();
        assertThat(sensitivity.key()).isFalse();
        assertThat(sensitivity.hidesField("people", "x")).isFalse();
        assertThat(sensitivity.hidesRule("view.x")).isFalse();
        assertThat(sensitivity.hidesRule("view.y")).isFalse();
        assertThat(sensitivity.hidesMessage("view.y")).isFalse();
    }

    @ParameterizedTest(name = "{0}.{1}: {2}")
    @CsvSource({
        "people, a.b, true",
        "people, a.b.c, true",
        "people, a, true",
        "people, a.bc, false",
        "people, ab, false",
        "people, c, false",
        "visits, c, true",
        "visits, a.b, false",
        "moves, a.b, false",
        ", a.b, false",
        "people, , false"
    })
    void whatASensitiveRuleReadsIsSensitiveWithWhatHoldsItAndWhatItHolds(String source, String path, boolean hidden) {
        assertThat(of(PlanDocument.small().rules(SECRET)).hidesField(source, path))
                .isEqualTo(hidden);
    }

    @Test
    void aRuleIsAsSensitiveAsWhatItReads() {
        Sensitivity sensitivity = of(PlanDocument.small()
                .rules(
                        SECRET,
                        "{path: 'whole', from: ['people.x', 'people.a']}",
                        "{path: 'other', from: ['people.x', {value: 'v', whenPresent: 'people.a.b'}]}",
                        "{path: 'computed', expression: '1'}",
                        "{path: 'vouched', expression: 'people.x', sensitive: false}",
                        "{path: 'list', each: 'visits', fields: [{path: 'c', from: ['c.d']}, {path: 'e', from: ['e']},"
                                + " {path: 'f', expression: 'e'}]}",
                        "{path: 'number', countOf: 'visits', sensitive: true}"));
        assertThat(sensitivity.any()).isTrue();
        assertThat(sensitivity.hidesRule("view.secret")).isTrue();
        assertThat(sensitivity.hidesRule("view.whole")).isTrue();
        assertThat(sensitivity.hidesRule("view.other"))
                .as("reads only whether there is one")
                .isFalse();
        assertThat(sensitivity.hidesRule("view.computed")).as("can see it").isTrue();
        assertThat(sensitivity.hidesRule("view.vouched")).isFalse();
        assertThat(sensitivity.hidesMessage("view.vouched"))
                .as("a message may quote what it saw")
                .isTrue();
        assertThat(sensitivity.hidesRule("view.list")).as("holds list[].c").isTrue();
        assertThat(sensitivity.hidesRule("view.list[].c")).isTrue();
        assertThat(sensitivity.hidesRule("view.list[].e")).isFalse();
        assertThat(sensitivity.hidesRule("view.list[].f")).isTrue();
        assertThat(sensitivity.hidesRule("view.number")).isTrue();
        assertThat(sensitivity.hidesField("people", "x"))
                .as("another origin of such a rule")
                .isFalse();
    }

    @Test
    void anExpressionInAnArraySeesItsElementAlone() {
        Sensitivity sensitivity = of(PlanDocument.small()
                .rules(
                        "{path: 's', from: ['people.a'], sensitive: true}",
                        "{path: 'list', each: 'visits', fields: [{path: 'f', expression: 'e'}]}"));
        assertThat(sensitivity.hidesRule("view.list[].f")).isFalse();
        assertThat(sensitivity.hidesMessage("view.list[].f")).isFalse();
    }

    @Test
    void aJoinIsAsSensitiveAsAnyOfItsParts() {
        Sensitivity sensitivity = of(PlanDocument.small()
                .rules(
                        SECRET,
                        "{path: 'both', from: [{join: ['people.x', 'people.a.b']}], type: 'string'}",
                        "{path: 'plain', from: [{join: ['people.x', 'people.y']}], type: 'string'}",
                        "{path: 'hidden', from: [{join: ['people.p', 'moves.q']}], type: 'string', sensitive: true}",
                        "{path: 'q', from: ['moves.q']}"));
        assertThat(sensitivity.hidesRule("view.both")).isTrue();
        assertThat(sensitivity.hidesRule("view.plain")).isFalse();
        assertThat(sensitivity.hidesField("people", "p")).isTrue();
        assertThat(sensitivity.hidesRule("view.q")).isTrue();
        assertThat(of(PlanDocument.small()
                                .with("/key/sensitive", "true")
                                .rules("{path: 'k', from: [{join: ['people.x', '$key']}], type: 'string'}"))
                        .hidesRule("view.k"))
                .isTrue();
    }

    @Test
    void aConstantIsAsSensitiveAsTheFieldWhoseValuesItTells() {
        Sensitivity sensitivity = of(PlanDocument.small()
                .rules(
                        SECRET,
                        "{path: 'tells', from: [{value: 1, when: {field: 'people.a.b', in: ['x']}}]}",
                        "{path: 'plain', from: [{value: 1, when: {field: 'people.c', in: ['x']}}]}",
                        "{path: 'hides', from: [{value: 1, when: {field: 'moves.q', in: ['x']}}], sensitive: true}"));
        assertThat(sensitivity.hidesRule("view.tells")).isTrue();
        assertThat(sensitivity.hidesRule("view.plain")).isFalse();
        assertThat(sensitivity.hidesField("moves", "q")).isTrue();
    }

    @Test
    void aSensitiveArrayIsSoWithAllItsFields() {
        Sensitivity sensitivity = of(PlanDocument.small()
                .rules("{path: 'list', each: 'visits', sensitive: true, fields: [{path: 'c', from: ['c']}]}"));
        assertThat(sensitivity.hidesRule("view.list")).isTrue();
        assertThat(sensitivity.hidesRule("view.list[].c")).isTrue();
        assertThat(sensitivity.hidesField("visits", "c")).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{path: 'c', from: ['c'], sensitive: true}  | true",
                "{path: 'c', from: ['marked.x']}            | true",
                "{path: 'c', expression: 'e'}               | true",
                "{path: 'c', expression: 'e', sensitive: false} | false",
                "{path: 'c', from: ['c']}                   | false"
            })
    void anArrayIsAsSensitiveAsAnythingInItsElements(String field, boolean hidden) {
        Sensitivity sensitivity = of(PlanDocument.small()
                .with("/sources/visits/sensitive", "['marked']")
                .rules("{path: 'list', each: 'visits', fields: [{path: 'e', from: ['e']}, " + field + "]}"));
        assertThat(sensitivity.hidesRule("view.list")).isEqualTo(hidden);
        assertThat(sensitivity.hidesRule("view.list[].e")).isFalse();
    }

    @Test
    void anArrayThatHoldsASensitiveKeyIsSensitive() {
        PlanDocument plan = PlanDocument.small()
                .rules(
                        "{path: 'list', each: 'visits', fields: [{path: 'e', from: ['e']}, {path: 'k', from: ['$key']}]}");
        assertThat(of(plan).hidesRule("view.list")).isFalse();
        assertThat(of(plan.with("/key/sensitive", "true")).hidesRule("view.list"))
                .isTrue();
    }

    @Test
    void aSensitiveExpressionHidesEveryFieldThatItNamesAtAnyDepth() {
        Sensitivity sensitivity =
                of(PlanDocument.small().rules("{path: 's', expression: '$uppercase(people.mail)', sensitive: true}"));
        assertThat(sensitivity.hidesField("people", "mail")).isTrue();
        assertThat(sensitivity.hidesField("people", "contact.mail.work")).isTrue();
        assertThat(sensitivity.hidesField("visits", "mail")).isTrue();
        assertThat(sensitivity.hidesField("people", "email")).isFalse();
    }

    @Test
    void aSensitiveKeyIsSoInEverySource() {
        Sensitivity sensitivity = of(PlanDocument.small()
                .with("/key/sensitive", "true")
                .rules(
                        "{path: 'k', from: ['$key']}",
                        "{path: 'p', from: ['visits.person']}",
                        "{path: 'x', from: ['people.x']}"));
        assertThat(sensitivity.key()).isTrue();
        assertThat(sensitivity.hidesField("people", "_id")).isTrue();
        assertThat(sensitivity.hidesField("visits", "person")).isTrue();
        assertThat(sensitivity.hidesRule("view.k")).isTrue();
        assertThat(sensitivity.hidesRule("view.p")).isTrue();
        assertThat(sensitivity.hidesRule("view.x")).isFalse();
    }

    /** Or a plan could not be mended so for a resume from MAP. */
    @Test
    void stagingDoesNotDependOnIt() {
        assertThat(SourcesHash.of(PlanDocument.small()
                        .with("/sources/people/sensitive", "['x']")
                        .with("/key/sensitive", "true")
                        .read()))
                .isEqualTo(SourcesHash.of(PlanDocument.small().read()));
    }

    private static Sensitivity of(PlanDocument plan) {
        return new Sensitivity(plan.read());
    }
}

package dev.resync.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resync.plan.PlanDocument;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;

/** What rules give for sources with several documents of a key. */
class ManySourceTest {

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
    void severalDocumentsMustAgreeUnlessTheRuleSaysOtherwise() {
        String[] visits = {"{_id: 2, v: 1, w: null}", "{_id: 1, v: {$numberLong: '1'}, w: 'x'}"};

        assertThat(bundle("{path: 'v', from: ['visits.v'], type: 'int'}", "{path: 'w', from: ['visits.w']}")
                        .with("people", "{}")
                        .with("visits", visits)
                        .document())
                .isEqualTo(bson("{_id: 'K', v: 1, w: 'x'}"));
        assertThat(bundle("{path: 'v', from: ['visits.v']}")
                        .with("people", "{}")
                        .with("visits", "{_id: 2, v: 'b'}", "{_id: 1, v: 'a'}", "{_id: 3, v: 'b'}")
                        .problems())
                .containsExactly(new MappingProblem("several-values", "visits", "v", "a, b", "view.v"));
    }

    @Test
    void severalMayBeNullOrJoinedInTheSourcesOrder() {
        String[] rules = {
            "{path: 'n', from: ['visits.v', 'people.v'], several: 'null'}",
            "{path: 'j', from: ['visits.v'], type: 'string', several: {join: ' | '}}",
            "{path: 'd', from: ['visits.d'], type: 'date', format: 'dd.MM.', several: {join: ', '}}"
        };
        String[] visits = {
            "{_id: 3, v: 'b', d: '2024-01-02'}",
            "{_id: 1, v: 'c', d: null}",
            "{_id: 2, v: 'b', d: {$date: '2024-01-02T10:00:00Z'}}"
        };

        assertThat(bundle(rules)
                        .with("people", "{v: 'p'}")
                        .with("visits", visits)
                        .document())
                .isEqualTo(bson("{_id: 'K', n: 'p', j: 'c | b', d: '02.01.'}"));
        assertThat(bundle(rules)
                        .with("people", "{v: 'p'}")
                        .with("visits", "{_id: 1, v: 'x'}", "{_id: 2, v: 'x'}")
                        .document())
                .isEqualTo(bson("{_id: 'K', n: 'p', j: 'x', d: null}"));
        assertThat(bundle(rules)
                        .with("people", "{v: 'p'}")
                        .with("visits", "{v: 'x'}")
                        .document())
                .isEqualTo(bson("{_id: 'K', n: 'x', j: 'x', d: null}"));
    }

    @Test
    void latestByGivesAManySourceItsOrder() {
        PlanDocument plan = plan("{path: 'j', from: ['visits.v'], type: 'string', several: {join: '>'}}")
                .with("/sources/visits/latestBy", "'at'");

        assertThat(Bundles.of(plan.read())
                        .with("people", "{}")
                        .with(
                                "visits",
                                "{_id: 1, v: 'c', at: '2024-01-03'}",
                                "{_id: 2, v: 'a', at: null}",
                                "{_id: 3, v: 'b', at: {$date: '2024-01-02T00:00:00Z'}}")
                        .document())
                .isEqualTo(bson("{_id: 'K', j: 'a>b>c'}"));
    }

    @Test
    void eachMakesAnArrayInOrder() {
        String each = "{path: 'in.list', each: 'visits', orderBy: [{field: 'p', direction: 'desc'}, {field: 'q'}],"
                + " fields: [{path: 'id', from: ['_id']}, {path: 'x.k', from: ['$key']},"
                + " {path: 'c', from: [{value: 'has', whenPresent: 'q'}, {value: 'no'}]},"
                + " {path: 'e', expression: 'q * 2'}]}";

        assertThat(bundle(each)
                        .with("people", "{}")
                        .with(
                                "visits",
                                "{_id: 4, p: 1}",
                                "{_id: 3, p: 2, q: 2}",
                                "{_id: 2, p: 2, q: 1}",
                                "{_id: 1, p: 1}")
                        .document())
                .isEqualTo(bson("""
                                {_id: 'K', in: {list: [{id: 2, x: {k: 'K'}, c: 'has', e: 2}, {id: 3, x: {k: 'K'}, c: 'has', e: 4},
                                 {id: 1, x: {k: 'K'}, c: 'no', e: null}, {id: 4, x: {k: 'K'}, c: 'no', e: null}]}}
                                """));
        assertThat(bundle(each).with("people", "{}").document()).isEqualTo(bson("{_id: 'K', in: {list: []}}"));
    }

    @Test
    void elementsMayBeSortedByAFieldThatNoRuleWrites() {
        assertThat(bundle(
                                "{path: 'l', each: 'visits', orderBy: [{field: 'at.day'}], fields: [{path: 'v', from: ['v']}]}")
                        .with("people", "{}")
                        .with("visits", "{_id: 1, at: {day: 2}, v: 'b'}", "{_id: 2, at: {day: 1}, v: 'a'}")
                        .document())
                .isEqualTo(bson("{_id: 'K', l: [{v: 'a'}, {v: 'b'}]}"));
    }

    @Test
    void problemsInElementsNameTheirRule() {
        assertThat(bundle("{path: 'l', each: 'visits', fields: [{path: 'a', from: ['b.c'], type: 'date'}]}")
                        .with("people", "{}")
                        .with("visits", "{b: {c: 'soon'}}")
                        .problems())
                .containsExactly(new MappingProblem("bad-date", "visits", "b.c", "soon", "view.l[].a"));
    }

    @Test
    void countsAreOfDocumentsThatCount() {
        assertThat(bundle(
                                "{path: 'v', countOf: 'visits'}",
                                "{path: 'm', countOf: 'moves', type: 'long'}",
                                "{path: 'p', countOf: 'people'}")
                        .with("people", "{}")
                        .with("moves", "{_id: 1, at: 1}", "{_id: 2, at: 2}")
                        .document())
                .isEqualTo(bson("{_id: 'K', v: 0, m: {$numberLong: '1'}, p: 1}"));
    }
}

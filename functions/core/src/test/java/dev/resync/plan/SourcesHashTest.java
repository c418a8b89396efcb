package dev.resync.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourcesHashTest {

    private static PlanDocument document() {
        return PlanDocument.small()
                .with("/sources/people/key/transform", "['trim', {padStart: {length: 7, with: '0'}}]")
                .with(
                        "/sources/people/exclude",
                        "[{rule: 'odd', reason: 'r', key: {in: ['x', 1, 2.5, true], blank: true}},"
                                + " {rule: 'old', reason: 'r', where: {field: 'a', notIn: ['y']}}]");
    }

    private static String hash(PlanDocument document) {
        return SourcesHash.of(document.read());
    }

    @Test
    void onePlanHasOneHash() {
        assertThat(hash(document())).matches("[0-9a-f]{64}").isEqualTo(hash(document()));
        PlanDocument moved = document().without("/sources/people/drives").with("/sources/people/drives", "true");
        assertThat(moved.json()).isNotEqualTo(document().json());
        assertThat(hash(moved)).isEqualTo(hash(document()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/sources/people/namespace                   | 'db.persons'",
                "/sources/people/key/field                   | 'id'",
                "/sources/people/key/transform               | ['trim']",
                "/sources/people/key/transform/0             | 'upper'",
                "/sources/people/key/transform/1             | {padStart: {length: 7, with: '1'}}",
                "/sources/people/exclude                     | []",
                "/sources/people/exclude/0/key/blank         | false",
                "/sources/people/exclude/0/key/in/1          | '1'",
                "/sources/people/exclude/0/key/contains      | 'null'",
                "/sources/people/exclude/1/where/notIn       | ['y', 'z']",
                "/sources/visits/cardinality                 | 'one'",
                "/sources/visits/latestBy                    | 'null'",
                "/sources/visits/identity                    | 'null'",
                "/sources/visits/drives                      | true",
                "/sources/more                               | {namespace: 'db.more', key: {field: '_id', type: 'string'}, cardinality: 'one'}",
            })
    void anotherSourceHasAnotherHash(String where, String what) {
        assertThat(hash(document().with(where, what))).isNotEqualTo(hash(document()));
    }

    @Test
    void aTextIsNotWhatItReadsLike() {
        String notIn = "/sources/people/exclude/1/where/notIn";

        assertThat(hash(document().with(notIn, "['y', 'z']")))
                .isNotEqualTo(hash(document().with(notIn, "[\"y'}, BsonString{value='z\"]")));
    }

    @Test
    void anotherKeyTypeHasAnotherHash() {
        PlanDocument numbers = PlanDocument.small().without("/sources/visits").without("/sources/moves");
        numbers.with("/sources/people/key/type", "'int'").with("/key/type", "'int'");
        String ofInts = hash(numbers);

        assertThat(hash(numbers.with("/key/type", "'long'"))).isNotEqualTo(ofInts);
    }

    @Test
    void targetsAndGatesDoNotMatter() {
        PlanDocument other = document()
                .rules("{path: 'first', from: ['people.first'], type: 'string'}")
                .with("/targets/view/nulls", "'omit'")
                .with("/gates", "{shrink: {maxShare: 0.2}}");

        assertThat(hash(other)).isEqualTo(hash(document()));
    }
}

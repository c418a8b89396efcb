package dev.resync.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resync.chunk.KeyFamily;
import dev.resync.chunk.KeyPath;
import dev.resync.chunk.KeyRange;
import dev.resync.mapping.Classified.Excluded;
import dev.resync.mapping.Classified.Keyed;
import dev.resync.mapping.Classified.Reason;
import dev.resync.mapping.Classified.WithoutKey;
import dev.resync.plan.Plan;
import dev.resync.plan.PlanDocument;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonMaxKey;
import org.bson.BsonMinKey;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceClassifierTest {

    private static SourceClassifier people(PlanDocument document) {
        Plan plan = document.read();
        return new SourceClassifier(plan.source("people"), plan.keyType());
    }

    private static SourceClassifier keyed(String planKey, String field, String type, String transform) {
        String others = planKey.equals("string") ? "[]" : null;
        PlanDocument document = PlanDocument.small()
                .with("/key/type", "'" + planKey + "'")
                .with(
                        "/sources/people/key",
                        "{field: '" + field + "', type: '" + type + "', transform: " + transform + "}");
        if (others == null) {
            document.without("/sources/visits").without("/sources/moves");
        }
        return people(document);
    }

    private static Classified classify(SourceClassifier classifier, String json) {
        BsonDocument document = BsonDocument.parse(json);
        Classified classified = classifier.classify(document);
        assertThat(classifier.classify(new RawBsonDocument(document, new org.bson.codecs.BsonDocumentCodec())))
                .isEqualTo(classified);
        return classified;
    }

    private static BsonValue key(SourceClassifier classifier, String json) {
        Classified classified = classify(classifier, json);
        assertThat(classified).isInstanceOf(Keyed.class);
        return ((Keyed) classified).key();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                              | MISSING",
                "{k: {}}                         | MISSING",
                "{k: 'text'}                     | MISSING",
                "{k: {id: null}}                 | NULL",
                "{k: {id: {$undefined: true}}}   | NULL",
                "{k: {id: ''}}                   | BLANK",
                "{k: {id: ' \\t\\u00a0'}}        | BLANK",
                "{k: {id: 1}}                    | WRONG_TYPE",
                "{k: {id: {a: 1}}}               | WRONG_TYPE",
                "{k: {id: true}}                 | WRONG_TYPE",
                "{k: {id: {$minKey: 1}}}         | WRONG_TYPE",
                "{k: {id: ['a']}}                | ARRAY",
                "{k: [{id: 'a'}]}                | ARRAY",
                "{k: []}                         | ARRAY",
            })
    void aDocumentWithoutUsableKeyHasNone(String json, Reason reason) {
        SourceClassifier classifier = keyed("string", "k.id", "string", "[]");

        assertThat(classify(classifier, json)).isEqualTo(new WithoutKey(reason));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{k: 'text'}",
                "{k: {id: null}}",
                "{k: {id: 'a'}}",
                "{k: {id: ['a']}}",
                "{k: [{id: 'a'}]}",
                "{k: []}"
            })
    void theRawKeyLiesInThePartOfTheKeySpaceThatItsPathLiesIn(String json) {
        BsonDocument document = BsonDocument.parse(json);
        SourceClassifier classifier = keyed("string", "k.id", "string", "[]");
        BsonValue rawKey = classifier.rawKey(document);

        assertThat(classifier.classify(document, rawKey)).isEqualTo(classifier.classify(document));
        assertThat(KeyRange.cover(KeyFamily.STRING, List.of(new BsonString("b"))))
                .allSatisfy(part ->
                        assertThat(part.contains(rawKey)).isEqualTo(part.contains(new KeyPath("k.id").read(document))));
    }

    @Test
    void theKeyIsTransformedStepByStepAndTheRawKeyKept() {
        SourceClassifier classifier =
                keyed("string", "k", "string", "['trim', 'upper', {padStart: {length: 5, with: '0'}}]");

        assertThat(classify(classifier, "{k: ' ab1\\u00a0'}"))
                .isEqualTo(new Keyed(new BsonString(" ab1\u00a0"), new BsonString("00AB1")));
        assertThat(key(classifier, "{k: 'longenough'}")).isEqualTo(new BsonString("LONGENOUGH"));
        assertThat(key(keyed("string", "k", "string", "['lower']"), "{k: 'ÄB'}"))
                .isEqualTo(new BsonString("äb"));
    }

    @Test
    void paddingNeverMakesAKeyOutOfNothing() {
        SourceClassifier classifier = keyed("string", "k", "string", "[{padStart: {length: 3, with: '0'}}]");

        assertThat(classify(classifier, "{k: ''}")).isEqualTo(new WithoutKey(Reason.BLANK));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"42", "{$numberLong: '42'}", "42.0", "{$numberDecimal: '42.00'}", "{$numberDecimal: '4.2E+1'}"})
    void numbersThatCompareEqualAreOneKey(String number) {
        String json = "{k: " + number + "}";

        assertThat(key(keyed("int", "k", "int", "[]"), json)).isEqualTo(new BsonInt32(42));
        assertThat(key(keyed("long", "k", "int", "[]"), json)).isEqualTo(new BsonInt64(42));
        assertThat(key(keyed("long", "k", "long", "[]"), json)).isEqualTo(new BsonInt64(42));
        assertThat(key(keyed("string", "k", "long", "['toString']"), json)).isEqualTo(new BsonString("42"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.5",
                "{$numberDouble: 'NaN'}",
                "{$numberDouble: 'Infinity'}",
                "{$numberDecimal: 'NaN'}",
                "{$numberDecimal: '-Infinity'}",
                "{$numberDecimal: '1E+40'}",
                "{$numberDecimal: '1E-40'}",
                "'42'",
                "1e19"
            })
    void numbersThatAreNotWholeAreNoKey(String number) {
        assertThat(classify(keyed("long", "k", "long", "[]"), "{k: " + number + "}"))
                .isEqualTo(new WithoutKey(Reason.WRONG_TYPE));
    }

    @Test
    void zeroIsOneKeyWhateverItsSign() {
        SourceClassifier classifier = keyed("long", "k", "long", "[]");

        assertThat(key(classifier, "{k: -0.0}")).isEqualTo(new BsonInt64(0));
        assertThat(key(classifier, "{k: {$numberDecimal: '-0'}}")).isEqualTo(new BsonInt64(0));
    }

    @Test
    void anIntKeyTooLargeIsNoKey() {
        assertThat(classify(keyed("int", "k", "int", "[]"), "{k: {$numberLong: '2147483648'}}"))
                .isEqualTo(new WithoutKey(Reason.WRONG_TYPE));
        assertThat(classify(keyed("int", "k", "string", "['toNumber']"), "{k: '2147483648'}"))
                .isEqualTo(new WithoutKey(Reason.WRONG_TYPE));
    }

    @Test
    void textBecomesANumberAndAnObjectIdText() {
        assertThat(key(keyed("long", "k", "string", "['trim', 'toNumber']"), "{k: ' 0042 '}"))
                .isEqualTo(new BsonInt64(42));
        assertThat(classify(keyed("long", "k", "string", "['toNumber']"), "{k: '4x'}"))
                .isEqualTo(new WithoutKey(Reason.WRONG_TYPE));
        ObjectId id = new ObjectId("0123456789abcdef01234567");
        String json = "{k: {$oid: '" + id + "'}}";
        assertThat(key(keyed("string", "k", "objectId", "['toString']"), json))
                .isEqualTo(new BsonString(id.toHexString()));
        assertThat(key(keyed("objectId", "k", "objectId", "[]"), json)).isEqualTo(new BsonObjectId(id));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{k: 'unknown'}    | placeholder",
                "{k: 'Unknown '}   | placeholder",
                "{k: 'N/A'}        | placeholder",
                "{k: ''}           | placeholder",
                "{k: ' \\u00a0'}   | placeholder",
                "{k: null}         | placeholder",
                "{k: '12\\u00a0'}  | placeholder",
                "{k: ['a']}        | odd",
                "{k: 7}            | odd",
                "{}                | absent",
                "{k: 'x', s: 1.0}  | first",
                "{k: 'x', s: 'AB'} | second",
                "{k: 'x', t: 'Z'}  | third",
                "{k: 'x', t: null} | third",
                "{k: 'x', t: 'a', u: null} | fourth",
            })
    void theFirstExclusionRuleThatClaimsADocumentCounts(String json, String rule) {
        assertThat(classify(withExclusions(), json)).isEqualTo(new Excluded(rule));
    }

    @Test
    void textIsLookedForInTheCaseThatTheRuleSays() {
        SourceClassifier exact = excluding("{contains: 'Test'}");
        assertThat(classify(exact, "{k: 'aTest1'}")).isEqualTo(new Excluded("rule"));
        assertThat(classify(exact, "{k: 'atest1'}")).isInstanceOf(Keyed.class);
        SourceClassifier any = excluding("{contains: 'Test', ignoreCase: true}");
        assertThat(classify(any, "{k: 'aTEST1'}")).isEqualTo(new Excluded("rule"));
        assertThat(classify(any, "{k: 'aTE'}")).isInstanceOf(Keyed.class);
    }

    @Test
    void blankTextIsClaimedOnlyByRulesThatSayBlank() {
        assertThat(classify(excluding("{wrongType: true}"), "{k: ' '}")).isEqualTo(new WithoutKey(Reason.BLANK));
        PlanDocument numbers =
                PlanDocument.small().with("/sources/people/key", "{field: 'k', type: 'long', transform: ['toString']}");
        assertThat(classify(people(numbers.with("/sources/people/exclude", rule("{blank: true}"))), "{k: ' '}"))
                .as("where a number is wanted, too")
                .isEqualTo(new Excluded("rule"));
        assertThat(classify(people(numbers), "{k: 'x'}")).isEqualTo(new WithoutKey(Reason.WRONG_TYPE));
    }

    @Test
    void listsHoldNumbersAndBooleansByTheirValue() {
        SourceClassifier listed = people(PlanDocument.small()
                .with(
                        "/sources/people/exclude",
                        "[{rule: 'rule', reason: 'r', where: {field: 's', in: [1, true, 'x']}}]"));
        for (String in : new String[] {"1", "1.0", "{$numberDecimal: '1.00'}", "true", "'x'"}) {
            assertThat(classify(listed, "{_id: 'a', s: " + in + "}")).as(in).isEqualTo(new Excluded("rule"));
        }
        for (String out : new String[] {"2", "1.5", "false", "'1'", "'X'", "null", "[1]", "{$numberDouble: 'NaN'}"}) {
            assertThat(classify(listed, "{_id: 'a', s: " + out + "}")).as(out).isInstanceOf(Keyed.class);
        }
    }

    private static SourceClassifier excluding(String keyTest) {
        return people(PlanDocument.small()
                .with("/sources/people/key", "{field: 'k', type: 'string'}")
                .with("/sources/people/exclude", rule(keyTest)));
    }

    private static String rule(String keyTest) {
        return "[{rule: 'rule', reason: 'r', key: " + keyTest + "}]";
    }

    @Test
    void aDocumentThatNoRuleClaimsKeepsItsKey() {
        assertThat(key(withExclusions(), "{k: ' unknown1 ', s: '1', t: 'A', u: 0}"))
                .isEqualTo(new BsonString("unknown1"));
    }

    private static SourceClassifier withExclusions() {
        return people(PlanDocument.small()
                .with("/sources/people/key", "{field: 'k', type: 'string', transform: ['trim']}")
                .with("/sources/people/exclude", """
                        [{rule: 'placeholder', reason: 'r',
                          key: {in: ['unknown', 'n/a'], ignoreCase: true, blank: true, isNull: true, contains: '\\u00a0'}},
                         {rule: 'odd', reason: 'r', key: {wrongType: true}},
                         {rule: 'absent', reason: 'r', key: {missing: true}},
                         {rule: 'first', reason: 'r', where: {field: 's', in: [1, true]}},
                         {rule: 'second', reason: 'r', where: {field: 's', in: ['ab'], ignoreCase: true}},
                         {rule: 'third', reason: 'r', where: {field: 't', notIn: ['a', 'A']}},
                         {rule: 'fourth', reason: 'r', where: {field: 'u', isNull: true}}]
                        """));
    }

    @Test
    void rangesFindWhatHasTheRightTypeAndNothingElse() {
        BsonValue array = BsonDocument.parse("{a: [1]}").get("a");
        SourceClassifier text = keyed("string", "k", "string", "[]");
        assertThat(text.rangeable(new BsonString(""))).isTrue();
        assertThat(text.rangeable(new BsonString("x"))).isTrue();
        assertThat(text.rangeable(new BsonInt32(1))).isFalse();
        assertThat(text.rangeable(array)).isFalse();
        assertThat(text.rangeable(null)).isFalse();
        SourceClassifier number = keyed("long", "k", "long", "[]");
        assertThat(number.rangeable(new BsonDouble(1.5))).isTrue();
        assertThat(number.rangeable(new BsonDouble(Double.POSITIVE_INFINITY))).isTrue();
        assertThat(number.rangeable(new BsonDouble(Double.NaN))).isFalse();
        assertThat(number.rangeable(new BsonString("1"))).isFalse();
        assertThat(number.rangeable(new BsonMinKey())).isFalse();
        SourceClassifier id = keyed("objectId", "k", "objectId", "[]");
        assertThat(id.rangeable(new BsonObjectId())).isTrue();
        assertThat(id.rangeable(new BsonMaxKey())).isFalse();
    }

    @Test
    void theRawKeyIsTheArrayWhereOneStandsOnTheWay() {
        SourceClassifier classifier = keyed("string", "k.id", "string", "[]");

        assertThat(classifier.rawKey(BsonDocument.parse("{k: {id: 'a'}}"))).isEqualTo(new BsonString("a"));
        assertThat(classifier.rawKey(BsonDocument.parse("{k: [{id: 'a'}]}")).isArray())
                .isTrue();
        assertThat(classifier.rawKey(BsonDocument.parse("{k: 3}"))).isNull();
    }
}

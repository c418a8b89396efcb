package dev.resync.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resync.plan.Plan;
import dev.resync.plan.PlanDocument;
import dev.resync.plan.value.WhiteSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.bson.BsonDocument;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code join} makes of several fields. */
class JoinTest {

    private static final String NAME =
            "{path: 'v', from: [{join: ['people.a', 'people.b', 'people.c']}], type: 'string'}";

    private static Bundles bundle(String... rules) {
        return Bundles.of(PlanDocument.small().rules(rules).read());
    }

    private static BsonDocument bson(String json) {
        return BsonDocument.parse(json);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{a: 'x', b: 'y', c: 'z'}            | 'x y z'",
                "{c: 'x', b: 'y', a: 'z'}            | 'z y x'",
                "{a: 'x', c: 'z'}                    | 'x z'",
                "{b: 'y', a: null, c: {$undefined: true}} | 'y'",
                "{a: '', b: ' \\u00a0', c: 'z'}    | 'z'",
                "{a: ' x ', b: 'x'}                  | ' x  x'",
                "{a: 1, b: {$numberLong: '-2'}, c: {$numberDecimal: '3.50'}} | '1 -2 3.50'",
                "{a: {$oid: '0123456789abcdef01234567'}} | '0123456789abcdef01234567'",
                "{a: '2024-01-31', b: 'x'}           | '2024-01-31 x'",
                "{a: 0}                              | '0'",
                "{a: ' ', b: null}                   | null",
                "{}                                  | null",
            })
    void whatHasATextStandsInOrderWithSpacesBetween(String person, String text) {
        assertThat(bundle(NAME).with("people", person).document()).isEqualTo(bson("{_id: 'K', v: " + text + "}"));
    }

    @Test
    void theSeparatorMayBeAnyText() {
        assertThat(bundle(
                                "{path: 'v', from: [{join: ['people.a', 'people.b', '$key'], separator: ', '}], type: 'string'}",
                                "{path: 'w', from: [{join: ['people.b', 'people.a'], separator: ''}], type: 'string'}")
                        .with("people", "{a: 'x', b: 'y'}")
                        .document())
                .isEqualTo(bson("{_id: 'K', v: 'x, y, K', w: 'yx'}"));
    }

    @Test
    void aJoinOfNothingLeavesTheFieldToTheNextOrigin() {
        String rule = "{path: 'v', from: ['people.full', {join: ['people.a', 'moves.b']}, 'people.id'], type: 'string',"
                + " default: 'nobody'}";

        assertThat(bundle(rule).with("people", "{full: 'f', a: 'x'}").document())
                .isEqualTo(bson("{_id: 'K', v: 'f'}"));
        assertThat(bundle(rule)
                        .with("people", "{a: ' ', id: 7}")
                        .with("moves", "{b: 'm'}")
                        .document())
                .isEqualTo(bson("{_id: 'K', v: 'm'}"));
        assertThat(bundle(rule).with("people", "{a: ' ', id: 7}").document()).isEqualTo(bson("{_id: 'K', v: '7'}"));
        assertThat(bundle(rule).with("people", "{a: ' '}").document()).isEqualTo(bson("{_id: 'K', v: 'nobody'}"));
        assertThat(bundle(rule).with("people", "{a: 'x'}").hits()).containsExactly("view.v");
        assertThat(bundle(rule).with("people", "{a: ' '}").hits()).isEmpty();
    }

    @Test
    void aRequiredJoinOfNothingQuarantinesTheBundle() {
        assertThat(bundle("{path: 'v', from: [{join: ['people.a', 'people.b']}], type: 'string', required: true}")
                        .with("people", "{a: ''}")
                        .problems())
                .containsExactly(new MappingProblem("required-missing", null, null, null, "view.v"));
    }

    @Test
    void aPartThatIsNoTextIsToldByItsFieldAndNotReplaced() {
        String rule =
                "{path: 'v', from: [{join: ['people.a', 'people.b.c']}, 'people.d'], type: 'string', required: true}";

        assertThat(bundle(rule)
                        .with("people", "{a: 'x', b: {c: {$date: '2024-02-29T12:34:56.789Z'}}, d: 'd'}")
                        .problems())
                .containsExactly(new MappingProblem(
                        "wrong-type", "people", "b.c", "{\"$date\": \"2024-02-29T12:34:56.789Z\"}", "view.v"));
        assertThat(bundle(rule).with("people", "{a: 1.5, b: [1], d: 'd'}").problems())
                .containsExactly(new MappingProblem("wrong-type", "people", "a", "1.5", "view.v"));
        assertThat(bundle(rule).with("people", "{a: 'x', b: [1], d: 'd'}").problems())
                .containsExactly(new MappingProblem("array-on-path", "people", "b.c", "[1]", "view.v"));
    }

    @Test
    void enumMapsEachPart() {
        String rule = "{path: 'v', from: [{join: ['people.a', 'people.b']}], type: 'string',"
                + " enum: {D: 'Dr', N: 'Nowak', U: ' '}}";

        assertThat(bundle(rule).with("people", "{a: 'D', b: 'N'}").document())
                .isEqualTo(bson("{_id: 'K', v: 'Dr Nowak'}"));
        assertThat(bundle(rule).with("people", "{a: 'U', b: 'N'}").document())
                .isEqualTo(bson("{_id: 'K', v: 'Nowak'}"));
        assertThat(bundle(rule).with("people", "{a: 'D', b: 'X'}").problems())
                .containsExactly(new MappingProblem("unknown-enum-value", "people", "b", "X", "view.v"));
    }

    @Test
    void withinEachThePartsAreOfTheElement() {
        assertThat(bundle("{path: 'l', each: 'visits', fields: [{path: 'v', from: [{join: ['a', '$key', 'b.c'],"
                                + " separator: '/'}], type: 'string'}]}")
                        .with("people", "{a: 'p'}")
                        .with("visits", "{_id: 1, a: 'x', b: {c: 1}}", "{_id: 2, b: {c: 2}}")
                        .document())
                .isEqualTo(bson("{_id: 'K', l: [{v: 'x/K/1'}, {v: 'K/2'}]}"));
    }

    @Test
    void severalDocumentsGiveEachPartWhatTheyGiveAPath() {
        String join = "from: [{join: ['people.a', 'visits.b', 'visits.c']}], type: 'string'";
        String[] visits = {"{_id: 2, b: 'two', c: 'same'}", "{_id: 1, b: 'one', c: 'same'}"};

        assertThat(bundle("{path: 'v', " + join + ", several: {join: '+'}}")
                        .with("people", "{a: 'x'}")
                        .with("visits", visits)
                        .document())
                .isEqualTo(bson("{_id: 'K', v: 'x one+two same'}"));
        assertThat(bundle("{path: 'v', " + join + ", several: 'null'}")
                        .with("people", "{a: 'x'}")
                        .with("visits", visits)
                        .document())
                .isEqualTo(bson("{_id: 'K', v: 'x'}"));
        assertThat(bundle("{path: 'v', " + join + "}")
                        .with("people", "{a: 'x'}")
                        .with("visits", visits)
                        .problems())
                .containsExactly(new MappingProblem("several-values", "visits", "b", "one, two", "view.v"));
    }

    @Test
    void aProblemHidesItsValueWhereAnotherPartIsSensitive() {
        Plan plan = PlanDocument.small()
                .with("/sources/moves/sensitive", "['secret']")
                .rules("{path: 'v', from: [{join: ['people.a', 'moves.secret']}], type: 'string'}")
                .read();

        assertThat(Bundles.of(plan)
                        .with("people", "{a: 1.5}")
                        .with("moves", "{secret: 's'}")
                        .problems())
                .containsExactly(new MappingProblem("wrong-type", "people", "a", "(sensitive)", "view.v"));
    }

    @Test
    void theFieldsOfAJoinAreRead() {
        Projection people = new Projections(PlanDocument.small().rules(NAME).read()).of("people");

        assertThat(people.of(bson("{a: 1, b: 2, c: 3, d: 4}"))).isEqualTo(bson("{a: 1, b: 2, c: 3}"));
    }

    @Provide
    Arbitrary<List<String>> texts() {
        Arbitrary<String> any = Arbitraries.strings().ofMaxLength(5);
        return Arbitraries.oneOf(any, Arbitraries.of("", " ", "\u00a0", "x"))
                .injectNull(0.2)
                .list()
                .ofMinSize(2)
                .ofMaxSize(6);
    }

    @Property(tries = 300)
    void aJoinIsItsTextsThatAreNotBlankWithTheSeparatorBetween(
            @ForAll("texts") List<String> texts, @ForAll("separator") String separator) {
        BsonDocument person = new BsonDocument();
        List<String> parts = new ArrayList<>();
        StringBuilder expected = new StringBuilder();
        boolean any = false;
        for (int i = 0; i < texts.size(); i++) {
            String text = texts.get(i);
            parts.add("'people.f" + i + "'");
            person.append("f" + i, text == null ? BsonNull.VALUE : new BsonString(text));
            if (text != null && !WhiteSpace.isBlank(text)) {
                expected.append(any ? separator : "").append(text);
                any = true;
            }
        }
        Plan plan = PlanDocument.small()
                .rules("{path: 'v', from: [{join: " + parts + ", separator: '" + separator + "'}], type: 'string'}")
                .read();
        MappingResult.Mapped mapped = (MappingResult.Mapped) new BundleMapper(plan, Bundles.RUN_START)
                .map(new Bundle(new BsonString("K"), Map.of("people", List.of(person))));

        BsonValue value = mapped.documents().get("view").get("v");
        assertThat(value).isEqualTo(any ? new BsonString(expected.toString()) : BsonNull.VALUE);
    }

    @Provide
    Arbitrary<String> separator() {
        return Arbitraries.of("", " ", ", ", "|", "\u00a0");
    }
}

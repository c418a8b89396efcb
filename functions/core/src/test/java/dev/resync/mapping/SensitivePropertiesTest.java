package dev.resync.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resync.mapping.MappingResult.Quarantined;
import dev.resync.plan.Plan;
import dev.resync.plan.PlanDocument;
import dev.resync.plan.Sensitivity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.BsonSymbol;
import org.bson.BsonValue;

/** Whatever stands in a sensitive field, no problem of its bundle shows it. */
class SensitivePropertiesTest {

    private static final String WORD = "zq9word";
    private static final long NUMBER = 918_273_645_546L;

    private static final Plan PLAN = PlanDocument.small()
            .with("/sources/visits/identity", "'who.id'")
            .with("/sources/people/sensitive", "['free']")
            .with("/sources/visits/sensitive", "['who']")
            .with("/sources/moves/sensitive", "['at']")
            .rules(
                    "{path: 'int', from: ['people.v'], type: 'int', sensitive: true}",
                    "{path: 'deep', from: ['people.v.w'], type: 'long'}",
                    "{path: 'date', from: ['people.d'], type: 'date', sensitive: true}",
                    "{path: 'enum', from: ['people.e'], enum: ['x'], sensitive: true}",
                    "{path: 'same', from: ['people.e'], type: 'boolean'}",
                    "{path: 'several', from: ['visits.s'], type: 'string', sensitive: true}",
                    "{path: 'cast', expression: '$number(people.free)'}",
                    "{path: 'kept.own', preserve: true}",
                    "{path: 'kept.free', from: ['people.free']}",
                    "{path: 'raised', expression: '$error($string(people))', sensitive: false}",
                    "{path: 'list', each: 'visits', fields: [{path: 'n', from: ['s.t'], type: 'decimal'},"
                            + " {path: 'm', expression: '$number(s)'}]}")
            .read();

    @Property
    void noProblemShowsASensitiveValue(
            @ForAll("values") BsonValue value, @ForAll("values") BsonValue other, @ForAll("values") BsonValue third) {
        BsonDocument person = new BsonDocument("v", value)
                .append("d", other)
                .append("e", third)
                .append("free", value);
        BsonDocument visit = new BsonDocument("s", value).append("who", new BsonDocument("id", other));
        BsonDocument again = new BsonDocument("s", third).append("who", new BsonDocument("id", value));
        Map<String, List<? extends BsonDocument>> whole = Map.of("people", List.of(person), "visits", List.of(visit));
        Map<String, List<? extends BsonDocument>> doubled = Map.of(
                "people", List.of(person),
                "visits", List.of(visit, again),
                "moves", List.of(new BsonDocument("at", value), new BsonDocument("at", other)));
        Map<String, BsonDocument> live = Map.of(
                "view", new BsonDocument("kept", new BsonArray(List.of(new BsonDocument("free", value), third))));
        BundleMapper mapper = new BundleMapper(PLAN, Instant.EPOCH);
        for (Map<String, List<? extends BsonDocument>> documents : List.of(whole, doubled)) {
            MappingResult result = mapper.map(new Bundle(new BsonString("K"), documents, live));
            assertThat(result).isInstanceOf(Quarantined.class);
            List<MappingProblem> problems = ((Quarantined) result).problems();
            assertThat(problems.toString()).doesNotContain(WORD).doesNotContain(Long.toString(NUMBER));
            assertThat(problems).extracting(MappingProblem::value).contains(Sensitivity.HIDDEN);
        }
    }

    /** An array on the way is shown with all that lies beside the field that the rule reads. */
    @Example
    void aProblemHidesAnArrayThatHoldsASensitiveFieldButNotItsNeighbour() {
        assertThat(Bundles.of(beside())
                        .with("people", "{v: [{secret: 'x', open: 1}]}")
                        .problems())
                .containsExactly(new MappingProblem("array-on-path", "people", "v.open", Sensitivity.HIDDEN, "view.a"));
        assertThat(Bundles.of(beside())
                        .with("people", "{v: {secret: 'x', open: 'many'}}")
                        .problems())
                .containsExactly(new MappingProblem("bad-number", "people", "v.open", "many", "view.a"));
    }

    private static Plan beside() {
        return PlanDocument.small()
                .with("/sources/people/sensitive", "['v.secret']")
                .rules("{path: 'a', from: ['people.v.open'], type: 'int'}")
                .read();
    }

    @Provide
    Arbitrary<BsonValue> values() {
        Arbitrary<BsonValue> leaves = Arbitraries.of(
                new BsonString(WORD),
                new BsonString(WORD.repeat(40)),
                new BsonString(" " + WORD + "\n"),
                new BsonSymbol(WORD),
                new BsonInt64(NUMBER),
                new BsonDouble(NUMBER + 0.5));
        return Arbitraries.lazyOf(
                () -> leaves,
                () -> leaves.map(leaf -> new BsonArray(List.of(leaf))),
                () -> leaves.map(leaf -> new BsonDocument("w", leaf)),
                () -> leaves.map(leaf -> new BsonDocument(WORD, leaf)),
                () -> leaves.map(leaf -> new BsonArray(List.of(new BsonDocument("w", leaf), leaf))));
    }
}

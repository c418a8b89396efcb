package dev.resync.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resync.error.PlanInvalid;
import dev.resync.plan.value.ValueType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.junit.jupiter.api.Test;

class PlanReaderTest {

    private final PlanReader reader = new PlanReader();

    @Test
    void aSmallPlanIsReadWithAllDefaults() {
        Plan plan = PlanDocument.small().read();

        assertThat(plan.name()).isEqualTo("small");
        assertThat(plan.timeZone()).isEqualTo(ZoneId.of("Europe/London"));
        assertThat(plan.keyType()).isEqualTo(KeyType.STRING);
        assertThat(plan.resumeWithin()).isEqualTo(Duration.ofMinutes(60));
        assertThat(plan.retention()).isEqualTo(new Retention(5, 30));
        assertThat(plan.chunkDocuments()).isEqualTo(10_000);
        assertThat(plan.chunkBytes()).isEqualTo(16_777_216);
        assertThat(plan.sources()).extracting(SourcePlan::name).containsExactly("people", "visits", "moves");
        assertThat(plan.drivingSources()).extracting(SourcePlan::name).containsExactly("people");
        assertThat(plan.source("moves").latestBy()).isEqualTo("at");
        assertThat(plan.source("people").duplicates()).isEqualTo(Duplicates.QUARANTINE);
        assertThat(plan.target("view").namespace().getFullName()).isEqualTo("db.view");
        assertThat(plan.target("view").nulls()).isEqualTo(NullHandling.WRITE);
        GateLimits gates = plan.gates();
        assertThat(gates.maxMissingShare()).isEqualTo(0.01);
        assertThat(gates.maxShrinkShare()).isEqualTo(0.05);
        assertThat(gates.maxChangeShare()).isEqualTo(1);
        assertThat(gates.maxQuarantineShare()).isEqualTo(0.01);
        assertThat(gates.fieldDropOut().limit("view.name")).isEqualTo(0.02);
        assertThat(gates.sourceAge().limit("people")).isEqualTo(168);
        assertThat(gates.duplicateKeys().limit("people")).isEqualTo(0.01);
        assertThat(gates.neverHitAllowed()).isEmpty();
        assertThat(gates.verdictExpiry()).isEqualTo(Duration.ofMinutes(60));
    }

    @Test
    void everyPartOfAPlanIsRead() {
        Plan plan = PlanDocument.small()
                .with("/resumeWithinMinutes", "15")
                .with("/retention", "{snapshots: 1, days: 0}")
                .with("/chunk", "{documents: 20, bytes: 2048}")
                .with("/sources/people/allowScan", "true")
                .with("/sources/people/key/transform", "['trim', 'upper', {padStart: {length: 7, with: '0'}}]")
                .with(
                        "/sources/people/exclude",
                        "[{rule: 'odd', reason: 'r', key: {in: ['x', 1], blank: true}},"
                                + " {rule: 'old', reason: 'r', where: {field: 'a.b', notIn: [true]}}]")
                .with("/targets/view/nulls", "'omit'")
                .with("/targets/view/changeStreamConsumers", "'acknowledged'")
                .rules(
                        "{path: 'name', from: ['people.name', '$key', {value: 'none', whenPresent: 'visits.at'}]}",
                        "{path: 'visits', each: 'visits', orderBy: [{field: 'at', direction: 'desc'}],"
                                + " fields: [{path: 'at', from: ['at'], type: 'date'}]}",
                        "{path: 'count', countOf: 'visits', type: 'long'}",
                        "{path: 'code', from: ['visits.code'], type: 'string', several: {join: '+'}, required: true,"
                                + " emptyIsNull: true, default: 'x'}",
                        "{path: 'sum', expression: '1 + 1', type: 'int'}")
                .with("/gates", """
                        {counts: {maxMissingShare: 0.1}, shrink: {maxShare: 0.2}, change: {maxShare: 0.3},
                         quarantine: {maxShare: 0.4},
                         sourceAge: {maxHours: 12.5, overrides: {visits: 1}},
                         duplicateKeys: {maxShare: 0.7, overrides: {visits: 0.8}},
                         fieldDropOut: {maxShare: 0.5, overrides: {'view.visits[].at': 0.6}},
                         neverHit: {allow: ['view.code']},
                         consumerQueries: [{name: 'named', target: 'view', filter: {name: {$ne: null}}, minimum: 3}],
                         drift: {policy: 'refuse'}, verdict: {maxAgeMinutes: 7}}
                        """)
                .read();

        assertThat(plan.resumeWithin()).isEqualTo(Duration.ofMinutes(15));
        assertThat(plan.retention()).isEqualTo(new Retention(1, 0));
        assertThat(plan.chunkDocuments()).isEqualTo(20);
        assertThat(plan.chunkBytes()).isEqualTo(2048);
        assertThat(plan.source("people").key().transform())
                .containsExactly(new KeyTransform.Trim(), new KeyTransform.Upper(), new KeyTransform.PadStart(7, '0'));
        assertThat(plan.source("people").exclude())
                .extracting(ExclusionRule::rule)
                .containsExactly("odd", "old");
        assertThat(plan.ruleIds())
                .containsExactly("view.name", "view.visits", "view.visits[].at", "view.count", "view.code", "view.sum");
        List<FieldRule> rules = plan.target("view").fields();
        assertThat(((ValueRule) rules.get(0)).from())
                .containsExactly(
                        new FieldOrigin.Path("people", "name"),
                        new FieldOrigin.Key(),
                        new FieldOrigin.Constant(new BsonString("none"), "visits", "at", null));
        assertThat(((EachRule) rules.get(1)).orderBy()).containsExactly(new SortField("at", true));
        assertThat(rules.get(2)).isEqualTo(new CountRule("count", "visits", Sensitive.DERIVED, ValueType.LONG));
        assertThat(rules.get(3).required()).isTrue();
        assertThat(((ValueRule) rules.get(3)).several()).isEqualTo(new Several(Several.Kind.JOIN, "+"));
        GateLimits gates = plan.gates();
        assertThat(gates.maxMissingShare()).isEqualTo(0.1);
        assertThat(gates.maxShrinkShare()).isEqualTo(0.2);
        assertThat(gates.maxChangeShare()).isEqualTo(0.3);
        assertThat(gates.maxQuarantineShare()).isEqualTo(0.4);
        assertThat(gates.sourceAge().limit("people")).isEqualTo(12.5);
        assertThat(gates.sourceAge().limit("visits")).isEqualTo(1);
        assertThat(gates.duplicateKeys().limit("people")).isEqualTo(0.7);
        assertThat(gates.duplicateKeys().limit("visits")).isEqualTo(0.8);
        assertThat(gates.fieldDropOut().limit("view.visits[].at")).isEqualTo(0.6);
        assertThat(gates.fieldDropOut().limit("view.name")).isEqualTo(0.5);
        assertThat(gates.neverHitAllowed()).isEqualTo(Set.of("view.code"));
        assertThat(gates.consumerQueries())
                .containsExactly(
                        new GateLimits.ConsumerQuery("named", "view", BsonDocument.parse("{name: {$ne: null}}"), 3));
        assertThat(gates.verdictExpiry()).isEqualTo(Duration.ofMinutes(7));
    }

    @Test
    void aJoinIsReadWithItsParts() {
        Plan plan = PlanDocument.small()
                .rules(
                        "{path: 'a', from: [{join: ['people.first', '$key', 'visits.last.name']}, 'people.a'], type: 'string'}",
                        "{path: 'l', each: 'visits', fields: [{path: 'b', from: [{join: ['x', 'y.z'], separator: ''}],"
                                + " type: 'string'}]}")
                .read();

        ValueRule joined = (ValueRule) plan.target("view").fields().get(0);
        FieldOrigin first = new FieldOrigin.Path("people", "first");
        FieldOrigin last = new FieldOrigin.Path("visits", "last.name");
        FieldOrigin other = new FieldOrigin.Path("people", "a");
        assertThat(joined.from())
                .containsExactly(new FieldOrigin.Join(List.of(first, new FieldOrigin.Key(), last), " "), other);
        assertThat(joined.reads()).containsExactly(first, new FieldOrigin.Key(), last, other);
        EachRule each = (EachRule) plan.target("view").fields().get(1);
        assertThat(((ValueRule) each.fields().get(0)).from())
                .containsExactly(new FieldOrigin.Join(
                        List.of(new FieldOrigin.Path("visits", "x"), new FieldOrigin.Path("visits", "y.z")), ""));
    }

    @Test
    void aConditionIsReadWithItsValues() {
        Plan plan = PlanDocument.small()
                .rules(
                        "{path: 'a', from: [{value: 'x', when: {field: 'people.b.c', in: ['y', 1, true]}}, {value: 'z'}]}",
                        "{path: 'l', each: 'visits', fields: [{path: 'b', from: [{value: 2, when: {field: 'c', in: [0.5]}}]}]}")
                .read();

        assertThat(((ValueRule) plan.target("view").fields().get(0)).from())
                .containsExactly(
                        new FieldOrigin.Constant(
                                new BsonString("x"),
                                "people",
                                "b.c",
                                List.of(new BsonString("y"), new BsonInt32(1), BsonBoolean.TRUE)),
                        new FieldOrigin.Constant(new BsonString("z"), null, null, null));
        EachRule each = (EachRule) plan.target("view").fields().get(1);
        assertThat(((ValueRule) each.fields().get(0)).from())
                .containsExactly(
                        new FieldOrigin.Constant(new BsonInt32(2), "visits", "c", List.of(new BsonDouble(0.5))));
    }

    @Test
    void theHashTellsSeparatorAndOrderOfAJoin() {
        List<String> joins = List.of(
                "{join: ['people.a', 'people.b']}",
                "{join: ['people.b', 'people.a']}",
                "{join: ['people.a', 'people.b'], separator: ','}");

        assertThat(joins.stream()
                        .map(join -> PlanDocument.small()
                                .rules("{path: 'a', from: [" + join + "], type: 'string'}")
                                .read()
                                .hash())
                        .distinct())
                .hasSize(3);
    }

    @Test
    void theHashIgnoresWhiteSpaceAndOrderOfKeys() {
        String document = PlanDocument.small().json();
        String moved = PlanDocument.small()
                .without("/timeZone")
                .with("/timeZone", "'Europe/London'")
                .json()
                .replace(",", " ,\n ");

        String hash = reader.read("a", document).hash();
        assertThat(hash).matches("[0-9a-f]{64}");
        assertThat(reader.read("b", moved).hash()).isEqualTo(hash);
        assertThat(PlanDocument.small().with("/timeZone", "'UTC'").read().hash())
                .isNotEqualTo(hash);
    }

    @Test
    void eachFigureOfTheRetentionHasADefaultOfItsOwn() {
        assertThat(PlanDocument.small().with("/retention", "{snapshots: 1000}").read())
                .extracting(Plan::retention)
                .isEqualTo(new Retention(1000, 30));
        assertThat(PlanDocument.small().with("/retention", "{days: 3650}").read())
                .extracting(Plan::retention)
                .isEqualTo(new Retention(5, 3650));
    }

    @Test
    void anUnknownSourceOrTargetIsTheCallersMistake() {
        Plan plan = PlanDocument.small().read();

        assertThatThrownBy(() -> plan.source("nobody")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> plan.target("nothing")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aKeyThatStandsTwiceIsRefusedWithItsPointer() {
        String twice = PlanDocument.small()
                .json()
                .replace("\"cardinality\":\"many\"", "\"cardinality\":\"many\",\"cardinality\":\"one\"");

        assertThatThrownBy(() -> reader.read("twice", twice)).isInstanceOfSatisfying(PlanInvalid.class, invalid -> {
            assertThat(invalid.problems()).hasSize(1);
            assertThat(invalid.problems().get(0).pointer()).isEqualTo("/sources/visits/cardinality");
            assertThat(invalid.problems().get(0).message()).contains("twice", "line 1");
        });
    }

    @Test
    void textThatIsNotJsonIsRefusedWithLineAndColumn() {
        for (String text : List.of("", "{", "{\"plan\": }", "{} {}", "[1,]", "null", "3")) {
            assertThatThrownBy(() -> reader.read("broken", text))
                    .describedAs(text)
                    .isInstanceOf(PlanInvalid.class)
                    .hasMessageContaining("Plan broken is not valid");
        }
        assertThatThrownBy(() -> reader.read("broken", "{\n\"plan\": }")).hasMessageContaining("line 2, column");
    }

    @Test
    void theShippedPlansAreValid() throws IOException {
        for (Path file :
                List.of(Path.of("../../plans/revalidation.json"), Path.of("../../plans/examples/world.json"))) {
            assertThat(reader.read(file.toString(), Files.readString(file)).name() + ".json")
                    .isEqualTo(file.getFileName().toString());
        }
    }
}

package dev.resync.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resync.mapping.MappingResult.Quarantined;
import dev.resync.mapping.MappingResult.Unmatched;
import dev.resync.plan.PlanDocument;
import java.util.List;
import java.util.Map;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.junit.jupiter.api.Test;

/** What becomes of a bundle as a whole. */
class BundleMapperTest {

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
    void allProblemsOfABundleAreToldUpToALimit() {
        String[] rules = new String[60];
        for (int i = 0; i < rules.length; i++) {
            rules[i] = "{path: 'v" + i + "', from: ['people.a'], type: 'int'}";
        }

        assertThat(bundle(rules)
                        .with("people", "{a: '" + "x".repeat(200) + "'}")
                        .problems())
                .hasSize(Quarantined.MOST_PROBLEMS)
                .allSatisfy(problem -> assertThat(problem.value()).hasSize(100).endsWith("…"));
    }

    @Test
    void aBundleWithoutDrivingDocumentIsUnmatched() {
        String rule = "{path: 'v', from: ['$key']}";

        assertThat(bundle(rule).with("visits", "{}").map()).isEqualTo(new Unmatched());
        assertThat(bundle(rule).map()).isEqualTo(new Unmatched());
    }

    @Test
    void quarantineInOneTargetWithholdsTheBundleFromAll() {
        PlanDocument plan = plan("{path: 'v', from: ['people.a']}")
                .with(
                        "/targets/other",
                        "{namespace: 'db.other', changeStreamConsumers: 'none',"
                                + " fields: [{path: 'v', from: ['people.a'], type: 'int'}]}");

        assertThat(Bundles.of(plan.read()).with("people", "{a: 'x'}").problems())
                .extracting(MappingProblem::target)
                .containsExactly("other.v");
        assertThat(Bundles.of(plan.read()).with("people", "{a: 1}").mapped().documents())
                .containsOnlyKeys("view", "other");
    }

    @Test
    void rulesThatFoundAValueInASourceAreHit() {
        String[] rules = {
            "{path: 'a', from: ['people.a', {value: 1}]}",
            "{path: 'b', from: ['people.b'], default: 1}",
            "{path: 'c', from: [{value: 1}]}",
            "{path: 'd', each: 'visits', fields: [{path: 'e', from: ['e']}, {path: 'f', from: ['f']}]}",
            "{path: 'g', countOf: 'moves'}",
            "{path: 'h', expression: 'people.a'}",
        };

        assertThat(bundle(rules).with("people", "{}").hits()).containsExactly("view.c");
        assertThat(bundle(rules)
                        .with("people", "{a: 1}")
                        .with("visits", "{f: 1}")
                        .with("moves", "{}")
                        .hits())
                .containsExactly("view.a", "view.c", "view.d", "view.d[].f", "view.g", "view.h");
    }

    @Test
    void rawDocumentsGiveTheSame() {
        BundleMapper mapper = new BundleMapper(
                plan(
                                "{path: 'a', from: ['people.a.b']}",
                                "{path: 'l', each: 'visits', fields: [{path: 'c', from: ['c']}]}")
                        .read(),
                Bundles.RUN_START);
        BsonDocument person = bson("{_id: 'K', skipped: {x: [1]}, a: {b: {c: 1}}}");
        BsonDocument visit = bson("{c: [1, {d: 2}]}");
        BsonString key = new BsonString("K");

        MappingResult plain = mapper.map(new Bundle(key, Map.of("people", List.of(person), "visits", List.of(visit))));
        MappingResult raw = mapper.map(new Bundle(
                key,
                Map.of(
                        "people", List.of(new RawBsonDocument(person, new BsonDocumentCodec())),
                        "visits", List.of(new RawBsonDocument(visit, new BsonDocumentCodec())))));

        assertThat(raw).isEqualTo(plain).isInstanceOf(MappingResult.Mapped.class);
    }

    @Test
    void aSourceThatThePlanHasNotIsTheCallersMistake() {
        assertThatThrownBy(() -> bundle("{path: 'v', from: ['$key']}")
                        .with("nobody", "{}")
                        .map())
                .isInstanceOf(IllegalArgumentException.class);
    }
}

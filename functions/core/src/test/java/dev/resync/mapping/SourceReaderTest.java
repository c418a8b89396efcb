package dev.resync.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resync.plan.PlanDocument;
import java.util.Map;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;

/** Which documents of a key count, and what duplicates mean. */
class SourceReaderTest {

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
    void theLatestDocumentCountsAndTiesGoToTheGreaterId() {
        String rule = "{path: 'v', from: ['moves.v']}";

        assertThat(bundle(rule)
                        .with("people", "{}")
                        .with(
                                "moves",
                                "{_id: 2, at: '2024-01-02', v: 'b'}",
                                "{_id: 10, at: '2024-01-02T00:00:00Z', v: 'c'}",
                                "{_id: 11, v: 'a'}")
                        .document())
                .isEqualTo(bson("{_id: 'K', v: 'c'}"));
        assertThat(bundle(rule)
                        .with("people", "{}")
                        .with("moves", "{_id: 1, at: 7, v: 'a'}", "{_id: 0, at: {$numberDecimal: '7.5'}, v: 'b'}")
                        .document())
                .isEqualTo(bson("{_id: 'K', v: 'b'}"));
        assertThat(bundle(rule)
                        .with("people", "{}")
                        .with("moves", "{_id: 1, at: 'soon', v: 'a'}")
                        .document())
                .isEqualTo(bson("{_id: 'K', v: 'a'}"));
    }

    @Test
    void whereAgeIsUnclearTheBundleGoesToQuarantine() {
        String rule = "{path: 'v', from: ['moves.v']}";

        assertThat(bundle(rule)
                        .with("people", "{}")
                        .with("moves", "{at: 'soon'}", "{at: '2024-01-01'}")
                        .problems())
                .containsExactly(new MappingProblem("bad-date", "moves", "at", "soon", null));
        assertThat(bundle(rule)
                        .with("people", "{}")
                        .with("moves", "{at: 5}", "{at: '2024-01-01'}")
                        .problems())
                .containsExactly(new MappingProblem("latest-unclear", "moves", "at", "5", null));
        assertThat(bundle(rule)
                        .with("people", "{}")
                        .with("moves", "{at: true}", "{}")
                        .problems())
                .containsExactly(new MappingProblem("latest-unclear", "moves", "at", "true", null));
    }

    @Test
    void duplicatesGoToQuarantineOrTheLatestWins() {
        String rule = "{path: 'v', from: ['people.v']}";

        assertThat(bundle(rule)
                        .with("people", "{_id: 'K', v: 1}", "{_id: ' K', v: 2}")
                        .problems())
                .containsExactly(new MappingProblem("duplicate-key", "people", "_id", "2 documents", null));
        PlanDocument latest =
                plan(rule).with("/sources/people/latestBy", "'at'").with("/sources/people/duplicates", "'latest'");
        MappingResult.Mapped mapped = Bundles.of(latest.read())
                .with("people", "{_id: 'K', v: 1, at: 2}", "{_id: ' K', v: 2, at: 1}")
                .mapped();
        assertThat(mapped.documents().get("view")).isEqualTo(bson("{_id: 'K', v: 1}"));
        assertThat(mapped.used()).isEqualTo(Map.of("people", 1));
        assertThat(mapped.superseded()).isEqualTo(Map.of("people", 1));
    }

    @Test
    void documentsOfAManySourceMustBeOfOneIdentity() {
        PlanDocument plan = plan("{path: 'n', countOf: 'visits'}", "{path: 'i', from: ['visits.i']}")
                .with("/sources/visits/identity", "'i'");
        String[] same = {"{_id: 1, i: 7}", "{_id: 2, i: {$numberLong: '7'}}"};

        assertThat(Bundles.of(plan.read())
                        .with("people", "{}")
                        .with("visits", "{_id: 1, i: 7}", "{_id: 2, i: 7}")
                        .document())
                .isEqualTo(bson("{_id: 'K', n: 2, i: 7}"));
        assertThat(Bundles.of(plan("{path: 'n', countOf: 'visits'}")
                                .with("/sources/visits/identity", "'i'")
                                .read())
                        .with("people", "{}")
                        .with("visits", same)
                        .document())
                .isEqualTo(bson("{_id: 'K', n: 2}"));
        assertThat(Bundles.of(plan.read())
                        .with("people", "{}")
                        .with("visits", "{_id: 1, i: 8}", "{_id: 2}")
                        .problems())
                .containsExactly(new MappingProblem("duplicate-key", "visits", "i", "null, 8", null));
        assertThat(Bundles.of(plan("{path: 'n', countOf: 'visits'}")
                                .with("/sources/visits/identity", "'i'")
                                .read())
                        .with("people", "{}")
                        .with("visits", "{_id: 1, i: 8}", "{_id: 2, i: 7}")
                        .problems())
                .as("told apart by a field that no rule reads")
                .containsExactly(new MappingProblem("duplicate-key", "visits", "i", "7, 8", null));
    }

    @Test
    void theLatestIdentityMayWin() {
        PlanDocument plan = plan("{path: 'n', countOf: 'visits'}", "{path: 'i', from: ['visits.i']}")
                .with("/sources/visits/identity", "'i'")
                .with("/sources/visits/duplicates", "'latest'")
                .with("/sources/visits/latestBy", "'at'");

        MappingResult.Mapped mapped = Bundles.of(plan.read())
                .with("people", "{}")
                .with("visits", "{_id: 1, i: 8, at: 1}", "{_id: 2, i: 7, at: 9}", "{_id: 3, i: 8, at: 10}")
                .mapped();

        assertThat(mapped.documents().get("view")).isEqualTo(bson("{_id: 'K', n: 2, i: 8}"));
        assertThat(mapped.used()).containsEntry("visits", 2);
        assertThat(Bundles.of(plan.read())
                        .with("people", "{}")
                        .with("visits", "{_id: 1, i: 8, at: 'soon'}", "{_id: 2, i: 7, at: '2024-01-01'}")
                        .problems())
                .containsExactly(new MappingProblem("bad-date", "visits", "at", "soon", null));
        assertThat(mapped.superseded()).isEqualTo(Map.of("visits", 1));
    }
}

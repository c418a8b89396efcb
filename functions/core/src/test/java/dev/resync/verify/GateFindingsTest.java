package dev.resync.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resync.chunk.SourceAccount;
import dev.resync.hash.ContentHash;
import dev.resync.plan.Plan;
import dev.resync.plan.PlanReader;
import dev.resync.snapshot.SnapshotTarget;
import dev.resync.store.CollectionShape;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;

/** What gates say beside yes and no, and which of two targets they speak of. */
class GateFindingsTest {

    private static final Plan PLAN = new PlanReader().read("two", """
            {
              "plan": "two",
              "timeZone": "UTC",
              "key": {"type": "string"},
              "sources": {
                "people": {
                  "namespace": "db.people",
                  "key": {"field": "_id", "type": "string"},
                  "cardinality": "one",
                  "drives": true
                }
              },
              "targets": {
                "first": {
                  "namespace": "db.first",
                  "changeStreamConsumers": "none",
                  "fields": [
                    {"path": "name", "from": ["people.name"]},
                    {"path": "starred", "preserve": true}
                  ]
                },
                "second": {
                  "namespace": "db.second",
                  "changeStreamConsumers": "none",
                  "fields": [{"path": "starred", "from": ["people.starred"]}]
                }
              },
              "gates": {"consumerQueries": [{"name": "stars", "target": "second", "filter": {"starred": true}}]}
            }
            """);
    private static final BsonDocument ID = BsonDocument.parse("{key: {_id: 1}, name: '_id_'}");
    private static final BsonDocument BY_AGE = BsonDocument.parse("{key: {age: 1}, name: 'age_1'}");
    private static final ContentHash TEN = new ContentHash(10, "%064x".formatted(1));
    private static final ContentHash OTHER_TEN = new ContentHash(10, "%064x".formatted(2));

    @Test
    void aRuleOfAPreservedFieldNeedFindNothingAndAnyOtherMust() {
        Map<String, Long> hits = Map.of("first.name", 0L, "first.starred", 0L, "second.starred", 0L);
        assertThat(judge(hits, 10, 1))
                .filteredOn(gate -> gate.name().equals("rule-hit") && !gate.passed())
                .extracting(GateResult::subject)
                .containsExactlyInAnyOrder("first.name", "second.starred");
    }

    @Test
    void aConsumerQueryIsAskedOnceAndOfItsOwnTarget() {
        assertThat(judge(hits(), 10, 0))
                .filteredOn(gate -> gate.name().equals("consumer-query"))
                .singleElement()
                .satisfies(gate -> {
                    assertThat(gate.passed()).isFalse();
                    assertThat(gate.detail())
                            .contains("documents of second that match")
                            .contains("starred");
                });
    }

    @Test
    void anEmptySourceIsNamedAndAFullOneIsNot() {
        assertThat(detail("empty-source", judge(hits(), 0, 1))).isEqualTo("the source db.people has no documents");
        assertThat(detail("empty-source", judge(hits(), 10, 1))).isNull();
    }

    @Test
    void aDropOutSaysBothShares() {
        FieldPresence field = new FieldPresence("first.name", 8, 10, 1, 4);
        assertThat(field.liveShare()).isEqualTo(0.8);
        assertThat(field.shadowShare()).isEqualTo(0.25);
        assertThat(new FieldPresence("first.name", 0, 0, 0, 0).liveShare()).isZero();
        assertThat(new FieldPresence("first.name", 0, 0, 0, 0).shadowShare()).isZero();
    }

    @Test
    void aShapeSaysWhatIsMissingAndNothingWhereNothingIs() {
        List<GateResult> other = Gates.shape("first", shape("{a: 1}", ID, BY_AGE), shape("{a: 2}", ID));
        assertThat(other).extracting(GateResult::passed).containsExactly(false, false);
        assertThat(other.get(0).detail()).contains("missing").contains("age_1");
        assertThat(other.get(1).detail()).contains("is {\"a\": 2}, expected {\"a\": 1}");
        assertThat(Gates.shape("first", shape("{a: 1}", ID, BY_AGE), shape("{a: 1}", BY_AGE, ID)))
                .allMatch(GateResult::passed)
                .extracting(GateResult::detail)
                .containsOnlyNulls();
    }

    @Test
    void aSnapshotMustBeMetInContentAndInBeingThere() {
        SnapshotTarget copy = new SnapshotTarget("first", "db.first", null, "resync.copy", TEN, "{}", List.of());
        assertThat(Gates.equalsSnapshot("s", copy, TEN, false).passed()).isTrue();
        assertThat(Gates.equalsSnapshot("s", copy, OTHER_TEN, false).passed()).isFalse();
        assertThat(Gates.equalsSnapshot("s", copy, TEN, true).passed()).isFalse();
        SnapshotTarget absent = SnapshotTarget.absent("first", "db.first", null);
        assertThat(Gates.equalsSnapshot("s", absent, ContentHash.EMPTY, true).passed())
                .isTrue();
        assertThat(Gates.equalsSnapshot("s", absent, ContentHash.EMPTY, false).passed())
                .isFalse();
        assertThat(Gates.equalsSnapshot("s", absent, TEN, true).passed()).isFalse();
    }

    @Test
    void aResultReadsAsASentence() {
        assertThat(GateResult.atMost("shrink", "first", 0.1, 0.2, null))
                .hasToString("shrink of first: value 0.2, limit 0.1");
        assertThat(GateResult.atMost("shrink", "first", 0.1, 0.2, "3 of 15"))
                .hasToString("shrink of first: value 0.2, limit 0.1 (3 of 15)");
    }

    private static Map<String, Long> hits() {
        return Map.of("first.name", 1L, "first.starred", 1L, "second.starred", 1L);
    }

    private static String detail(String gate, List<GateResult> results) {
        return results.stream()
                .filter(result -> result.name().equals(gate))
                .findFirst()
                .orElseThrow()
                .detail();
    }

    private static List<GateResult> judge(Map<String, Long> hits, long read, long stars) {
        return Gates.judge(new Evidence(
                Instant.EPOCH,
                PLAN,
                PLAN.gates(),
                Map.of(),
                Map.of("people", read),
                Map.of("people", new SourceAccount(read, 0, Map.of(), 0, 0, 0, read)),
                null,
                Map.of(),
                10,
                0,
                hits,
                List.of(comparison("first"), comparison("second")),
                Map.of(),
                Map.of(),
                List.of(new Evidence.QueryCount(PLAN.gates().consumerQueries().get(0), stars))));
    }

    private static TargetComparison comparison(String target) {
        return new TargetComparison(target, TEN, OTHER_TEN, 0, 0, 0, 10, List.of());
    }

    private static CollectionShape shape(String options, BsonDocument... indexes) {
        return new CollectionShape("collection", BsonDocument.parse(options), List.of(indexes));
    }
}

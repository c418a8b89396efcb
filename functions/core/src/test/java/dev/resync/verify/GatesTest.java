package dev.resync.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.resync.catchup.CaughtUp;
import dev.resync.chunk.SourceAccount;
import dev.resync.drift.Drift;
import dev.resync.hash.ContentHash;
import dev.resync.plan.GateLimits.DriftLimits;
import dev.resync.plan.GateLimits.DriftPolicy;
import dev.resync.plan.Plan;
import dev.resync.plan.PlanReader;
import dev.resync.shadow.MappedTotals;
import dev.resync.store.CollectionShape;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;

/** Every gate passes at its limit and refuses just beyond it, and says by name, subject, limit and value what it found. */
class GatesTest {

    private static final Plan PLAN = new PlanReader().read("gated", """
            {
              "plan": "gated",
              "timeZone": "UTC",
              "key": {"type": "string"},
              "sources": {
                "people": {
                  "namespace": "db.people",
                  "key": {"field": "_id", "type": "string"},
                  "cardinality": "one",
                  "duplicates": "latest",
                  "latestBy": "at",
                  "modifiedField": "at",
                  "drives": true
                },
                "notes": {
                  "namespace": "db.notes",
                  "key": {"field": "person", "type": "string"},
                  "cardinality": "many",
                  "identity": "author",
                  "duplicates": "latest",
                  "latestBy": "at",
                  "modifiedField": "at",
                  "allowEmpty": true
                }
              },
              "targets": {
                "view": {
                  "namespace": "db.view",
                  "changeStreamConsumers": "none",
                  "fields": [
                    {"path": "name", "from": ["people.name"], "type": "string", "required": true},
                    {"path": "age", "from": ["people.age"], "type": "int"},
                    {"path": "notes", "each": "notes", "fields": [
                      {"path": "text", "from": ["notes.text"], "type": "string", "required": true}
                    ]}
                  ]
                }
              },
              "gates": {
                "counts": {"maxMissingShare": 0.1},
                "shrink": {"maxShare": 0.05},
                "change": {"maxShare": 0.2},
                "quarantine": {"maxShare": 0.02},
                "sourceAge": {"maxHours": 24, "overrides": {"notes": 48.5}},
                "duplicateKeys": {"maxShare": 0.1, "overrides": {"notes": 0.2}},
                "fieldDropOut": {"maxShare": 0.5, "overrides": {"view.age": 0.25}},
                "neverHit": {"allow": ["view.notes"]},
                "consumerQueries": [{"name": "adults", "target": "view", "filter": {"age": {"$gt": 17}}, "minimum": 3}]
              }
            }
            """);

    private static final Instant START = Instant.parse("2026-06-15T09:00:00Z");
    private static final BsonDocument ID = BsonDocument.parse("{key: {_id: 1}, name: '_id_'}");
    private static final BsonDocument BY_AGE = BsonDocument.parse("{key: {age: 1}, name: 'age_1'}");

    /** What the gates look at: 100 documents of live, 98 bundles, nothing amiss until a test says otherwise. */
    private final Map<String, Long> counted = new TreeMap<>(Map.of("people", 100L, "notes", 100L));

    private final Map<String, SourceAccount> sources = new TreeMap<>(Map.of("people", read(100), "notes", read(100)));
    private CaughtUp caughtUp;
    private final Map<String, Instant> newest = new TreeMap<>(Map.of("people", hoursAgo(1), "notes", hoursAgo(1)));
    private final Map<String, Long> hits =
            new TreeMap<>(Map.of("view.name", 1L, "view.age", 1L, "view.notes", 1L, "view.notes[].text", 1L));
    private final Map<String, FieldPresence> fields = new TreeMap<>();
    private final Map<String, CollectionShape> liveShapes = new TreeMap<>(Map.of("view", shape("{}", ID, BY_AGE)));
    private CollectionShape shadowShape = shape("{}", ID, BY_AGE);
    private ContentHash live = content(100, 7);
    private final Map<String, Drift> drift = new TreeMap<>();
    private long shadowDocuments = 100;
    private long bundles = 100;
    private long quarantined;
    private long changed;
    private long removed;
    private long adults = 3;

    GatesTest() {
        presence("view.name", 100, 100);
        presence("view.age", 100, 100);
        presence("view.notes", 100, 100);
        presence("view.notes[].text", 100, 100);
    }

    @Test
    void asksEveryGateOfEverySubject() {
        assertThat(judge())
                .allMatch(GateResult::passed)
                .extracting(gate -> gate.name() + " of " + gate.subject())
                .containsExactlyInAnyOrder(
                        "empty-source of people",
                        "empty-source of notes",
                        "counts of people",
                        "counts of notes",
                        "source-age of people",
                        "source-age of notes",
                        "duplicate-keys of people",
                        "duplicate-keys of notes",
                        "quarantine of bundles",
                        "rule-hit of view.name",
                        "rule-hit of view.age",
                        "rule-hit of view.notes",
                        "rule-hit of view.notes[].text",
                        "target-count of view",
                        "shrink of view",
                        "change of view",
                        "indexes of view",
                        "options of view",
                        "required-field of view.name",
                        "required-field of view.notes[].text",
                        "field-drop-out of view.name",
                        "field-drop-out of view.age",
                        "field-drop-out of view.notes",
                        "field-drop-out of view.notes[].text",
                        "consumer-query of adults",
                        "drift of view");
    }

    @Test
    void emptySource() {
        counted.put("people", 0L);
        sources.put("people", read(1));
        assertPasses("empty-source", "people", 1, 1);
        sources.remove("people");
        assertRefuses("empty-source", "people", 1, 0);
    }

    @Test
    void emptySourceThatMayBe() {
        counted.put("notes", 0L);
        sources.remove("notes");
        assertPasses("empty-source", "notes", 0, 0);
    }

    @Test
    void counts() {
        sources.put("notes", read(90));
        assertPasses("counts", "notes", 0.1, 0.1);
        sources.put("notes", read(89));
        assertRefuses("counts", "notes", 0.1, 0.11);
    }

    @Test
    void countsOfASourceThatGrew() {
        sources.put("notes", read(200));
        assertPasses("counts", "notes", 0.1, 0);
    }

    @Test
    void sourceAge() {
        newest.put("people", hoursAgo(24));
        assertPasses("source-age", "people", 24, 24);
        newest.put("people", hoursAgo(24).minusSeconds(36));
        assertRefuses("source-age", "people", 24, 24.01);
    }

    @Test
    void sourceAgeWithALimitOfItsOwn() {
        newest.put("notes", hoursAgo(48).minusSeconds(1800));
        assertPasses("source-age", "notes", 48.5, 48.5);
        newest.put("notes", hoursAgo(49));
        assertRefuses("source-age", "notes", 48.5, 49);
    }

    @Test
    void sourceAgeOfWhatWasChangedDuringTheRun() {
        newest.put("people", START.plusSeconds(60));
        assertPasses("source-age", "people", 24, 0);
    }

    @Test
    void sourceAgeOfASourceWithoutAnyDate() {
        newest.remove("people");
        assertRefuses("source-age", "people", 24, 0);
    }

    @Test
    void sourceAgeOfAnEmptySourceSaysNothing() {
        newest.remove("notes");
        sources.remove("notes");
        counted.put("notes", 0L);
        assertThat(judge())
                .allMatch(GateResult::passed)
                .noneMatch(gate ->
                        gate.name().equals("source-age") && gate.subject().equals("notes"));
    }

    @Test
    void duplicateKeys() {
        sources.put("people", superseded(10));
        assertPasses("duplicate-keys", "people", 0.1, 0.1);
        sources.put("people", superseded(11));
        assertRefuses("duplicate-keys", "people", 0.1, 0.11);
    }

    /** A document that was read again has an older version in the account, which is neither a duplicate nor another document. */
    @Test
    void olderVersionsAreNoDuplicates() {
        caughtUp = caughtUp("people", 20, 20);
        sources.put("people", new SourceAccount(120, 0, Map.of(), 0, 0, 30, 90));
        assertPasses("duplicate-keys", "people", 0.1, 0.1);
        sources.put("people", new SourceAccount(120, 0, Map.of(), 0, 0, 31, 89));
        assertRefuses("duplicate-keys", "people", 0.1, 0.11);
    }

    @Test
    void olderVersionsMakeUpForNothingMissing() {
        caughtUp = caughtUp("notes", 20, 20);
        sources.put("notes", read(110));
        assertPasses("counts", "notes", 0.1, 0.1);
        sources.put("notes", read(109));
        assertRefuses("counts", "notes", 0.1, 0.11);
    }

    @Test
    void catchUp() {
        caughtUp = caughtUp("people", 50_000, 0);
        assertPasses("catch-up", "sources", 50_000, 50_000);
        caughtUp = caughtUp("people", 50_001, 0);
        assertRefuses("catch-up", "sources", 50_000, 50_001);
    }

    private static CaughtUp caughtUp(String source, long documents, long replaced) {
        return new CaughtUp(
                START, Map.of(source, documents), Map.of(source, replaced), 1, new MappedTotals(0, null, null, null));
    }

    @Test
    void duplicateKeysWithALimitOfItsOwn() {
        sources.put("notes", superseded(20));
        assertPasses("duplicate-keys", "notes", 0.2, 0.2);
        sources.put("notes", superseded(21));
        assertRefuses("duplicate-keys", "notes", 0.2, 0.21);
    }

    @Test
    void quarantine() {
        quarantined = 2;
        shadowDocuments = 98;
        assertPasses("quarantine", "bundles", 0.02, 0.02);
        quarantined = 3;
        shadowDocuments = 97;
        assertRefuses("quarantine", "bundles", 0.02, 0.03);
    }

    @Test
    void ruleHit() {
        hits.put("view.age", 1L);
        assertPasses("rule-hit", "view.age", 1, 1);
        hits.put("view.age", 0L);
        assertRefuses("rule-hit", "view.age", 1, 0);
    }

    @Test
    void ruleHitThatMayBeNever() {
        hits.put("view.notes", 0L);
        assertPasses("rule-hit", "view.notes", 0, 0);
    }

    @Test
    void targetCount() {
        bundles = 102;
        quarantined = 2;
        assertPasses("target-count", "view", 100, 100);
        shadowDocuments = 99;
        assertRefuses("target-count", "view", 100, 99);
        shadowDocuments = 101;
        assertRefuses("target-count", "view", 100, 101);
    }

    @Test
    void shrink() {
        removed = 5;
        assertPasses("shrink", "view", 0.05, 0.05);
        removed = 6;
        assertRefuses("shrink", "view", 0.05, 0.06);
    }

    @Test
    void change() {
        changed = 16;
        removed = 4;
        assertPasses("change", "view", 0.2, 0.2);
        changed = 17;
        assertRefuses("change", "view", 0.2, 0.21);
    }

    @Test
    void indexes() {
        assertPasses("indexes", "view", 0, 0);
        shadowShape = shape("{}", ID);
        assertRefuses("indexes", "view", 0, 1);
    }

    @Test
    void options() {
        assertPasses("options", "view", 0, 0);
        shadowShape = shape("{validator: {age: {$gt: 0}}}", ID, BY_AGE);
        assertRefuses("options", "view", 0, 1);
    }

    @Test
    void shapeOfALiveThatDoesNotExistIsFree() {
        liveShapes.clear();
        assertThat(judge())
                .noneMatch(gate -> gate.name().equals("indexes") || gate.name().equals("options"));
    }

    @Test
    void requiredField() {
        assertPasses("required-field", "view.name", 0, 0);
        presence("view.name", 100, 99);
        assertRefuses("required-field", "view.name", 0, 1);
    }

    @Test
    void requiredFieldOfAnElement() {
        assertPasses("required-field", "view.notes[].text", 0, 0);
        presence("view.notes[].text", 100, 98);
        assertRefuses("required-field", "view.notes[].text", 0, 2);
    }

    @Test
    void fieldDropOut() {
        presence("view.notes", 100, 50);
        assertPasses("field-drop-out", "view.notes", 0.5, 0.5);
        presence("view.notes", 100, 49);
        assertRefuses("field-drop-out", "view.notes", 0.5, 0.51);
    }

    @Test
    void fieldDropOutWithALimitOfItsOwn() {
        presence("view.age", 100, 75);
        assertPasses("field-drop-out", "view.age", 0.25, 0.25);
        presence("view.age", 100, 74);
        assertRefuses("field-drop-out", "view.age", 0.25, 0.26);
    }

    /** Where 1 - 0.7 is a little more than 0.3. */
    @Test
    void fieldDropOutIsExactAtItsLimit() {
        FieldPresence field = new FieldPresence("view.age", 1000, 1000, 700, 1000);
        assertThat(field.dropOut()).isEqualTo(0.3);
        assertThat(new FieldPresence("view.age", 5, 10, 0, 0).dropOut()).isEqualTo(1);
        assertThat(new FieldPresence("view.age", 0, 10, 5, 10).dropOut()).isZero();
        assertThat(new FieldPresence("view.age", 5, 10, 6, 10).dropOut()).isZero();
    }

    @Test
    void fieldDropOutOfFewValuesCountsOnlyWhereAllAreGone() {
        presence("view.age", Gates.FEW_VALUES - 1, 1);
        assertPasses("field-drop-out", "view.age", 0.25, 0);
        presence("view.age", Gates.FEW_VALUES - 1, 0);
        assertRefuses("field-drop-out", "view.age", 0.25, 1);
        presence("view.age", Gates.FEW_VALUES, 1);
        assertRefuses("field-drop-out", "view.age", 0.25, 0.95);
    }

    @Test
    void consumerQuery() {
        assertPasses("consumer-query", "adults", 3, 3);
        adults = 2;
        assertRefuses("consumer-query", "adults", 3, 2);
    }

    @Test
    void drift() {
        assertPasses("drift", "view", 0, 0);
        drifted(1, 0, 0);
        assertRefuses("drift", "view", 0, 1);
        drifted(1, 2, 4);
        assertRefuses("drift", "view", 0, 7);
    }

    @Test
    void driftThatMayBeCarriedOver() {
        DriftLimits limits = new DriftLimits(DriftPolicy.CARRY, 0.03);
        drifted(1, 1, 1);
        assertThat(Gates.drift(limits, comparison(), drift).passed()).isTrue();
        drifted(1, 1, 2);
        GateResult refused = Gates.drift(limits, comparison(), drift);
        assertThat(refused.passed()).isFalse();
        assertThat(refused.value()).isCloseTo(0.04, within(1e-12));
        assertThat(refused.limit()).isEqualTo(0.03);
        assertThat(refused.detail()).contains("1 documents changed, 1 added and 2 removed");
    }

    private void drifted(long changed, long added, long removed) {
        drift.put(
                "view",
                new Drift("resync.kept", content(changed + added, 5), live, changed, added, removed, List.of(), START));
    }

    private void assertPasses(String name, String subject, double limit, double value) {
        assertThat(judge()).as("a gate that refuses where none should").allMatch(GateResult::passed);
        assertFound(name, subject, limit, value, true);
    }

    private void assertRefuses(String name, String subject, double limit, double value) {
        assertFound(name, subject, limit, value, false);
        assertThat(judge())
                .filteredOn(gate -> !gate.passed())
                .as("the only refusal")
                .hasSize(1);
    }

    private void assertFound(String name, String subject, double limit, double value, boolean passed) {
        List<GateResult> found = judge().stream()
                .filter(gate -> gate.name().equals(name) && gate.subject().equals(subject))
                .toList();
        assertThat(found).as(name + " of " + subject).hasSize(1);
        assertThat(found.get(0).limit()).isEqualTo(limit);
        assertThat(found.get(0).value()).isCloseTo(value, within(1e-12));
        assertThat(found.get(0).passed()).isEqualTo(passed);
    }

    private TargetComparison comparison() {
        return new TargetComparison(
                "view",
                live,
                content(shadowDocuments, 9),
                0,
                changed,
                removed,
                live.documents() - changed - removed,
                List.copyOf(fields.values()));
    }

    private List<GateResult> judge() {
        List<Evidence.QueryCount> queries = PLAN.gates().consumerQueries().stream()
                .map(query -> new Evidence.QueryCount(query, adults))
                .toList();
        return Gates.judge(new Evidence(
                START,
                PLAN,
                drift,
                counted,
                sources,
                caughtUp,
                newest,
                bundles,
                quarantined,
                hits,
                List.of(comparison()),
                liveShapes,
                Map.of("view", shadowShape),
                queries));
    }

    /** Sets how many values a field has; in live no document lacks it. */
    private void presence(String field, long liveValues, long shadowValues) {
        fields.put(field, new FieldPresence(field, liveValues, liveValues, shadowValues, liveValues));
    }

    private static SourceAccount superseded(long documents) {
        return new SourceAccount(100, 0, Map.of(), 0, 0, documents, 100 - documents);
    }

    private static Instant hoursAgo(long hours) {
        return START.minus(Duration.ofHours(hours));
    }

    private static SourceAccount read(long documents) {
        return new SourceAccount(documents, 0, Map.of(), 0, 0, 0, documents);
    }

    private static ContentHash content(long documents, int sum) {
        return new ContentHash(documents, "%064x".formatted(sum));
    }

    private static CollectionShape shape(String options, BsonDocument... indexes) {
        return new CollectionShape("collection", BsonDocument.parse(options), List.of(indexes));
    }
}

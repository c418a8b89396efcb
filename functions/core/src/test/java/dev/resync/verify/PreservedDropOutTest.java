package dev.resync.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.resync.chunk.SourceAccount;
import dev.resync.drift.Drift;
import dev.resync.hash.ContentHash;
import dev.resync.plan.Plan;
import dev.resync.plan.PlanReader;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values that others gave a field during a run are not lost where the run carries them over, and only there. */
class PreservedDropOutTest {

    private static final String PLAN = """
            {
              "plan": "p",
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
                "view": {
                  "namespace": "db.view",
                  "changeStreamConsumers": "none",
                  "fields": [{"path": "name", "from": ["people.name"]}, {"path": "star", "preserve": true}]
                }
              },
              "gates": {"drift": {"policy": "carry", "maxShare": 1}, "fieldDropOut": {"maxShare": 0.02}}
            }
            """;
    private static final ContentHash CONTENT = new ContentHash(1000, "%064x".formatted(1));

    /** Of 1,000 documents; limit 0.02. */
    @ParameterizedTest
    @CsvSource({
        "star, 100, 95, 2, 1, 0.02, true",
        "star, 100, 94, 2, 1, 0.03, false",
        "star, 100, 95, 3, 0, 0.02, true",
        "star, 100, 98, 0, 0, 0.02, true",
        "star, 1000, 1000, 5, 5, 0, true",
        "star, 3, 0, 3, 0, 0, true",
        "star, 3, 0, 0, 0, 1, false",
        "name, 100, 95, 2, 1, 0.05, false"
    })
    void isWhatIsLostBesideWhatIsCarriedOver(
            String field, long live, long shadow, long changed, long added, double value, boolean passes) {
        GateResult gate = judge(PLAN, field, live, shadow, changed, added);
        assertThat(gate.value()).isCloseTo(value, within(1e-12));
        assertThat(gate.passed()).isEqualTo(passes);
    }

    @Test
    void isAllThatIsLostWhereDriftIsRefused() {
        GateResult gate = judge(PLAN.replace("carry", "refuse"), "star", 100, 95, 2, 1);
        assertThat(gate.value()).isCloseTo(0.05, within(1e-12));
    }

    private static GateResult judge(String json, String field, long live, long shadow, long changed, long added) {
        Plan plan = new PlanReader().read("p", json);
        Map<String, Drift> drift = changed + added == 0
                ? Map.of()
                : Map.of(
                        "view",
                        new Drift("resync.kept", CONTENT, CONTENT, changed, added, 0, List.of(), Instant.EPOCH));
        FieldPresence presence = new FieldPresence("view." + field, live, 1000, shadow, 1000);
        return Gates.judge(new Evidence(
                        Instant.EPOCH,
                        plan,
                        drift,
                        Map.of("people", 1000L),
                        Map.of("people", new SourceAccount(1000, 0, Map.of(), 0, 0, 0, 1000)),
                        null,
                        Map.of(),
                        1000,
                        0,
                        Map.of("view.name", 1L, "view.star", 1L),
                        List.of(new TargetComparison("view", CONTENT, CONTENT, 0, 0, 0, 1000, List.of(presence))),
                        Map.of(),
                        Map.of(),
                        List.of()))
                .stream()
                .filter(gate -> gate.name().equals("field-drop-out"))
                .findFirst()
                .orElseThrow();
    }
}

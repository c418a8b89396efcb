package dev.resync.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.resync.chunk.SourceAccount;
import dev.resync.plan.Plan;
import dev.resync.plan.PlanReader;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrialTest {

    private static final Plan PLAN = new PlanReader().read("people", """
            {"plan": "people", "timeZone": "UTC", "key": {"type": "string"},
             "sources": {
               "people": {"namespace": "d.people", "key": {"field": "_id", "type": "string", "transform": ["trim", "upper"]},
                 "cardinality": "one", "drives": true,
                 "exclude": [{"rule": "test-people", "reason": "They are none.", "where": {"field": "test", "in": [true]}}]},
               "visits": {"namespace": "d.visits", "key": {"field": "who", "type": "string", "transform": ["trim", "upper"]},
                 "cardinality": "latest", "latestBy": "at"}},
             "targets": {
               "view": {"namespace": "d.view", "changeStreamConsumers": "none", "fields": [
                 {"path": "name", "from": ["people.name"], "type": "string", "required": true},
                 {"path": "lastVisit", "from": ["visits.at"], "type": "date"},
                 {"path": "built", "from": ["$runStart"], "type": "date"}]},
               "other": {"namespace": "d.other", "changeStreamConsumers": "none", "fields": [
                 {"path": "nickName", "from": ["people.nickName"], "type": "string"}]}}}
            """);
    private static final Trial TRIAL = new Trial(PLAN, Instant.parse("2024-02-29T12:34:56.789Z"));

    private static final Trial KEEPING = new Trial(new PlanReader().read("numbers", """
            {"plan": "numbers", "timeZone": "UTC", "key": {"type": "long"},
             "sources": {"people": {"namespace": "d.people", "key": {"field": "_id", "type": "long"},
               "cardinality": "one", "drives": true}},
             "targets": {
               "view": {"namespace": "d.view", "changeStreamConsumers": "none", "fields": [
                 {"path": "owner", "preserve": true}]},
               "other": {"namespace": "d.other", "changeStreamConsumers": "none", "fields": [
                 {"path": "id", "from": ["$key"], "type": "long"}]}}}
            """), Instant.EPOCH);

    private static List<BsonDocument> documents(String... json) {
        return Stream.of(json).map(BsonDocument::parse).toList();
    }

    @Test
    void documentsOfOneTransformedKeyComeTogether() {
        TrialResult result = TRIAL.map(Map.of(
                "people", documents("{_id: ' b', name: 'Bo', nickName: 'B'}", "{_id: 'A', name: 'Al'}"),
                "visits", documents("{_id: 1, who: 'b ', at: '2024-01-01'}", "{_id: 2, who: 'B', at: '2024-01-02'}")));

        assertThat(result.targets().get("view"))
                .isEqualTo(documents(
                        "{_id: 'A', name: 'Al', lastVisit: null, built: '2024-02-29'}",
                        "{_id: 'B', name: 'Bo', lastVisit: '2024-01-02', built: '2024-02-29'}"));
        assertThat(result.targets().get("other"))
                .isEqualTo(documents("{_id: 'A', nickName: null}", "{_id: 'B', nickName: 'B'}"));
        assertThat(result.quarantine()).isEmpty();
        assertThat(result.ruleHits())
                .isEqualTo(Map.of("view.name", 2L, "view.lastVisit", 1L, "view.built", 2L, "other.nickName", 1L));
    }

    @Test
    void everyDocumentIsInOnePlaceOfItsAccount() {
        TrialResult result = TRIAL.map(Map.of(
                "people",
                documents(
                        "{_id: 'a', name: 'Al'}",
                        "{_id: 'b'}",
                        "{_id: 'c', name: 'Cy', test: true}",
                        "{_id: 7, name: 'No'}",
                        "{name: 'Key'}"),
                "visits",
                documents(
                        "{_id: 1, who: 'a', at: '2024-01-01'}",
                        "{_id: 2, who: 'a', at: '2024-01-02'}",
                        "{_id: 3, who: 'b', at: '2024-01-02'}",
                        "{_id: 4, who: 'c', at: '2024-01-02'}")));

        assertThat(result.accounts())
                .isEqualTo(Map.of(
                        "people", new SourceAccount(5, 2, Map.of("test-people", 1L), 0, 1, 0, 1),
                        "visits", new SourceAccount(4, 0, Map.of(), 1, 1, 1, 1)));
        assertThat(result.accounts().values()).allMatch(SourceAccount::balanced);
    }

    @Test
    void quarantineInOneTargetWithholdsTheBundleFromAll() {
        TrialResult result = TRIAL.map(Map.of("people", documents("{_id: 'b', nickName: 'B'}")));

        assertThat(result.targets()).containsOnlyKeys("view", "other");
        assertThat(result.targets().values()).allMatch(List::isEmpty);
        assertThat(result.quarantine()).singleElement().satisfies(bundle -> {
            assertThat(bundle.key()).isEqualTo(new BsonString("B"));
            assertThat(bundle.problems()).singleElement().satisfies(problem -> {
                assertThat(problem.reason()).isEqualTo("required-missing");
                assertThat(problem.target()).isEqualTo("view.name");
            });
        });
    }

    @Test
    void fieldsThatNothingNamesAreListedOnce() {
        TrialResult result = TRIAL.map(Map.of(
                "people", documents("{_id: 'a', name: 'Al', age: 1, b: {c: 1}}", "{_id: 'b', name: 'Bo', age: 2}")));

        assertThat(result.unmapped()).isEqualTo(Map.of("people", List.of("age", "b")));
    }

    @Test
    void aPreservedFieldHasTheValueOfLiveUnderTheSameKey() {
        TrialResult result = KEEPING.map(
                Map.of("people", documents("{_id: {$numberLong: '1'}}", "{_id: 2}", "{_id: 3}")),
                Map.of(
                        "view",
                        documents(
                                "{_id: 1, owner: {name: 'Grace'}, age: 7}",
                                "{_id: 3, owner: null}",
                                "{_id: 4, owner: 4}"),
                        "other",
                        documents("{_id: 2, owner: 'not of view'}")));

        assertThat(result.targets().get("view"))
                .isEqualTo(documents(
                        "{_id: {$numberLong: '1'}, owner: {name: 'Grace'}}",
                        "{_id: {$numberLong: '2'}, owner: null}",
                        "{_id: {$numberLong: '3'}, owner: null}"));
        assertThat(result.ruleHits()).containsEntry("view.owner", 1L);
        assertThat(KEEPING.map(Map.of("people", documents("{_id: 1}")))
                        .targets()
                        .get("view"))
                .isEqualTo(documents("{_id: {$numberLong: '1'}, owner: null}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "veew | {_id: 1}                       | veew",
                "view | {owner: 1}                     | has no _id",
                "view | {_id: 1}, {_id: 2}, {_id: {$numberLong: '1'}} | have the _id"
            })
    void aLiveThatCannotBeIsRefused(String target, String held, String problem) {
        List<BsonDocument> documents = BsonArray.parse("[" + held + "]").stream()
                .map(BsonValue::asDocument)
                .toList();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KEEPING.map(Map.of(), Map.of(target, documents)))
                .withMessageContaining(problem);
    }

    @Test
    void aSourceThatThePlanHasNotIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TRIAL.map(Map.of("peeple", List.of())))
                .withMessageContaining("peeple");
    }
}

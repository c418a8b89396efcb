package dev.resync.catchup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resync.plan.Plan;
import dev.resync.plan.PlanReader;
import dev.resync.plan.SourcePlan;
import java.time.Instant;
import java.time.ZoneId;
import org.bson.BsonDocument;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChangedSinceTest {

    private static final Plan PLAN = new PlanReader().read("p", """
            {
              "plan": "p", "timeZone": "UTC", "key": {"type": "string"},
              "sources": {"people": {"namespace": "d.people", "key": {"field": "_id", "type": "string"},
                "cardinality": "one", "drives": true, "modifiedField": "meta.changed"}},
              "targets": {"view": {"namespace": "d.view", "changeStreamConsumers": "none",
                "fields": [{"path": "name", "from": ["people.name"], "type": "string"}]}}
            }
            """);
    private static final SourcePlan PEOPLE = PLAN.source("people");

    /** Reading began at 09:00; the clock of a writer may be five minutes behind. A day counts whole. */
    @ParameterizedTest(name = "{0} in {1}: {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{$date: '2026-06-15T09:00:00Z'}     | UTC              | true",
                "{$date: '2026-06-15T08:55:00Z'}     | UTC              | true",
                "{$date: '2026-06-15T08:54:59.999Z'} | UTC              | false",
                "{$date: '2026-06-15T00:00:00Z'}     | UTC              | true",
                "{$date: '2026-06-14T00:00:00Z'}     | UTC              | false",
                "{$date: '2026-06-14T23:00:00Z'}     | Europe/London    | true",
                "{$date: '2026-06-14T23:00:00.001Z'} | Europe/London    | false",
                "{$date: '2026-06-13T23:00:00Z'}     | Europe/London    | false",
                "{$date: '2026-06-15T00:00:00Z'}     | America/New_York | true",
                "{$date: '2026-06-15T04:00:00Z'}     | America/New_York | true",
                "{$date: '2026-06-14T04:00:00Z'}     | America/New_York | false",
                "'2026-06-15'                        | Europe/London    | true",
                "'2026-06-14'                        | Europe/London    | false",
                "'2026-06-15 09:54:00'               | Europe/London    | false",
                "'2026-06-15 09:55:00'               | Europe/London    | true",
                "'2026-06-15T09:00:00.000Z'          | Europe/London    | true",
                "'soon'                              | UTC              | false",
                "null                                | UTC              | false",
                "17                                  | UTC              | false",
                "[{$date: '2026-06-15T09:00:00Z'}]   | UTC              | false",
            })
    void saysWhatMayHaveChanged(String value, String zone, boolean expected) {
        ChangedSince since = new ChangedSince(PEOPLE, ZoneId.of(zone), Instant.parse("2026-06-15T09:00:00Z"));
        assertThat(since.test(BsonDocument.parse("{meta: {changed: " + value + "}}")))
                .isEqualTo(expected);
    }

    /** Where the day changes while clocks differ, the day before counts as well. */
    @ParameterizedTest(name = "{0} in {1}: {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{$date: '2026-06-14T00:00:00Z'} | UTC        | true",
                "{$date: '2026-06-13T00:00:00Z'} | UTC        | false",
                "'2026-06-14'                    | UTC        | true",
                "{$date: '2026-06-14T00:00:00Z'} | Asia/Tokyo | true",
                "'2026-06-14'                    | Asia/Tokyo | false",
                "'2026-06-15'                    | Asia/Tokyo | true",
            })
    void justAfterMidnight(String value, String zone, boolean expected) {
        ChangedSince since = new ChangedSince(PEOPLE, ZoneId.of(zone), Instant.parse("2026-06-15T00:04:00Z"));
        assertThat(since.test(BsonDocument.parse("{meta: {changed: " + value + "}}")))
                .isEqualTo(expected);
    }
}

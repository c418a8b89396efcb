package dev.resync.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resync.error.GateRefused;
import dev.resync.fixture.EmbeddedMongo;
import dev.resync.fixture.RunDriver;
import dev.resync.fixture.RunFixture;
import dev.resync.hash.ContentHash;
import dev.resync.run.Ending;
import dev.resync.run.ExecutionStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whole runs over sources that went wrong: refused with gate, limit and value, and live as it was. */
class GateRefusalTest {

    private static final int PEOPLE = 40;

    @RegisterExtension
    static final EmbeddedMongo MONGO = new EmbeddedMongo();

    private RunFixture fixture;

    @BeforeEach
    void fill() {
        fixture = new RunFixture(MONGO.client()).filled(PEOPLE);
    }

    /** One date far in the future, as placeholders are, must not make an old source look young for ever. */
    @Test
    void datesInTheFutureSayNothingOfASourcesAge() {
        fixture.plans()
                .deployWith("\"cardinality\": \"one\",", "\"cardinality\": \"one\", \"modifiedField\": \"changed\",");
        fixture.insert("people", "{_id: 'q1', name: 'n', age: 1, changed: {$date: '2026-01-01T00:00:00Z'}}");
        fixture.insert("people", "{_id: 'q2', name: 'n', age: 1, changed: {$date: '9999-12-31T00:00:00Z'}}");
        assertThatThrownBy(() -> fixture.admit(fixture.request("DRY_RUN")).through("verify"))
                .isInstanceOf(GateRefused.class)
                .hasMessageContaining("source-age of people")
                .hasMessageContaining("2026-01-01T00:00:00Z");
    }

    @Test
    void renamedSourceField() {
        limit("fieldDropOut", "{\"maxShare\": 0.2}");
        rename("age", "years", 9);
        assertRefused("field-drop-out of personView.age: value 0.22", ", limit 0.2 ");
    }

    @Test
    void sourceFieldRenamedInAsManyDocumentsAsAllowed() {
        limit("fieldDropOut", "{\"maxShare\": 0.2}");
        rename("age", "years", 8);
        assertThat(fixture.execute().toEnd().ending()).isEqualTo(Ending.CUT_OVER);
    }

    @Test
    void sourceFieldRenamedEverywhere() {
        limit("fieldDropOut", "{\"maxShare\": 0.2}");
        rename("age", "years", PEOPLE);
        assertRefused(
                "field-drop-out of personView.age: value 1.0, limit 0.2 ",
                "rule-hit of personView.age: value 0.0, limit 1.0 ");
    }

    @Test
    void quarantineBeyondTheLimit() {
        limit("quarantine", "{\"maxShare\": 0.1}");
        spoil(5);
        assertRefused("quarantine of bundles: value 0.125, limit 0.1 (5 of 40)");
    }

    @Test
    void quarantineAtTheLimit() {
        limit("quarantine", "{\"maxShare\": 0.1}");
        spoil(4);
        assertThat(fixture.execute().toEnd().ending()).isEqualTo(Ending.CUT_OVER);
        assertThat(fixture.live("personView").documents()).isEqualTo(PEOPLE - 4);
    }

    /** Mapping withholds the bundle already, so that the quarantine speaks before the gate of required fields. */
    @Test
    void missingRequiredField() {
        limit("quarantine", "{\"maxShare\": 0}");
        rename("name", "fullName", 1);
        RunDriver run = assertRefused("quarantine of bundles: value 0.025, limit 0.0 (1 of 40)");
        assertThat(fixture.control("quarantine")
                        .countDocuments(BsonDocument.parse("""
                        {"_id.run": "%s", "_id.key": "%s", "problems.reason": "required-missing"}""".formatted(run.runId(), RunFixture.key(0)))))
                .isEqualTo(1);
    }

    @Test
    void emptiedDrivingSource() {
        fixture.collection("people").deleteMany(new BsonDocument());
        assertRefused("empty-source of people: value 0.0, limit 1.0 (the source ");
    }

    @Test
    void shrunkDrivingSource() {
        limit("shrink", "{\"maxShare\": 0.05}");
        fixture.collection("people").deleteMany(BsonDocument.parse("{age: {$in: [20, 21, 22]}}"));
        assertRefused(
                "shrink of personView: value 0.075, limit 0.05 (3 of 40 documents",
                "shrink of nameView: value 0.075, limit 0.05 ");
    }

    @Test
    void changeBeyondTheLimit() {
        limit("change", "{\"maxShare\": 0.9}");
        assertRefused("change of personView: value 1.0, limit 0.9 (40 would change and 0 would go)");
    }

    @Test
    void consumerQueryThatFindsTooLittle() {
        fixture.plans().deployWith("\"verdict\": {", """
                "consumerQueries": [
                  {"name": "twenties", "target": "personView", "filter": {"age": {"$lt": 30}}, "minimum": 11}
                ],
                "verdict": {""");
        assertRefused("consumer-query of twenties: value 10.0, limit 11.0 ");
        fixture.plans().deployWith("\"minimum\": 11", "\"minimum\": 10");
        assertThat(fixture.execute().toEnd().ending()).isEqualTo(Ending.CUT_OVER);
    }

    @Test
    void sourceThatStoppedToChange() {
        fixture.plans().deployWith("\"drives\": true,", "\"drives\": true, \"modifiedField\": \"changed\",");
        fixture.plans().deployWith("\"verdict\": {", "\"sourceAge\": {\"overrides\": {\"people\": 5}}, \"verdict\": {");
        changed(0, fixture.clock().instant().minus(Duration.ofHours(90)));
        changed(PEOPLE - 1, fixture.clock().instant().minus(Duration.ofHours(6)));
        assertRefused("source-age of people: value 6.0, limit 5.0 (hours since the newest change");
        changed(PEOPLE / 2, fixture.clock().instant().minus(Duration.ofHours(5)));
        assertThat(fixture.execute().toEnd().ending()).isEqualTo(Ending.CUT_OVER);
    }

    @Test
    void sourceThatDoesNotSayWhenItChanged() {
        fixture.plans().deployWith("\"drives\": true,", "\"drives\": true, \"modifiedField\": \"changed\",");
        assertRefused("source-age of people", "no document has a date in changed");
    }

    @Test
    void olderDuplicatesBeyondTheLimit() {
        fixture.plans()
                .deployWith(
                        "\"drives\": true,", "\"drives\": true, \"duplicates\": \"latest\", \"latestBy\": \"age\",");
        fixture.plans().deployWith("\"verdict\": {", "\"duplicateKeys\": {\"maxShare\": 0.0476}, \"verdict\": {");
        fixture.insert("people", "{_id: ' p0000', name: 'Older', age: 1}");
        fixture.insert("people", "{_id: 'p0001 ', name: 'Older', age: 1}");
        assertRefused(
                "duplicate-keys of people: value 0.0476", "limit 0.0476 (2 of 42 documents are older duplicates)");
        fixture.plans().deployWith("0.0476", "0.0477");
        assertThat(fixture.execute().toEnd().ending()).isEqualTo(Ending.CUT_OVER);
    }

    private void changed(int person, Instant at) {
        fixture.collection("people")
                .updateOne(
                        new BsonDocument("_id", new BsonString(RunFixture.key(person))),
                        new BsonDocument("$set", new BsonDocument("changed", new BsonDateTime(at.toEpochMilli()))));
    }

    private RunDriver assertRefused(String... findings) {
        List<ContentHash> before = fixture.live();
        RunDriver run = fixture.execute().upTo("verify");
        assertThatThrownBy(() -> run.step("verify"))
                .isInstanceOf(GateRefused.class)
                .hasMessageContainingAll(findings);
        assertThat(run.run().verdict().passed()).isFalse();
        assertThat(run.closed(ExecutionStatus.ABORTED).ending()).isEqualTo(Ending.UNTOUCHED);
        assertThat(fixture.live()).isEqualTo(before);
        return run;
    }

    /** Deploys the plan with another limit of a gate. */
    private void limit(String gate, String limit) {
        String name = "\"" + gate + "\": ";
        String present = gate.equals("quarantine") ? "{\"maxShare\": 0.5}" : "{\"maxShare\": 1}";
        fixture.plans().deployWith(name + present, name + limit);
    }

    /** Renames a field of the first people. */
    private void rename(String field, String to, int people) {
        for (int i = 0; i < people; i++) {
            BsonDocument id = new BsonDocument("_id", new BsonString(RunFixture.key(i)));
            BsonDocument person = fixture.collection("people").find(id).first();
            person.append(to, person.remove(field));
            fixture.collection("people").replaceOne(id, person);
        }
    }

    /** Gives the first people an age that is no number. */
    private void spoil(int people) {
        for (int i = 0; i < people; i++) {
            fixture.collection("people")
                    .updateOne(
                            new BsonDocument("_id", new BsonString(RunFixture.key(i))),
                            BsonDocument.parse("{$set: {age: 'old'}}"));
        }
    }
}

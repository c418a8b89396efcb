package dev.resync.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resync.fixture.EmbeddedMongo;
import dev.resync.fixture.PeoplePlan;
import dev.resync.fixture.RunFixture;
import dev.resync.hash.ContentHash;
import dev.resync.hash.HashSum;
import dev.resync.plan.Plan;
import dev.resync.run.Ending;
import dev.resync.run.Quarantine;
import dev.resync.run.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a trial makes of fields that others own is what a run publishes, live being the same. */
class PreservingTrialTest {

    private static final int PEOPLE = 20;

    @RegisterExtension
    static final EmbeddedMongo MONGO = new EmbeddedMongo();

    @Test
    void theSameLiveGivesTheSameViewsAndQuarantine() {
        RunFixture fixture = new RunFixture(MONGO.client()).filled(PEOPLE);
        fixture.plans().deployWith("{\"path\": \"age\", \"from\": [\"people.age\"], \"type\": \"int\"},", """
                        {"path": "flags.starred", "preserve": true},
                        {"path": "age", "from": ["people.age"], "type": "int"},
                        {"path": "owner", "preserve": true},
                        """);
        set(fixture, 3, "{flags: {starred: true, other: 1}, owner: {name: 'Grace', since: {$date: 0}}}");
        set(fixture, 5, "{owner: null, 'flags.starred': {$numberLong: '1'}}");
        set(fixture, 7, "{flags: [{starred: true}]}");
        fixture.collection("personView").deleteOne(BsonDocument.parse("{_id: 'p0009'}"));
        fixture.insert("personView", "{_id: 'p0999', owner: 'Nobody'}");
        Plan plan = fixture.plans().load(PeoplePlan.NAME);
        Map<String, List<BsonDocument>> sources =
                Map.of("people", all(fixture, "people"), "notes", all(fixture, "notes"));
        Map<String, List<BsonDocument>> live = Map.of("personView", all(fixture, "personView"));

        Run run = fixture.execute().toEnd();
        assertThat(run.ending()).isEqualTo(Ending.CUT_OVER);
        TrialResult trial = new Trial(plan, run.startedAt()).map(sources, live);

        trial.targets()
                .forEach((target, documents) -> assertThat(hash(documents)).isEqualTo(fixture.live(target)));
        assertThat(trial.targets().get("personView"))
                .hasSize(PEOPLE - 1)
                .filteredOn(document -> !document.get("owner").isNull())
                .hasSize(1);
        assertThat(problems(trial))
                .containsExactly("p0007: array-on-path, flags.starred, personView.flags.starred")
                .isEqualTo(problems(fixture, run));
    }

    private static List<String> problems(TrialResult trial) {
        List<String> lines = new ArrayList<>();
        trial.quarantine().forEach(bundle -> bundle.problems()
                .forEach(problem -> lines.add(bundle.key().asString().getValue() + ": " + problem.reason() + ", "
                        + problem.field() + ", " + problem.target())));
        return lines;
    }

    private static List<String> problems(RunFixture fixture, Run run) {
        List<String> lines = new ArrayList<>();
        new Quarantine(fixture.context().store()).forEach(run, bundle -> bundle.problems()
                .forEach(problem -> lines.add(bundle.key().asText() + ": " + problem.reason() + ", " + problem.field()
                        + ", " + problem.target())));
        return lines;
    }

    private static ContentHash hash(List<BsonDocument> documents) {
        HashSum sum = new HashSum();
        documents.forEach(document -> sum.add(new RawBsonDocument(document, new BsonDocumentCodec())));
        return sum.toContentHash();
    }

    private static List<BsonDocument> all(RunFixture fixture, String collection) {
        return fixture.collection(collection).find().into(new ArrayList<>());
    }

    private static void set(RunFixture fixture, int person, String fields) {
        fixture.collection("personView")
                .updateOne(
                        new BsonDocument("_id", new BsonString(RunFixture.key(person))),
                        new BsonDocument("$set", BsonDocument.parse(fields)));
    }
}

package dev.resync.shadow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resync.fixture.EmbeddedMongo;
import dev.resync.fixture.RunDriver;
import dev.resync.fixture.RunFixture;
import dev.resync.run.Ending;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Fields that others own in live survive a rebuild as they are. */
class PreservedFieldsTest {

    @RegisterExtension
    static final EmbeddedMongo MONGO = new EmbeddedMongo();

    private RunFixture fixture;

    @BeforeEach
    void fill() {
        fixture = new RunFixture(MONGO.client()).filled(20);
        fixture.plans().deployWith("{\"path\": \"age\", \"from\": [\"people.age\"], \"type\": \"int\"},", """
                        {"path": "flags.starred", "preserve": true},
                        {"path": "age", "from": ["people.age"], "type": "int"},
                        {"path": "owner", "preserve": true},
                        """);
    }

    @Test
    void keepTheValuesOfLiveWhereTheRulesPutThem() {
        set(3, "{flags: {starred: true, other: 1}, owner: {name: 'Grace', since: {$date: 0}}}");
        set(17, "{owner: [1, 'two']}");
        assertThat(fixture.execute().toEnd().ending()).isEqualTo(Ending.CUT_OVER);
        assertThat(person(3)).isEqualTo(BsonDocument.parse("""
                {_id: 'p0003', name: 'Person 3', flags: {starred: true}, age: 23,
                 owner: {name: 'Grace', since: {$date: 0}}, note: 'note 3'}"""));
        assertThat(List.copyOf(person(3).keySet())).containsExactly("_id", "name", "flags", "age", "owner", "note");
        assertThat(person(17).get("owner"))
                .isEqualTo(BsonDocument.parse("{v: [1, 'two']}").get("v"));
        assertThat(person(4).get("owner").isNull()).isTrue();
    }

    @Test
    void haveNoValueWhereLiveHasNoDocument() {
        set(5, "{owner: 'Grace'}");
        fixture.collection("personView").deleteOne(id(6));
        fixture.execute().toEnd();
        assertThat(person(6).get("owner").isNull()).isTrue();
        assertThat(person(5).getString("owner").getValue()).isEqualTo("Grace");
    }

    /** Mapping reads the sealed snapshot: what others do meanwhile is drift, and no matter of chance. */
    @Test
    void areThoseOfTheSnapshot() {
        set(3, "{owner: 'Grace'}");
        RunDriver run = fixture.execute().upTo("seal-shadow");
        run.chunks("map");
        set(3, "{owner: 'Mallory'}");
        run.chunks("map");
        set(3, "{owner: 'Grace'}");
        assertThat(run.toEnd().ending()).isEqualTo(Ending.CUT_OVER);
        assertThat(person(3).getString("owner").getValue()).isEqualTo("Grace");
    }

    @Test
    void surviveOneRebuildAfterTheOther() {
        set(3, "{owner: 'Grace'}");
        for (int i = 0; i < 3; i++) {
            assertThat(fixture.execute().toEnd().ending()).isEqualTo(Ending.CUT_OVER);
        }
        assertThat(person(3).getString("owner").getValue()).isEqualTo("Grace");
        List<BsonDocument> owned = fixture.collection("personView")
                .find(BsonDocument.parse("{owner: {$ne: null}}"))
                .into(new ArrayList<>());
        assertThat(owned).hasSize(1);
    }

    /** Nobody has given any document a value yet: no reason to refuse. */
    @Test
    void needNoValueAnywhere() {
        assertThat(fixture.execute().toEnd().ending()).isEqualTo(Ending.CUT_OVER);
    }

    private void set(int person, String fields) {
        fixture.collection("personView").updateOne(id(person), new BsonDocument("$set", BsonDocument.parse(fields)));
    }

    private BsonDocument person(int number) {
        return fixture.collection("personView").find(id(number)).first();
    }

    private static BsonDocument id(int person) {
        return new BsonDocument("_id", new BsonString(RunFixture.key(person)));
    }
}

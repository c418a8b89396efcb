package dev.resync.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mongodb.MongoNamespace;
import com.mongodb.client.MongoCollection;
import dev.resync.chunk.KeyFamily;
import dev.resync.chunk.KeyRange;
import dev.resync.fixture.EmbeddedMongo;
import dev.resync.plan.Plan;
import dev.resync.plan.PlanDocument;
import dev.resync.plan.Sensitivity;
import dev.resync.store.ControlJson;
import dev.resync.store.MongoStore;
import dev.resync.verify.Difference.Example;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is told of two collections of which every difference is known. */
class DifferencesTest {

    private static final MongoNamespace LIVE = new MongoNamespace("db.view");
    private static final MongoNamespace SHADOW = new MongoNamespace("db.shadow");
    private static final String[] RULES = {
        "{path: 'name', from: ['people.name']}",
        "{path: 'home.town', from: ['people.town']}",
        "{path: 'home.zip', from: ['people.zip']}",
        "{path: 'cities', each: 'visits', fields: [{path: 'name', from: ['n']}, {path: 'lat', from: ['l']}]}"
    };

    @RegisterExtension
    static final EmbeddedMongo MONGO = new EmbeddedMongo();

    private PlanDocument plan = PlanDocument.small().rules(RULES);

    @Test
    void eachKindOfDifferenceIsCountedWithItsExamples() {
        both(
                "{_id: 'same', name: 'S', cities: [{name: 'c', lat: 1}]}",
                "{_id: 'same', name: 'S', cities: [{name: 'c', lat: 1}]}");
        both("{_id: 'a', name: 'Old', home: {town: 'T'}}", "{_id: 'a', name: 'New', home: {town: null, zip: 5}}");
        both("{_id: 'b', name: 5}", "{_id: 'b', name: {$numberLong: '5'}}");
        both("{_id: 'c', home: {town: 'T', zip: 1}}", "{_id: 'c', home: {town: 'U', zip: 1}}");
        both("{_id: 'order', name: 'O', x: 1}", "{_id: 'order', x: 1, name: 'O'}");
        both("{_id: 'null', name: null, cities: []}", "{_id: 'null'}");
        both("{_id: 'extra', name: 'E', gone: 'was here'}", "{_id: 'extra', name: 'E', come: true}");
        live("{_id: 'r1'}", "{_id: 'r2'}", "{_id: 'r4'}", "{_id: 'r3'}");
        shadow("{_id: 'n'}");

        TargetDifferences found = compare().differences();
        assertThat(found.addedKeys()).isEqualTo(new Difference(1, List.of(example("'n'", null, null))));
        assertThat(found.removedKeys())
                .isEqualTo(new Difference(
                        4,
                        List.of(
                                example("'r1'", null, null),
                                example("'r2'", null, null),
                                example("'r3'", null, null))));
        assertThat(found.differing()).isEqualTo(4);
        assertThat(found.onlyForm()).isEqualTo(2);
        assertThat(found.unexamined()).isZero();
        assertThat(found.cutShort()).isFalse();
        assertThat(found.fields())
                .containsExactly(
                        field("come", none(), one("'extra'", null, "true"), none()),
                        field("gone", none(), none(), one("'extra'", "was here", null)),
                        field("home.town", one("'c'", "T", "U"), none(), one("'a'", "T", null)),
                        field("home.zip", none(), one("'a'", null, "5"), none()),
                        field(
                                "name",
                                new Difference(2, List.of(example("'a'", "Old", "New"), example("'b'", "5", "5"))),
                                none(),
                                none()));
    }

    @Test
    void elementsArePairedWhereThereAreAsManyOfThem() {
        both(
                "{_id: 'a', cities: [{name: 'x', lat: 1}, {name: 'y', lat: 2}, {name: 'z', lat: 3}]}",
                "{_id: 'a', cities: [{name: 'x', lat: null}, {name: 'y', lat: 9}, {name: 'z'}]}");
        assertThat(compare().differences().fields())
                .containsExactly(field(
                        "cities[].lat",
                        one("'a'", "2", "9"),
                        none(),
                        new Difference(2, List.of(example("'a'", "1", null)))));
    }

    @Test
    void anArrayWithOtherElementsChangesAsAWhole() {
        both("{_id: 'more', cities: [{name: 'x'}]}", "{_id: 'more', cities: [{name: 'x'}, {name: 'y'}]}");
        both(
                "{_id: 'moved', cities: [{name: 'x'}, {name: 'y'}]}",
                "{_id: 'moved', cities: [{name: 'y'}, {name: 'x'}]}");
        both("{_id: 'odd', cities: [1]}", "{_id: 'odd', cities: [2]}");
        both("{_id: 'lost', cities: [{name: 'x'}]}", "{_id: 'lost', cities: []}");
        both("{_id: 'found'}", "{_id: 'found', cities: [{name: 'x'}]}");
        FieldDifference cities = compare().differences().fields().get(0);
        assertThat(compare().differences().fields()).hasSize(1);
        assertThat(cities.field()).isEqualTo("cities");
        assertThat(cities.changed().count()).isEqualTo(3);
        assertThat(cities.added().count()).isEqualTo(1);
        assertThat(cities.lost()).isEqualTo(one("'lost'", "[{\"name\": \"x\"}]", "[]"));
    }

    @Test
    void whereLiveHasAValueInTheWayOfFieldsItIsOneDifference() {
        both("{_id: 'a', home: 'Paris'}", "{_id: 'a', home: {town: 'Paris'}}");
        assertThat(compare().differences().fields())
                .containsExactly(field("home", one("'a'", "Paris", "{\"town\": \"Paris\"}"), none(), none()));
    }

    @Test
    void examplesHideWhatThePlanHides() {
        plan = PlanDocument.small()
                .rules("{path: 'name', from: ['people.name'], sensitive: true}", "{path: 'age', from: ['people.age']}");
        both("{_id: 'a', name: 'zq9word', age: 1, mail: 'zq9word'}", "{_id: 'a', name: 'zq9word2', age: 2}");
        TargetDifferences found = compare().differences();
        assertThat(found.fields())
                .containsExactly(
                        field("age", one("'a'", "1", "2"), none(), none()),
                        field("mail", none(), none(), one("'a'", "(sensitive)", null)),
                        field("name", one("'a'", "(sensitive)", "(sensitive)"), none(), none()));
        plan.with("/key/sensitive", "true");
        live("{_id: 'zq9word'}");
        assertThat(ControlJson.toBson(compare().differences()).toJson())
                .contains("(sensitive)")
                .doesNotContain("zq9word");
    }

    @Test
    void theSameDocumentsGiveTheSameReport() {
        List<BsonDocument> before = new ArrayList<>();
        List<BsonDocument> after = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            before.add(BsonDocument.parse("{_id: 'k%03d', name: %d, f%03d: 1}".formatted(i, i, i)));
            after.add(BsonDocument.parse("{_id: 'k%03d', name: %d}".formatted(i, i + 1)));
        }
        Random random = new Random(7);
        TargetDifferences first = null;
        for (int round = 0; round < 4; round++) {
            MONGO.empty();
            Collections.shuffle(before, random);
            Collections.shuffle(after, random);
            collection(LIVE).insertMany(before);
            collection(SHADOW).insertMany(after);
            TargetDifferences found = compare(round == 0 ? List.of() : List.of("k%03d".formatted(round * 40), "k2"))
                    .differences();
            first = first == null ? found : first;
            assertThat(found).isEqualTo(first);
        }
        assertThat(first.cutShort()).isTrue();
        assertThat(first.fields()).hasSize(DifferenceTally.MOST_OTHER_FIELDS + 2);
        assertThat(first.fields().get(0).field()).isEqualTo(DifferenceTally.OTHER_FIELDS);
        assertThat(first.fields().get(0).lost().count()).isEqualTo(200);
        assertThat(first.fields().get(100).field()).isEqualTo("f099");
        assertThat(first.fields().get(101).changed().examples())
                .extracting(example -> example.key().asText())
                .containsExactly("k000", "k001", "k002");
    }

    /** Every document differs in every field, with keys and values that are long. */
    @ParameterizedTest
    @CsvSource({"10000, 30, false", "5, 400, true"})
    void theReportStaysSmallHoweverMuchDiffers(int documents, int fields, boolean cutShort) {
        String[] rules = new String[fields];
        String longText = "\u0001long ".repeat(2_000);
        BsonDocument before = new BsonDocument();
        BsonDocument after = new BsonDocument("odd" + longText, new BsonString(longText));
        for (int i = 0; i < fields; i++) {
            rules[i] = "{path: 'f%03d', from: ['people.a']}".formatted(i);
            before.append("f%03d".formatted(i), new BsonString("a" + i + "-".repeat(150)));
            after.append("f%03d".formatted(i), new BsonString(i == 0 ? longText : "b" + i + "-".repeat(150)));
        }
        plan = PlanDocument.small().rules(rules);
        Plan read = plan.read();
        DifferenceTally tally = new DifferenceTally(read.target("view"), new Sensitivity(read));
        for (int i = 0; i < documents; i++) {
            tally.changed(new BsonString("key%05d".formatted(i) + "k".repeat(120)), raw(before), raw(after));
        }
        TargetDifferences found = tally.toDifferences();
        assertThat(found.differing()).isEqualTo(documents);
        assertThat(found.fields()).hasSize(fields + 1).allSatisfy(field -> assertThat(
                        field.changed().count() + field.added().count())
                .isEqualTo(documents));
        assertThat(found.cutShort()).isEqualTo(cutShort);
        assertThat(raw(ControlJson.toBson(found)).getByteBuffer().remaining()).isLessThan(400_000);
    }

    @Test
    void whatThereIsNoRoomForIsCounted() {
        both("{_id: 'a', name: 'Old'}", "{_id: 'a', name: 'New'}");
        both("{_id: 'b', name: 'Old'}", "{_id: 'b', name: 'New'}");
        both("{_id: 'c', name: 'Old'}", "{_id: 'c', name: 'Old'}");
        int bytes = raw(BsonDocument.parse("{_id: 'a', name: 'Old'}"))
                .getByteBuffer()
                .remaining();
        Comparison.Compared found =
                compare(List.of(), new Comparison(new MongoStore(MONGO.client()), documents -> documents, bytes));
        assertThat(found.differences().differing()).isEqualTo(1);
        assertThat(found.differences().unexamined()).isEqualTo(1);
        assertThat(found.comparison().changed()).isEqualTo(2);
        assertThat(found.comparison().unchanged()).isEqualTo(1);
    }

    private static RawBsonDocument raw(BsonDocument document) {
        return new RawBsonDocument(document, new BsonDocumentCodec());
    }

    private Comparison.Compared compare() {
        return compare(List.of());
    }

    private Comparison.Compared compare(List<String> cuts) {
        return compare(cuts, new Comparison(new MongoStore(MONGO.client()), documents -> documents));
    }

    private Comparison.Compared compare(List<String> cuts, Comparison comparison) {
        Plan read = plan.read();
        List<KeyRange> ranges = KeyRange.cover(
                KeyFamily.STRING, cuts.stream().map(BsonString::new).collect(Collectors.toList()));
        return comparison.compareFields(LIVE, SHADOW, read.target("view"), new Sensitivity(read), ranges);
    }

    private void both(String before, String after) {
        live(before);
        shadow(after);
    }

    private void live(String... documents) {
        insert(LIVE, documents);
    }

    private void shadow(String... documents) {
        insert(SHADOW, documents);
    }

    private static void insert(MongoNamespace where, String... documents) {
        for (String document : documents) {
            collection(where).insertOne(BsonDocument.parse(document));
        }
    }

    private static MongoCollection<BsonDocument> collection(MongoNamespace where) {
        return MONGO.client()
                .getDatabase(where.getDatabaseName())
                .getCollection(where.getCollectionName(), BsonDocument.class);
    }

    private static FieldDifference field(String path, Difference changed, Difference added, Difference lost) {
        return new FieldDifference(path, changed, added, lost);
    }

    private static Difference none() {
        return new Difference(0, List.of());
    }

    private static Difference one(String key, String before, String after) {
        return new Difference(1, List.of(example(key, before, after)));
    }

    private static Example example(String key, String before, String after) {
        return new Example(
                ControlJson.fromBson(BsonDocument.parse("{v: " + key + "}"), JsonNode.class)
                        .get("v"),
                before,
                after);
    }
}

package dev.resync.catchup;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCursor;
import dev.resync.fixture.EmbeddedMongo;
import dev.resync.fixture.MongoProxy;
import dev.resync.fixture.RunDriver;
import dev.resync.fixture.RunFixture;
import dev.resync.run.Ending;
import dev.resync.run.Run;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.bson.BsonBinary;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Documents that are changed while they are looked for, that staging has no room for, or whose ids are hard to tell apart. */
class OddChangesTest {

    private static final String NOW = "{$date: '2026-03-01T08:01:00Z'}";
    private static final String LONG_AGO = "{$date: '2000-01-01T00:00:00Z'}";
    private static final int MOST_BYTES = 16 * 1024 * 1024;

    @RegisterExtension
    static final EmbeddedMongo MONGO = new EmbeddedMongo();

    private RunFixture fixture;
    private Runnable duringTheScan;

    @BeforeEach
    void fill() {
        MongoClient client = MongoProxy.around(MONGO.client(), call -> {
            Object answer = call.proceed();
            boolean looksForChanges = call.name().equals("find")
                    && call.arguments() != null
                    && call.arguments().length == 1
                    && call.arguments()[0] instanceof BsonDocument filter
                    && filter.toString().contains("changed");
            return looksForChanges && duringTheScan != null ? again((FindIterable<?>) answer) : answer;
        });
        fixture = new RunFixture(MONGO.client(), client, false).filled(6);
        fixture.plans()
                .deployWith("\"cardinality\": \"one\",", "\"cardinality\": \"one\", \"modifiedField\": \"changed\",");
        fixture.plans().deployWith("\"latestBy\": \"at\",", "\"latestBy\": \"at\", \"modifiedField\": \"changed\",");
        fixture.plans().deployWith("\"gates\": {", "\"gates\": {\"sourceAge\": {\"maxHours\": 876000},");
        fixture.insert("people", "{_id: 'old', name: 'Old', age: 90, changed: %s}".formatted(LONG_AGO));
        fixture.insert("notes", "{_id: 'old', person: 'old', at: 1, changed: %s}".formatted(LONG_AGO));
    }

    /** A scan of an index on the field meets a document again that is changed meanwhile, since it moves on. */
    private Object again(FindIterable<?> real) {
        return Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {FindIterable.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("iterator")) {
                        return cursor(twice(real));
                    }
                    Object answer = method.invoke(real, arguments);
                    return answer == real ? proxy : answer;
                });
    }

    private List<Object> twice(FindIterable<?> real) {
        List<Object> met = real.into(new ArrayList<>());
        Runnable change = duringTheScan;
        duringTheScan = null;
        change.run();
        for (Object document : real.into(new ArrayList<>())) {
            if (!met.contains(document)) {
                met.add(document);
            }
        }
        return met;
    }

    private static Object cursor(List<Object> documents) {
        Iterator<Object> each = documents.iterator();
        return Proxy.newProxyInstance(
                OddChangesTest.class.getClassLoader(),
                new Class<?>[] {MongoCursor.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "hasNext" -> each.hasNext();
                    case "available" -> 1;
                    case "next" -> each.next();
                    default -> null;
                });
    }

    @Test
    void aDocumentThatIsMetTwiceIsTakenAsItIsLast() {
        RunDriver run = fixture.execute().upTo("catch-up");
        set("notes", "3", "person: 'p0004', at: 50, text: 'first'");
        duringTheScan = () -> set("notes", "3", "person: 'p0005', at: 50, text: 'second'");
        Run ended = run.toEnd();
        assertThat(person("p0003").isNull("note")).isTrue();
        assertThat(person("p0004").getString("note").getValue()).isEqualTo("note 4");
        assertThat(person("p0005").getString("note").getValue()).isEqualTo("second");
        assertThat(ended.receipt().at("/caughtUp/changed/notes").asInt()).isEqualTo(1);
        assertThat(ended.receipt().at("/sources/notes/read").asInt()).isEqualTo(8);
    }

    @Test
    void aRowThatIsMetTwiceIsNoDuplicate() {
        RunDriver run = fixture.execute().upTo("catch-up");
        set("people", "'p0003'", "name: 'first'");
        duringTheScan = () -> set("people", "'p0003'", "name: 'second'");
        Run ended = run.toEnd();
        assertThat(ended.receipt().get("quarantine")).isEmpty();
        assertThat(person("p0003").getString("name").getValue()).isEqualTo("second");
    }

    @Test
    void aDocumentThatStagingHasNoRoomForIsKnownAgain() {
        insertLarge();
        Run ended = fixture.execute().toEnd();
        assertThat(ended.receipt().at("/caughtUp/changed")).isEmpty();
        assertThat(ended.receipt().at("/sources/people/read").asInt()).isEqualTo(8);
        assertThat(ended.receipt().at("/sources/people/quarantined").asInt()).isEqualTo(1);
    }

    @Test
    void oneThatWasMadeSmallerLeavesQuarantine() {
        insertLarge();
        RunDriver run = fixture.execute().upTo("catch-up");
        set("people", "'big'", "blob: 1");
        Run ended = run.toEnd();
        assertThat(ended.receipt().get("quarantine")).isEmpty();
        assertThat(person("big").getString("name").getValue()).isEqualTo("Big");
        assertThat(ended.receipt().at("/sources/people/superseded").asInt()).isEqualTo(1);
    }

    @Test
    void idsThatDifferByTheOrderOfTheirFieldsAreTwo() {
        fixture.insert(
                "notes", "{_id: {a: 1, b: 2}, person: 'p0001', at: 500, text: 'one', changed: %s}".formatted(LONG_AGO));
        fixture.insert(
                "notes", "{_id: {b: 2, a: 1}, person: 'p0001', at: 600, text: 'two', changed: %s}".formatted(LONG_AGO));
        RunDriver run = fixture.execute().upTo("catch-up");
        fixture.collection("notes")
                .updateOne(
                        BsonDocument.parse("{text: 'one'}"),
                        BsonDocument.parse("{$set: {text: 'changed', changed: " + NOW + "}}"));
        Run ended = run.toEnd();
        assertThat(ended.ending()).isEqualTo(Ending.CUT_OVER);
        assertThat(person("p0001").getString("note").getValue()).isEqualTo("two");
        assertThat(ended.receipt().at("/caughtUp/replaced/notes").asInt()).isEqualTo(1);
    }

    /** So many that the server is not asked for each. */
    @Test
    void manyThatMayHaveBeenChangedAreLookedForAtOnce() {
        List<BsonDocument> notes = new ArrayList<>();
        for (int i = 0; i < 1500; i++) {
            notes.add(BsonDocument.parse(
                    "{_id: 'n%d', person: 'p0001', at: 0, text: 'n', changed: %s}".formatted(i, NOW)));
        }
        fixture.collection("notes").insertMany(notes);
        RunDriver run = fixture.execute().upTo("catch-up");
        set("notes", "'n7'", "person: 'p0002', at: 900, text: 'moved'");
        Run ended = run.toEnd();
        assertThat(ended.receipt().at("/caughtUp/changed/notes").asInt()).isEqualTo(1);
        assertThat(person("p0002").getString("note").getValue()).isEqualTo("moved");
    }

    private void insertLarge() {
        BsonDocument large = BsonDocument.parse("{_id: 'big', name: 'Big', age: 1, changed: " + NOW + "}")
                .append("blob", new BsonBinary(new byte[0]));
        int bare = new RawBsonDocument(large, new BsonDocumentCodec())
                .getByteBuffer()
                .remaining();
        large.put("blob", new BsonBinary(new byte[MOST_BYTES - bare]));
        fixture.collection("people").insertOne(large);
    }

    private void set(String collection, String id, String fields) {
        fixture.collection(collection)
                .updateOne(
                        BsonDocument.parse("{_id: " + id + "}"),
                        BsonDocument.parse("{$set: {" + fields + ", changed: " + NOW + "}}"));
    }

    private BsonDocument person(String id) {
        return fixture.collection("personView")
                .find(new BsonDocument("_id", new BsonString(id)))
                .first();
    }
}

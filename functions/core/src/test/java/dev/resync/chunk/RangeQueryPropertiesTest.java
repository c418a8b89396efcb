package dev.resync.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoCollection;
import dev.resync.fixture.EmbeddedMongo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonValue;

/** What the server finds for the parts of a cover, held against {@link KeyRange#contains}. */
class RangeQueryPropertiesTest {

    private static final EmbeddedMongo MONGO = new EmbeddedMongo();

    @BeforeContainer
    static void start() {
        MONGO.start();
    }

    @AfterContainer
    static void stop() {
        MONGO.stop();
    }

    @Property(seed = "11", tries = 60)
    void findsEveryDocumentInExactlyOnePart(
            @ForAll KeyFamily family,
            @ForAll("fields") String field,
            @ForAll("documents") List<BsonDocument> documents,
            @ForAll("cuts") List<BsonValue> cuts) {
        MongoCollection<BsonDocument> collection = fill(documents);
        List<BsonValue> boundaries = KeyRangePropertiesTest.distinct(
                family, cuts.stream().filter(family::holds).toList());
        KeyPath path = new KeyPath(field);
        Map<Integer, Integer> counted = new TreeMap<>();
        for (KeyRange part : KeyRange.cover(family, boundaries)) {
            for (BsonDocument found : collection.find(part.filter(field))) {
                if (part.contains(path.read(found))) {
                    counted.merge(found.getInt32("_id").getValue(), 1, Integer::sum);
                }
            }
        }
        for (int id = 0; id < documents.size(); id++) {
            assertThat(counted.getOrDefault(id, 0))
                    .as("times that %s was found", documents.get(id))
                    .isEqualTo(1);
        }
    }

    @Property(seed = "11", tries = 60)
    void sortsAsTheServerDoes(@ForAll KeyFamily family, @ForAll("cuts") List<BsonValue> values) {
        List<BsonValue> keys = values.stream().filter(family::holds).toList();
        List<BsonDocument> documents =
                keys.stream().map(key -> new BsonDocument("k", key)).toList();
        List<BsonValue> sorted = new ArrayList<>();
        fill(documents)
                .find()
                .sort(new BsonDocument("k", new BsonInt32(1)))
                .forEach(found -> sorted.add(found.get("k")));
        for (int i = 1; i < sorted.size(); i++) {
            assertThat(family.order().compare(sorted.get(i - 1), sorted.get(i)))
                    .as("%s before %s", sorted.get(i - 1), sorted.get(i))
                    .isLessThanOrEqualTo(0);
        }
    }

    private static MongoCollection<BsonDocument> fill(List<BsonDocument> documents) {
        MONGO.empty();
        MongoCollection<BsonDocument> collection =
                MONGO.client().getDatabase("ranges").getCollection("documents", BsonDocument.class);
        for (int id = 0; id < documents.size(); id++) {
            documents.get(id).append("_id", new BsonInt32(id));
        }
        if (!documents.isEmpty()) {
            collection.insertMany(documents);
        }
        return collection;
    }

    @Provide
    Arbitrary<String> fields() {
        return Arbitraries.of("k", "a.k", "a.b.k");
    }

    @Provide
    Arbitrary<List<BsonValue>> cuts() {
        return Arbitraries.oneOf(plainStrings(), AnyKey.plainNumbers(), AnyKey.objectIds())
                .list()
                .ofMaxSize(12);
    }

    /** Texts that Java and the server order alike; surrogate pairs are looked at without a server. */
    private static Arbitrary<BsonValue> plainStrings() {
        return AnyKey.strings()
                .filter(text -> text.asString().getValue().chars().noneMatch(c -> c >= 0xD800));
    }

    @Provide
    Arbitrary<List<BsonDocument>> documents() {
        Arbitrary<BsonValue> scalars =
                Arbitraries.oneOf(plainStrings(), AnyKey.plainNumbers(), AnyKey.objectIds(), AnyKey.strangers());
        Arbitrary<BsonValue> values = Arbitraries.oneOf(scalars, AnyKey.arraysOf(scalars));
        return values.flatMap(RangeQueryPropertiesTest::placed)
                .list()
                .ofMinSize(1)
                .ofMaxSize(40);
    }

    /** Documents that hold a value at, near or beside the paths, also inside arrays. */
    private static Arbitrary<BsonDocument> placed(BsonValue value) {
        BsonDocument leaf = new BsonDocument("k", value);
        BsonDocument inner = new BsonDocument("b", leaf).append("k", value);
        return Arbitraries.of(
                        leaf,
                        new BsonDocument("a", leaf),
                        new BsonDocument("a", inner),
                        new BsonDocument("a", value),
                        new BsonDocument("a", new BsonArray(List.of(leaf, inner))),
                        new BsonDocument("a", new BsonArray()),
                        new BsonDocument("a", new BsonDocument("b", new BsonArray(List.of(leaf)))),
                        new BsonDocument("k", new BsonArray(List.of(new BsonArray(List.of(value))))),
                        new BsonDocument("other", value))
                .map(BsonDocument::clone);
    }
}

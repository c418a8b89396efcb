package dev.resync.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.MongoNamespace;
import dev.resync.chunk.KeyFamily;
import dev.resync.chunk.KeyRange;
import dev.resync.fixture.EmbeddedMongo;
import dev.resync.plan.Plan;
import dev.resync.plan.PlanDocument;
import dev.resync.plan.Sensitivity;
import dev.resync.store.MongoStore;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;

/** For any two collections the differences add up to what the comparison counts, however the key space is cut. */
class DifferencePropertiesTest {

    private static final EmbeddedMongo MONGO = new EmbeddedMongo();
    private static final MongoNamespace LIVE = new MongoNamespace("db.view");
    private static final MongoNamespace SHADOW = new MongoNamespace("db.shadow");
    private static final Plan PLAN = PlanDocument.small()
            .rules(
                    "{path: 'a', from: ['people.a']}",
                    "{path: 'b.c', from: ['people.c']}",
                    "{path: 'l', each: 'visits', fields: [{path: 'c', from: ['c']}]}")
            .read();

    @BeforeContainer
    static void start() {
        MONGO.start();
    }

    @AfterContainer
    static void stop() {
        MONGO.stop();
    }

    @Property(seed = "5", tries = 60)
    void sumsAgree(
            @ForAll("views") Map<String, BsonDocument> live,
            @ForAll("views") Map<String, BsonDocument> shadow,
            @ForAll("keys") String cut) {
        fill(LIVE, live);
        fill(SHADOW, shadow);
        Comparison.Compared found = compare(List.of());
        TargetComparison counted = found.comparison();
        TargetDifferences differences = found.differences();

        assertThat(differences.addedKeys().count()).isEqualTo(counted.added());
        assertThat(differences.removedKeys().count()).isEqualTo(counted.removed());
        assertThat(differences.differing() + differences.onlyForm() + differences.unexamined())
                .isEqualTo(counted.changed());
        assertThat(counted.removed() + counted.changed() + counted.unchanged()).isEqualTo(live.size());
        assertThat(counted.added() + counted.changed() + counted.unchanged()).isEqualTo(shadow.size());
        Set<String> both = new HashSet<>(live.keySet());
        both.retainAll(shadow.keySet());
        for (String top : List.of("a", "x")) {
            assertThat(total(differences, top))
                    .as(top)
                    .isEqualTo(both.stream()
                            .filter(key -> !value(live.get(key), top).equals(value(shadow.get(key), top)))
                            .count());
        }
        assertThat(compare(List.of(new BsonString(cut)))).isEqualTo(found);
    }

    /** Null and missing and an empty array are no value. */
    private static BsonValue value(BsonDocument document, String name) {
        BsonValue value = document.getOrDefault(name, BsonNull.VALUE);
        return value.isArray() && value.asArray().isEmpty() ? BsonNull.VALUE : value;
    }

    private static long total(TargetDifferences differences, String field) {
        return differences.fields().stream()
                .filter(each -> each.field().equals(field))
                .mapToLong(each -> each.changed().count()
                        + each.added().count()
                        + each.lost().count())
                .sum();
    }

    private static Comparison.Compared compare(List<BsonValue> cuts) {
        return new Comparison(new MongoStore(MONGO.client()), documents -> documents)
                .compareFields(
                        LIVE,
                        SHADOW,
                        PLAN.target("view"),
                        new Sensitivity(PLAN),
                        KeyRange.cover(KeyFamily.STRING, cuts));
    }

    private static void fill(MongoNamespace where, Map<String, BsonDocument> documents) {
        var collection = MONGO.client()
                .getDatabase(where.getDatabaseName())
                .getCollection(where.getCollectionName(), BsonDocument.class);
        collection.drop();
        documents.forEach((key, document) -> {
            BsonDocument stored = new BsonDocument("_id", new BsonString(key));
            stored.putAll(document);
            collection.insertOne(stored);
        });
    }

    @Provide
    Arbitrary<String> keys() {
        return Arbitraries.strings().withCharRange('a', 'h').ofLength(1);
    }

    @Provide
    Arbitrary<Map<String, BsonDocument>> views() {
        Arbitrary<BsonValue> scalars =
                Arbitraries.of(BsonNull.VALUE, new BsonInt32(1), new BsonInt32(2), new BsonString("t"));
        Arbitrary<BsonValue> lists = scalars.map(each -> (BsonValue) new BsonDocument("c", each))
                .list()
                .ofMaxSize(2)
                .map(BsonArray::new);
        Arbitrary<BsonValue> any = Arbitraries.oneOf(scalars, lists, scalars.map(each -> new BsonDocument("c", each)));
        Arbitrary<BsonDocument> documents = Combinators.combine(
                        Arbitraries.of("a", "b", "l", "x")
                                .list()
                                .uniqueElements()
                                .ofMaxSize(4),
                        any.list().ofSize(4))
                .as((names, values) -> {
                    BsonDocument document = new BsonDocument();
                    for (int i = 0; i < names.size(); i++) {
                        document.append(names.get(i), values.get(i));
                    }
                    return document;
                });
        return Arbitraries.maps(keys(), documents).ofMaxSize(6);
    }
}

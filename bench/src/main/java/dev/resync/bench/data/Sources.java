package dev.resync.bench.data;

import com.mongodb.MongoNamespace;
import com.mongodb.client.MongoCollection;
import dev.resync.mapping.Classified;
import dev.resync.mapping.SourceClassifier;
import dev.resync.plan.Plan;
import dev.resync.plan.SourcePlan;
import dev.resync.store.MongoStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;

/**
 * The source documents joined by key, which the contenders look up one by one: a collection for each source, with {@code {_id:
 * key, documents: […]}}. The embedded server finds an {@code _id} by an index, and nothing else.
 */
public final class Sources {

    /** Database of all that only the benchmark needs. */
    public static final String DATABASE = "bench";
    /** Field of the documents of one key. */
    public static final String DOCUMENTS = "documents";

    private static final int BATCH = 1000;

    private final Plan plan;
    private final Map<BsonValue, Map<String, List<RawBsonDocument>>> byKey;

    private Sources(Plan plan, Map<BsonValue, Map<String, List<RawBsonDocument>>> byKey) {
        this.plan = plan;
        this.byKey = byKey;
    }

    /** Reads all sources of a plan; what has no key or is excluded counts as nowhere, what nobody drives as well. */
    public static Sources read(MongoStore store, Plan plan) {
        Map<BsonValue, Map<String, List<RawBsonDocument>>> byKey = new LinkedHashMap<>();
        for (SourcePlan source : plan.sources()) {
            SourceClassifier classifier = new SourceClassifier(source, plan.keyType());
            for (RawBsonDocument document : store.scan(source.namespace())) {
                if (classifier.classify(document) instanceof Classified.Keyed keyed) {
                    byKey.computeIfAbsent(keyed.key(), any -> new LinkedHashMap<>())
                            .computeIfAbsent(source.name(), any -> new ArrayList<>(1))
                            .add(document);
                }
            }
        }
        Set<String> driving =
                plan.drivingSources().stream().map(SourcePlan::name).collect(Collectors.toSet());
        byKey.values().removeIf(sources -> sources.keySet().stream().noneMatch(driving::contains));
        return new Sources(plan, byKey);
    }

    /** Returns the documents of each key with a driving row, by source. */
    public Map<BsonValue, Map<String, List<RawBsonDocument>>> byKey() {
        return byKey;
    }

    /** Returns the keys, in the order in which the sources have them: one message each. */
    public List<BsonValue> keys() {
        return List.copyOf(byKey.keySet());
    }

    /** Returns the collection of a source's documents under their keys. */
    public static MongoNamespace joined(String source) {
        return new MongoNamespace(DATABASE, "joined." + source);
    }

    /** Writes the joined collections; the first source's has every key, so that it can drive a batch job. */
    public void writeJoined(MongoStore store) {
        String first = plan.sources().get(0).name();
        for (SourcePlan source : plan.sources()) {
            MongoNamespace namespace = joined(source.name());
            store.drop(namespace);
            store.create(namespace, new BsonDocument());
            List<BsonDocument> batch = new ArrayList<>();
            MongoCollection<BsonDocument> collection = store.raw(namespace).withDocumentClass(BsonDocument.class);
            byKey.forEach((key, sources) -> {
                List<RawBsonDocument> documents = sources.getOrDefault(source.name(), List.of());
                if (!documents.isEmpty() || source.name().equals(first)) {
                    batch.add(new BsonDocument("_id", key).append(DOCUMENTS, new BsonArray(documents)));
                }
                if (batch.size() == BATCH) {
                    collection.insertMany(batch);
                    batch.clear();
                }
            });
            if (!batch.isEmpty()) {
                collection.insertMany(batch);
            }
        }
    }

    /** Returns the source documents in a document of a joined collection; empty where there is none. */
    public static List<BsonDocument> documents(BsonDocument joined) {
        if (joined == null) {
            return List.of();
        }
        List<BsonDocument> documents = new ArrayList<>();
        joined.getArray(DOCUMENTS).forEach(each -> documents.add(each.asDocument()));
        return documents;
    }
}

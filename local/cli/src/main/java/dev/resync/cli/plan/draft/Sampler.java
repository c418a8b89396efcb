package dev.resync.cli.plan.draft;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoNamespace;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.Filters;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/** Reads some documents of collections, never all of a large one, and writes nothing. */
final class Sampler {

    private static final int DOCUMENTS_A_KEY = 20;

    private final MongoClient client;
    private final int size;

    /** @param size most documents of a collection to take at once, at least 1 */
    Sampler(MongoClient client, int size) {
        this.client = client;
        this.size = size;
    }

    Sample of(MongoNamespace namespace) {
        boolean exists = client.getDatabase(namespace.getDatabaseName())
                .listCollectionNames()
                .into(new ArrayList<>())
                .contains(namespace.getCollectionName());
        if (!exists) {
            return Sample.missing(namespace);
        }
        Set<String> indexed = new LinkedHashSet<>(Set.of("_id"));
        collection(namespace)
                .listIndexes(BsonDocument.class)
                .forEach(index -> indexed.add(index.getDocument("key").getFirstKey()));
        return Sample.of(namespace, some(collection(namespace)), indexed);
    }

    private List<BsonDocument> some(MongoCollection<BsonDocument> collection) {
        if (collection.estimatedDocumentCount() > size) {
            try {
                return collection.aggregate(List.of(Aggregates.sample(size))).into(new ArrayList<>());
            } catch (MongoCommandException unable) {
                // Not every server that speaks the protocol can draw; the first ones are a sample, too.
                return collection.find().limit(size).into(new ArrayList<>());
            }
        }
        return collection.find().limit(size).into(new ArrayList<>());
    }

    /** Returns documents with one of these values; of a field without an index those of the sample alone. */
    List<BsonDocument> find(Sample sample, String path, Collection<BsonValue> values) {
        if (values.isEmpty() || !sample.indexed().contains(path)) {
            Set<BsonValue> wanted = values.stream().map(KeyForm::comparable).collect(Collectors.toSet());
            return sample.documents().stream()
                    .filter(document -> {
                        BsonValue value = Profile.find(document, path);
                        return value != null && wanted.contains(KeyForm.comparable(value));
                    })
                    .toList();
        }
        return collection(sample.namespace())
                .find(Filters.in(path, values))
                .limit(values.size() * DOCUMENTS_A_KEY)
                .into(new ArrayList<>());
    }

    private MongoCollection<BsonDocument> collection(MongoNamespace namespace) {
        return client.getDatabase(namespace.getDatabaseName())
                .getCollection(namespace.getCollectionName(), BsonDocument.class);
    }
}

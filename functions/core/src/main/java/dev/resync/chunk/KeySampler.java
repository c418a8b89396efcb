package dev.resync.chunk;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoNamespace;
import com.mongodb.client.model.Aggregates;
import dev.resync.store.CollectionSize;
import dev.resync.store.MongoStore;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.conversions.Bson;

/**
 * Samples the keys of a collection: of a small one by reading them all, so that its cuts are the same each time, of a large
 * one at random.
 */
final class KeySampler {

    /** Keys of so many documents are read, if not kept: about one second and 30 MB from an index. */
    static final int READ_WHOLE = 1_000_000;
    /**
     * Ten samples for each of ten thousand ranges, about 20 MB in memory. Sources whose samples are held together share them:
     * whatever the number of sources and documents, a small function has room for them.
     */
    static final int MAX_SAMPLES = 100_000;

    private final MongoStore store;

    KeySampler(MongoStore store) {
        this.store = store;
    }

    /**
     * Returns sampled values at the key field, of any type; a missing key gives no sample.
     *
     * @param size of the collection
     * @param most samples to keep at most, 1 to {@value #MAX_SAMPLES}; more only where the collection is larger than its size says
     */
    List<BsonValue> sample(MongoNamespace namespace, String field, CollectionSize size, int most) {
        long step = size.documents() / most + 1;
        if (size.documents() <= READ_WHOLE) {
            return every(step, store.scan(namespace, only(field)), field);
        }
        try {
            List<Bson> pipeline = List.of(Aggregates.sample(most), Aggregates.project(only(field)));
            return every(1, store.raw(namespace).aggregate(pipeline).batchSize(MongoStore.BATCH), field);
        } catch (MongoCommandException e) {
            // Not every server that speaks the protocol can sample.
            return every(step, store.scan(namespace, only(field)), field);
        }
    }

    private static List<BsonValue> every(long step, Iterable<RawBsonDocument> documents, String field) {
        KeyPath path = new KeyPath(field);
        List<BsonValue> keys = new ArrayList<>();
        long toSkip = 0;
        for (RawBsonDocument document : documents) {
            if (toSkip > 0) {
                toSkip--;
                continue;
            }
            toSkip = step - 1;
            BsonValue key = path.read(document);
            if (key != null) {
                keys.add(key);
            }
        }
        return keys;
    }

    /** Without {@code _id} an index on the field alone can answer. */
    private static BsonDocument only(String field) {
        BsonDocument projection = new BsonDocument(field, new BsonInt32(1));
        return field.equals("_id") ? projection : projection.append("_id", new BsonInt32(0));
    }
}

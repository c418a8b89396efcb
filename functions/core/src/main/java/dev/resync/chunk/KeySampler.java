package dev.resync.chunk;

import com.mongodb.MongoNamespace;
import com.mongodb.client.model.Aggregates;
import dev.resync.store.CollectionSize;
import dev.resync.store.MongoStore;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonValue;
import org.bson.conversions.Bson;

/** Samples the keys of a collection. Reads at most {@value #MAX_SAMPLES} keys, whatever the size. */
final class KeySampler {

    /** Enough for ten thousand ranges with ten samples each. */
    static final int MAX_SAMPLES = 100_000;

    private static final int MIN_SAMPLES = 1_000;
    /** With so many samples for each range, a range is rarely more than half as large again as meant. */
    private static final int SAMPLES_PER_RANGE = 20;

    private final MongoStore store;

    KeySampler(MongoStore store) {
        this.store = store;
    }

    /**
     * Returns sampled values at the key field, of any type; a missing key gives no sample.
     *
     * @param size of the collection
     * @param perRange documents a range is meant to hold
     */
    List<BsonValue> sample(MongoNamespace namespace, String field, CollectionSize size, long perRange) {
        if (size.documents() == 0) {
            return List.of();
        }
        long ranges = size.documents() / Math.max(1, perRange) + 1;
        int wanted = (int) Math.min(MAX_SAMPLES, Math.max(MIN_SAMPLES, ranges * SAMPLES_PER_RANGE));
        KeyPath path = new KeyPath(field);
        List<BsonValue> keys = new ArrayList<>();
        List<Bson> pipeline = List.of(
                Aggregates.sample((int) Math.min(wanted, size.documents())),
                Aggregates.project(new BsonDocument(field, new BsonInt32(1))));
        for (BsonDocument document : store.raw(namespace).aggregate(pipeline)) {
            BsonValue key = path.read(document);
            if (key != null) {
                keys.add(key);
            }
        }
        return keys;
    }
}

package dev.resync.cli.demo;

import com.mongodb.client.MongoClient;
import dev.resync.hash.ContentHash;
import dev.resync.hash.HashSum;
import java.util.Map;
import java.util.TreeMap;
import org.bson.RawBsonDocument;

/** The example's live views, as a consumer reads them. */
final class LiveViews {

    private static final int BATCH = 1000;

    private final MongoClient client;

    /** @param client stays open */
    LiveViews(MongoClient client) {
        this.client = client;
    }

    /** Returns count and hash of each live view, each read whole by one cursor. */
    Map<String, ContentHash> hashes() {
        Map<String, ContentHash> hashes = new TreeMap<>();
        for (RevalidationCollection target : RevalidationCollection.targets()) {
            hashes.put(target.collectionName(), hash(target));
        }
        return hashes;
    }

    /** Returns count and hash of one live view. */
    ContentHash hash(RevalidationCollection target) {
        HashSum sum = new HashSum();
        for (RawBsonDocument document : client.getDatabase(RevalidationData.DATABASE)
                .getCollection(target.collectionName(), RawBsonDocument.class)
                .find()
                .batchSize(BATCH)) {
            sum.add(document);
        }
        return sum.toContentHash();
    }
}

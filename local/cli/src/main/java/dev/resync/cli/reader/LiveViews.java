package dev.resync.cli.reader;

import com.mongodb.MongoNamespace;
import com.mongodb.client.MongoClient;
import dev.resync.hash.ContentHash;
import dev.resync.hash.HashSum;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bson.RawBsonDocument;

/** Live views as a consumer reads them. */
public final class LiveViews {

    private static final int BATCH = 1000;

    private final MongoClient client;
    private final List<MongoNamespace> views;

    /**
     * @param client stays open
     * @param views what is read, of different collection names
     */
    public LiveViews(MongoClient client, List<MongoNamespace> views) {
        this.client = client;
        this.views = List.copyOf(views);
    }

    /** Returns the views, in the order given. */
    List<MongoNamespace> views() {
        return views;
    }

    /** Returns count and hash of each view by its collection's name, each read whole by one cursor. */
    public Map<String, ContentHash> hashes() {
        Map<String, ContentHash> hashes = new TreeMap<>();
        views.forEach(view -> hashes.put(view.getCollectionName(), hash(view)));
        return hashes;
    }

    /** Returns count and hash of one view. */
    ContentHash hash(MongoNamespace view) {
        HashSum sum = new HashSum();
        for (RawBsonDocument document : client.getDatabase(view.getDatabaseName())
                .getCollection(view.getCollectionName(), RawBsonDocument.class)
                .find()
                .batchSize(BATCH)) {
            sum.add(document);
        }
        return sum.toContentHash();
    }
}

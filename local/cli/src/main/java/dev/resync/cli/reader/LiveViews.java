package dev.resync.cli.reader;

import com.mongodb.MongoNamespace;
import com.mongodb.client.MongoClient;
import dev.resync.hash.ContentHash;
import dev.resync.hash.HashSum;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.bson.RawBsonDocument;

/** Live views as a consumer reads them. */
public final class LiveViews {

    private final MongoClient client;
    private final List<MongoNamespace> views;
    private final int batch;

    /**
     * @param client stays open
     * @param views what is read, of different collection names
     * @param batch documents that a cursor asks for at a time, 2 or more: a view of fewer is read by one command, which no
     *     rename can come in the middle of
     */
    public LiveViews(MongoClient client, List<MongoNamespace> views, int batch) {
        this.client = client;
        this.views = List.copyOf(views);
        this.batch = batch;
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
        return read(view, document -> {});
    }

    /**
     * Reads one view whole by one cursor; returns count and hash.
     *
     * @param each told of the digest of each document
     */
    ContentHash read(MongoNamespace view, Consumer<ByteBuffer> each) {
        HashSum sum = new HashSum();
        for (RawBsonDocument document : client.getDatabase(view.getDatabaseName())
                .getCollection(view.getCollectionName(), RawBsonDocument.class)
                .find()
                .batchSize(batch)) {
            each.accept(ByteBuffer.wrap(sum.add(document)));
        }
        return sum.toContentHash();
    }
}

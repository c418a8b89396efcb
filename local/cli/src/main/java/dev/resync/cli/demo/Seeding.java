package dev.resync.cli.demo;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonString;

/** Writes the example's sources and its older live views to a database. */
public final class Seeding {

    private static final int BATCH = 1000;

    private final MongoDatabase database;

    public Seeding(MongoClient client) {
        this.database = client.getDatabase(RevalidationData.DATABASE);
    }

    /** Replaces all collections of the example. */
    public void load(RevalidationData data) {
        for (RevalidationCollection collection : RevalidationCollection.values()) {
            MongoCollection<BsonDocument> documents = collection(collection);
            documents.drop();
            database.createCollection(collection.collectionName());
            insert(documents, data.documents(collection).iterator());
            createIndexes(collection, data.indexes(collection));
        }
    }

    /** Brings the sources to the data's generation from the one before. */
    public void advance(RevalidationData data) {
        for (RevalidationCollection collection : RevalidationCollection.values()) {
            if (!collection.isTarget()) {
                replace(collection(collection), data.changes(collection).iterator());
            }
        }
    }

    private MongoCollection<BsonDocument> collection(RevalidationCollection collection) {
        return database.getCollection(collection.collectionName(), BsonDocument.class);
    }

    private static void insert(MongoCollection<BsonDocument> collection, Iterator<BsonDocument> documents) {
        List<BsonDocument> batch = new ArrayList<>(BATCH);
        while (documents.hasNext()) {
            batch.add(documents.next());
            if (batch.size() == BATCH || !documents.hasNext()) {
                collection.insertMany(batch);
                batch.clear();
            }
        }
    }

    private static void replace(MongoCollection<BsonDocument> collection, Iterator<BsonDocument> documents) {
        List<ReplaceOneModel<BsonDocument>> batch = new ArrayList<>(BATCH);
        while (documents.hasNext()) {
            BsonDocument document = documents.next();
            BsonDocument id = new BsonDocument("_id", document.get("_id"));
            batch.add(new ReplaceOneModel<>(id, document, new ReplaceOptions().upsert(true)));
            if (batch.size() == BATCH || !documents.hasNext()) {
                collection.bulkWrite(batch);
                batch.clear();
            }
        }
    }

    private void createIndexes(RevalidationCollection collection, List<BsonDocument> definitions) {
        if (!definitions.isEmpty()) {
            database.runCommand(new BsonDocument("createIndexes", new BsonString(collection.collectionName()))
                    .append("indexes", new BsonArray(definitions)));
        }
    }
}

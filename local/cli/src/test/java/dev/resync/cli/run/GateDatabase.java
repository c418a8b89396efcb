package dev.resync.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.MongoNamespace;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import dev.resync.cli.demo.RevalidationData;
import dev.resync.cli.demo.Seeding;
import dev.resync.cli.local.TestServer;
import dev.resync.hash.ContentHash;
import dev.resync.hash.HashSum;
import dev.resync.plan.PlanFile;
import dev.resync.plan.PlanReader;
import dev.resync.snapshot.SnapshotStore;
import dev.resync.store.MongoStore;
import dev.resync.trial.Trial;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;
import org.bson.conversions.Bson;

/** The database that a story about gates is played on, and the changes that the story makes in it. */
final class GateDatabase implements AutoCloseable {

    /** So many that the example's own quarantined doctors stay below the limit. */
    private static final int DOCTORS = 2_000;

    private static final Instant AS_OF = Instant.parse("2026-06-15T09:00:00Z");
    private static final String SNAPSHOT_OF = "snapshot of ";

    private final AutoCloseable server;
    private final MongoClient client;
    private final String uri;

    /** @param data {@code world} or {@code revalidation} */
    GateDatabase(String data) {
        if (data.equals("world")) {
            WorldDatabase world = new WorldDatabase();
            server = world;
            uri = world.uri();
            client = MongoClients.create(uri);
            publish(world);
        } else {
            TestServer embedded = new TestServer();
            server = embedded;
            uri = embedded.uri();
            client = MongoClients.create(uri);
            client.getDatabase(MongoStore.CONTROL_DATABASE).drop();
            client.getDatabase(RevalidationData.DATABASE).drop();
            new Seeding(client).load(new RevalidationData(DOCTORS, 7, AS_OF));
        }
    }

    /** Mapping in memory gives what a run publishes, without the time of two runs. */
    private static void publish(WorldDatabase world) {
        Map<String, List<BsonDocument>> sources = new TreeMap<>();
        List.of("regions", "cities")
                .forEach(name -> sources.put(name, world.collection(name).find().into(new ArrayList<>())));
        new Trial(new PlanFile(Path.of(WorldDatabase.PLAN), new PlanReader()).read(), AS_OF)
                .map(sources)
                .targets()
                .forEach((target, documents) -> world.collection(target).insertMany(documents));
    }

    String uri() {
        return uri;
    }

    /**
     * Makes a change of documents; fails where it would change none.
     *
     * @param snapshot id of the snapshot that is being brought back; null where none is
     */
    void change(DocumentChange change, String snapshot) {
        MongoCollection<BsonDocument> collection =
                collection(namespace(change.collection(), snapshot), BsonDocument.class);
        if (change.insert() != null) {
            collection.insertMany(change.insert().stream()
                    .map(document -> BsonDocument.parse(document.toString()))
                    .toList());
            return;
        }
        BsonDocument filter = change.filter() == null
                ? new BsonDocument()
                : BsonDocument.parse(change.filter().toString());
        List<BsonDocument> found =
                collection.find(filter).sort(Sorts.ascending("_id")).into(new ArrayList<>());
        int most = change.share() == null ? found.size() : (int) Math.ceil(change.share() * found.size());
        assertThat(most).as("documents that %s changes", change).isPositive();
        for (BsonDocument document : found.subList(0, most)) {
            Bson id = Filters.eq("_id", document.get("_id"));
            if (change.delete()) {
                collection.deleteOne(id);
            } else {
                collection.updateOne(id, BsonDocument.parse(change.update().toString()));
            }
        }
    }

    void create(Disturbance.NewIndex index) {
        collection(new MongoNamespace(index.collection()), BsonDocument.class)
                .createIndex(BsonDocument.parse(index.key().toString()));
    }

    long count(GateScenario.Found query) {
        return collection(new MongoNamespace(query.collection()), BsonDocument.class)
                .countDocuments(BsonDocument.parse(query.filter().toString()));
    }

    /** Returns the hash of each of these collections. */
    Map<String, ContentHash> hashes(List<String> collections) {
        Map<String, ContentHash> hashes = new TreeMap<>();
        for (String name : collections) {
            HashSum sum = new HashSum();
            collection(new MongoNamespace(name), RawBsonDocument.class).find().forEach(sum::add);
            hashes.put(name, sum.toContentHash());
        }
        return hashes;
    }

    private MongoNamespace namespace(String collection, String snapshot) {
        if (!collection.startsWith(SNAPSHOT_OF)) {
            return new MongoNamespace(collection);
        }
        assertThat(snapshot).as("a snapshot that is being brought back").isNotNull();
        return new SnapshotStore(new MongoStore(client))
                .require(snapshot)
                .target(collection.substring(SNAPSHOT_OF.length()))
                .where();
    }

    private <T> MongoCollection<T> collection(MongoNamespace namespace, Class<T> type) {
        return client.getDatabase(namespace.getDatabaseName()).getCollection(namespace.getCollectionName(), type);
    }

    @Override
    public void close() {
        client.close();
        try {
            server.close();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}

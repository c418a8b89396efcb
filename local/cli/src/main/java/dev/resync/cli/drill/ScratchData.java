package dev.resync.cli.drill;

import com.mongodb.MongoNamespace;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.IndexOptions;
import dev.resync.plan.Apply;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;

/**
 * What a drill rebuilds: customers and their orders, published as two views. Small, so that much fits into a minute; every
 * generation changes, adds and removes some, so that the old view and the new one can be told apart by hash.
 */
final class ScratchData implements Rehearsed {

    private static final String PLAN = "drill";
    private static final int CHUNK_DOCUMENTS = 50;
    private static final List<String> VIEWS = List.of("customerView", "totalView");
    private static final int CUSTOMERS = 120;
    /** One in so many differs between two generations. */
    private static final int CHANGED = 15;
    /** One in so many comes and goes. */
    private static final int FLEETING = 40;

    private final Apply apply;

    /** @param apply how the views are changed */
    ScratchData(Apply apply) {
        this.apply = apply;
    }

    @Override
    public String plan() {
        return PLAN;
    }

    @Override
    public String planText() {
        try (InputStream stream = ScratchData.class.getResourceAsStream("/drill/plan.json")) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("${database}", DATABASE)
                    .replace("${apply}", inPlace() ? "in-place" : "swap");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<MongoNamespace> views() {
        return VIEWS.stream().map(name -> new MongoNamespace(DATABASE, name)).toList();
    }

    @Override
    public int chunkDocuments() {
        return CHUNK_DOCUMENTS;
    }

    @Override
    public boolean mayBeAbsent() {
        return true;
    }

    @Override
    public boolean inPlace() {
        return apply == Apply.IN_PLACE;
    }

    @Override
    public MongoNamespace bare() {
        return new MongoNamespace(DATABASE, "customers");
    }

    @Override
    public void load(MongoClient client) {
        client.getDatabase(DATABASE).drop();
        prepare(client, 0, null);
    }

    @Override
    public void prepare(MongoClient client, int generation, String absent) {
        MongoDatabase database = client.getDatabase(DATABASE);
        sources(database, generation);
        views(database, absent);
    }

    /** Sees that the views exist, all but one. Those that are missing get something older than the sources. */
    private void views(MongoDatabase database, String absent) {
        Set<String> present = database.listCollectionNames().into(new HashSet<>());
        for (String view : VIEWS) {
            if (view.equals(absent)) {
                collection(database, view).drop();
            } else if (!present.contains(view)) {
                fill(database, view);
            }
        }
    }

    private void fill(MongoDatabase database, String view) {
        List<BsonDocument> old = new ArrayList<>();
        for (int i = 0; i < CUSTOMERS; i++) {
            old.add(new BsonDocument("_id", key(i)).append("name", new BsonString("Old " + i)));
        }
        MongoCollection<BsonDocument> filled = collection(database, view);
        filled.insertMany(old);
        filled.createIndex(new BsonDocument("name", new BsonInt32(1)), new IndexOptions().name("by name"));
        if (inPlace()) {
            // What a TTL index might remove cannot be changed in place.
            return;
        }
        // It comes to live last, after the cut-over, and no document has the field.
        filled.createIndex(
                new BsonDocument("expiresAt", new BsonInt32(1)),
                new IndexOptions().name("expiry").expireAfter(1L, TimeUnit.DAYS));
    }

    /** Replaces the sources by those of a generation. */
    private static void sources(MongoDatabase database, int generation) {
        List<BsonDocument> customers = new ArrayList<>();
        List<BsonDocument> orders = new ArrayList<>();
        for (int i = 0; i < CUSTOMERS; i++) {
            if ((i + generation) % FLEETING == 0) {
                continue;
            }
            String name = "Customer " + i + (i % CHANGED == generation % CHANGED ? " of " + generation : "");
            customers.add(new BsonDocument("_id", key(i))
                    .append("name", new BsonString(name))
                    .append("city", new BsonString("City " + i % 7)));
            for (int j = 0; j <= i % 3; j++) {
                orders.add(order(i * 4 + j, key(i), j, i * 10 + generation));
            }
        }
        orders.add(order(-1, new BsonString("nobody"), 1, 1));
        orders.add(order(-2, new BsonString(""), 1, 1));
        // No number, which is required: its customer is quarantined.
        orders.add(order(-3, key(1), 1, 1));
        orders.get(orders.size() - 1).remove("number");
        replace(database, "customers", customers);
        replace(database, "orders", orders);
    }

    private static BsonDocument order(int id, BsonString customer, int number, int amount) {
        return new BsonDocument("_id", new BsonInt32(id))
                .append("customer", customer)
                .append("number", new BsonInt32(number))
                .append("amount", new BsonInt32(amount));
    }

    private static BsonString key(int number) {
        return new BsonString(String.format("c%04d", number));
    }

    private static void replace(MongoDatabase database, String name, List<BsonDocument> documents) {
        collection(database, name).deleteMany(new BsonDocument());
        collection(database, name).insertMany(documents);
    }

    private static MongoCollection<BsonDocument> collection(MongoDatabase database, String name) {
        return database.getCollection(name, BsonDocument.class);
    }
}

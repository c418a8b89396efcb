package dev.resync.store;

import com.mongodb.MongoException;
import com.mongodb.MongoNamespace;
import com.mongodb.ReadConcern;
import com.mongodb.ReadPreference;
import com.mongodb.ServerAddress;
import com.mongodb.WriteConcern;
import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.RenameCollectionOptions;
import com.mongodb.connection.ClusterSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;

/**
 * The database as every stage sees it: majority write and read concern and primary reads, whatever the URI says.
 *
 * <p>Safe for use by several threads. Methods raise the driver's {@link MongoException}s; {@link dev.resync.stage.Stages}
 * turns them into named errors.
 */
public final class MongoStore {

    /** Name of the database that holds the control data. */
    public static final String CONTROL_DATABASE = "resync";

    /** Documents a batch of a long read; a server sends fewer where they are large. */
    public static final int BATCH = 1000;

    private static final BsonDocument EVERYTHING = new BsonDocument();

    private final MongoClient client;
    /** Its threads wait for the server, end after a minute without work and keep no process from ending. */
    private final Executor readers = Executors.newCachedThreadPool(MongoStore::reader);

    private final SimpleCollation simpleCollation;

    /** @param client stays open; the caller closes it */
    public MongoStore(MongoClient client) {
        this.client = client;
        this.simpleCollation = new SimpleCollation(control("runs"));
    }

    /** Returns the hosts that the connection string names, or the one name that stands for them; asks the server nothing. */
    public List<String> hosts() {
        ClusterSettings settings = client.getClusterDescription().getClusterSettings();
        return settings.getSrvHost() == null
                ? settings.getHosts().stream().map(ServerAddress::getHost).toList()
                : List.of(settings.getSrvHost());
    }

    /** Returns a collection of control data. */
    public MongoCollection<BsonDocument> control(String name) {
        return database(CONTROL_DATABASE).getCollection(name, BsonDocument.class);
    }

    /** Returns a collection of documents that are passed on as bytes. */
    public MongoCollection<RawBsonDocument> raw(MongoNamespace namespace) {
        return database(namespace.getDatabaseName())
                .getCollection(namespace.getCollectionName(), RawBsonDocument.class);
    }

    /**
     * Reads all documents of a collection as bytes, in batches: a server may otherwise answer with more at once than a
     * driver takes. The next batch is fetched while one is worked on.
     */
    public Iterable<RawBsonDocument> scan(MongoNamespace namespace) {
        return scan(namespace, EVERYTHING);
    }

    /**
     * Reads some fields of all documents of a collection, as {@link #scan(MongoNamespace)} does.
     *
     * @param projection as of a MongoDB query; empty for all fields
     */
    public Iterable<RawBsonDocument> scan(MongoNamespace namespace, BsonDocument projection) {
        return new ReadAhead(raw(namespace).find().projection(projection).batchSize(BATCH), readers);
    }

    /**
     * Finds documents as bytes under simple collation, whatever the collection's own: key ranges are ranges of bytes. The
     * next batch is fetched while one is worked on.
     *
     * @param filter a MongoDB query
     */
    public Iterable<RawBsonDocument> find(MongoNamespace namespace, BsonDocument filter) {
        return find(namespace, filter, EVERYTHING);
    }

    /**
     * Finds some fields of documents, as {@link #find(MongoNamespace, BsonDocument)} does.
     *
     * @param projection as of a MongoDB query; empty for all fields
     */
    public Iterable<RawBsonDocument> find(MongoNamespace namespace, BsonDocument filter, BsonDocument projection) {
        return new ReadAhead(query(namespace, filter).projection(projection), readers);
    }

    /**
     * Finds documents in an order, as {@link #find(MongoNamespace, BsonDocument)} does.
     *
     * @param sort as of a MongoDB query
     */
    public Iterable<RawBsonDocument> findSorted(MongoNamespace namespace, BsonDocument filter, BsonDocument sort) {
        return new ReadAhead(query(namespace, filter).sort(sort), readers);
    }

    private FindIterable<RawBsonDocument> query(MongoNamespace namespace, BsonDocument filter) {
        return simpleCollation.of(raw(namespace).find(filter).batchSize(BATCH), () -> hasOwnCollation(namespace));
    }

    private static Thread reader(Runnable work) {
        Thread thread = new Thread(work, "read-ahead");
        thread.setDaemon(true);
        return thread;
    }

    private boolean hasOwnCollation(MongoNamespace namespace) {
        return info(namespace)
                .map(info -> info.getDocument("options", new BsonDocument()).containsKey("collation"))
                .orElse(false);
    }

    /** Returns the names of all collections of a database that start with a prefix, ascending. */
    public List<String> collectionNames(String database, String prefix) {
        List<String> names = new ArrayList<>();
        for (String name : database(database).listCollectionNames()) {
            if (name.startsWith(prefix)) {
                names.add(name);
            }
        }
        names.sort(null);
        return names;
    }

    /** Returns whether a collection or view of this name exists. */
    public boolean exists(MongoNamespace namespace) {
        return database(namespace.getDatabaseName())
                .listCollectionNames()
                .filter(new BsonDocument("name", new BsonString(namespace.getCollectionName())))
                .into(new ArrayList<>())
                .contains(namespace.getCollectionName());
    }

    /** Returns type, options and indexes of a collection; empty where it does not exist. */
    public Optional<CollectionShape> shape(MongoNamespace namespace) {
        return info(namespace).map(info -> {
            String type = info.getString("type", new BsonString("collection")).getValue();
            BsonDocument options = info.getDocument("options", new BsonDocument());
            List<BsonDocument> indexes = type.equals("collection") ? indexes(namespace) : List.of();
            if (options.containsKey("collation")) {
                indexes.forEach(MongoStore::nameSimpleCollation);
            }
            return new CollectionShape(type, options, indexes);
        });
    }

    /** Returns what the server lists of a collection. Some servers ignore the filter, so the name is looked at again. */
    private Optional<BsonDocument> info(MongoNamespace namespace) {
        BsonString name = new BsonString(namespace.getCollectionName());
        for (BsonDocument info : database(namespace.getDatabaseName())
                .listCollections(BsonDocument.class)
                .filter(new BsonDocument("name", name))) {
            if (info.getString("name").equals(name)) {
                return Optional.of(info);
            }
        }
        return Optional.empty();
    }

    /** A server lists simple collation as none; made again so, the index would take on the collection's own. */
    private static void nameSimpleCollation(BsonDocument index) {
        if (!index.containsKey("collation")
                && !index.getString("name").getValue().equals("_id_")) {
            index.append("collation", new BsonDocument("locale", new BsonString("simple")));
        }
    }

    /** Returns the UUID of a collection, which it keeps when it is renamed; empty where it has none or does not exist. */
    public Optional<String> identity(MongoNamespace namespace) {
        return info(namespace)
                .map(info -> info.getDocument("info", new BsonDocument()).get("uuid"))
                .map(BsonValue::toString);
    }

    /** Returns the index definitions as the server lists them, without version and namespace, ordered by name. */
    public List<BsonDocument> indexes(MongoNamespace namespace) {
        List<BsonDocument> indexes = new ArrayList<>();
        for (BsonDocument index : database(namespace.getDatabaseName())
                .getCollection(namespace.getCollectionName())
                .listIndexes(BsonDocument.class)) {
            BsonDocument definition = index.clone();
            definition.remove("v");
            definition.remove("ns");
            indexes.add(definition);
        }
        indexes.sort((a, b) ->
                a.getString("name").getValue().compareTo(b.getString("name").getValue()));
        return indexes;
    }

    /** Returns size figures of a collection; zeros where it does not exist. */
    public CollectionSize size(MongoNamespace namespace) {
        BsonDocument stats = database(namespace.getDatabaseName())
                .runCommand(
                        new BsonDocument("collStats", new BsonString(namespace.getCollectionName())),
                        ReadPreference.primary(),
                        BsonDocument.class);
        return new CollectionSize(
                number(stats, "count"),
                number(stats, "avgObjSize"),
                stats.getBoolean("sharded", BsonBoolean.FALSE).getValue());
    }

    /** Creates a collection with the options given; does nothing where one of that name exists. */
    public void create(MongoNamespace namespace, BsonDocument options) {
        BsonDocument command = new BsonDocument("create", new BsonString(namespace.getCollectionName()));
        command.putAll(options);
        ignoring(ServerError.NAMESPACE_EXISTS, () -> run(namespace, majority(command)));
    }

    /** Creates indexes from definitions as {@link #indexes} returns them; those that exist alike stay. */
    public void createIndexes(MongoNamespace namespace, List<BsonDocument> definitions) {
        if (definitions.isEmpty()) {
            return;
        }
        run(
                namespace,
                majority(new BsonDocument("createIndexes", new BsonString(namespace.getCollectionName()))
                        .append("indexes", new BsonArray(definitions))));
    }

    /** Drops a collection; does nothing where it does not exist. */
    public void drop(MongoNamespace namespace) {
        database(namespace.getDatabaseName())
                .getCollection(namespace.getCollectionName())
                .drop();
    }

    /**
     * Renames a collection that may not be there, to a name that must be free.
     *
     * @return true where this call renamed it; false where {@code from} does not exist (any more): the names tell why
     */
    public boolean renameIfThere(MongoNamespace from, MongoNamespace to) {
        return rename(from, to, false);
    }

    /**
     * Renames a collection that may not be there, to a name that may be taken.
     *
     * @return true where this call renamed it; false where {@code from} does not exist (any more) or {@code to} does: the
     *     names tell why
     */
    public boolean renameIfFree(MongoNamespace from, MongoNamespace to) {
        try {
            return rename(from, to, false);
        } catch (MongoException e) {
            if (!ServerError.NAMESPACE_EXISTS.is(e)) {
                throw e;
            }
            return false;
        }
    }

    /**
     * Puts a collection in the place of another in one step that readers see as one.
     *
     * @return true where this call renamed it; false where {@code from} does not exist (any more): the names tell why
     */
    public boolean replace(MongoNamespace from, MongoNamespace live) {
        return rename(from, live, true);
    }

    private boolean rename(MongoNamespace from, MongoNamespace to, boolean dropTarget) {
        try {
            database(from.getDatabaseName())
                    .getCollection(from.getCollectionName())
                    .renameCollection(to, new RenameCollectionOptions().dropTarget(dropTarget));
            return true;
        } catch (MongoException e) {
            // The outcome is unknown or refused: only the names can tell, and the caller asks them.
            if (exists(from)) {
                throw e;
            }
            return false;
        }
    }

    private void run(MongoNamespace namespace, BsonDocument command) {
        database(namespace.getDatabaseName()).runCommand(command, ReadPreference.primary(), BsonDocument.class);
    }

    private static BsonDocument majority(BsonDocument command) {
        return command.append("writeConcern", new BsonDocument("w", new BsonString("majority")));
    }

    private static void ignoring(ServerError error, Runnable action) {
        try {
            action.run();
        } catch (MongoException e) {
            if (!error.is(e)) {
                throw e;
            }
        }
    }

    private static long number(BsonDocument stats, String field) {
        BsonValue value = stats.get(field, new BsonInt32(0));
        return value.isNumber() ? value.asNumber().longValue() : 0;
    }

    private MongoDatabase database(String name) {
        return client.getDatabase(name)
                .withWriteConcern(WriteConcern.MAJORITY)
                .withReadConcern(ReadConcern.MAJORITY)
                .withReadPreference(ReadPreference.primary());
    }
}

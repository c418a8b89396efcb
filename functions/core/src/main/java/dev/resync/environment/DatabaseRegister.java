package dev.resync.environment;

import com.mongodb.MongoException;
import com.mongodb.MongoNamespace;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.ReplaceOptions;
import dev.resync.error.DatabaseForeign;
import dev.resync.store.ControlJson;
import dev.resync.store.MongoStore;
import dev.resync.store.ServerError;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.bson.BsonDocument;
import org.bson.BsonString;

/**
 * Knows which environment a database belongs to: its control data say so since the first admitted request. The identity that the
 * server gave the collection of that record is kept in it, so that a restored or copied database is found out, too.
 */
public final class DatabaseRegister {

    private static final String ID = "environment";
    private static final MongoNamespace WHERE = new MongoNamespace(MongoStore.CONTROL_DATABASE, ID);

    private final MongoStore store;
    private final Environment environment;
    private final Clock clock;
    private final MongoCollection<BsonDocument> records;

    public DatabaseRegister(MongoStore store, Environment environment, Clock clock) {
        this.store = store;
        this.environment = environment;
        this.clock = clock;
        this.records = store.control(ID);
    }

    /**
     * What a database says of itself.
     *
     * @param name name of its environment
     * @param kind what that is for, as profiles name it
     * @param colour colour that stands for it
     * @param since when it was registered
     * @param fingerprint identity of the collection that holds this record; null where the server gives none
     */
    public record Registration(String name, String kind, String colour, Instant since, String fingerprint) {}

    /** Returns what the database says of itself; empty before anything was admitted. */
    public Optional<Registration> find() {
        return find(store);
    }

    /** Returns what a database says of itself, to whoever knows no profile; empty before anything was admitted. */
    public static Optional<Registration> find(MongoStore store) {
        BsonDocument record = store.control(ID)
                .find(new BsonDocument("_id", new BsonString(ID)))
                .first();
        return Optional.ofNullable(record).map(document -> ControlJson.fromBson(document, Registration.class));
    }

    /**
     * Makes sure that the database belongs to the environment of the profile, as far as it says.
     *
     * @return whether it says so
     * @throws DatabaseForeign where it is on another host than the profile allows, belongs to another environment, or is a copy
     */
    public boolean require() {
        requireHosts();
        Optional<Registration> registered = find();
        if (registered.isEmpty()) {
            return false;
        }
        Registration found = registered.get();
        if (!found.name().equals(environment.name())
                || !found.kind().equals(environment.kind().label())) {
            throw new DatabaseForeign(
                    "This database belongs to environment " + found.name() + " (" + found.kind() + ") since "
                            + found.since() + "; the profile says " + environment.shown()
                            + ". Nothing was read or changed. Check the connection string, and the profile.");
        }
        String here = store.identity(WHERE).orElse(null);
        if (found.fingerprint() != null && here != null && !found.fingerprint().equals(here)) {
            throw new DatabaseForeign("This database says that it belongs to environment " + found.name()
                    + ", but that was written on another one: it is a copy of it, or was restored. Nothing was read or"
                    + " changed. Check the connection string; if this database has taken the place of the other one, say so"
                    + " with `resync environment --adopt`.");
        }
        return true;
    }

    /** Returns whether the connection string names no host that the profile does not allow. */
    public boolean onAllowedHosts() {
        return store.hosts().stream().allMatch(environment::allowsHost);
    }

    private void requireHosts() {
        for (String host : store.hosts()) {
            if (!environment.allowsHost(host)) {
                throw new DatabaseForeign("The connection string names host " + host + "; the profile of environment "
                        + environment.shown() + " allows " + environment.hosts() + " (hosts). Nothing was read or"
                        + " changed. Check the connection string, and the profile.");
            }
        }
    }

    /** Writes down which environment the database belongs to, unless it says so already. */
    public void register() {
        store.create(WHERE, new BsonDocument());
        try {
            records.insertOne(record());
        } catch (MongoException e) {
            if (!ServerError.DUPLICATE_KEY.is(e)) {
                throw e;
            }
            require();
        }
    }

    /**
     * Writes it down anew, whatever the database says; for a person who has looked.
     *
     * @throws DatabaseForeign where it is on another host than the profile allows
     */
    public void adopt() {
        requireHosts();
        store.create(WHERE, new BsonDocument());
        records.replaceOne(new BsonDocument("_id", new BsonString(ID)), record(), new ReplaceOptions().upsert(true));
    }

    private BsonDocument record() {
        BsonDocument record = ControlJson.toBson(new Registration(
                environment.name(),
                environment.kind().label(),
                environment.colour().label(),
                clock.instant(),
                store.identity(WHERE).orElse(null)));
        return record.append("_id", new BsonString(ID));
    }
}

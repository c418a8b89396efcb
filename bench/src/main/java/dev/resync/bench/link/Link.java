package dev.resync.bench.link;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.resync.store.MongoStore;

/**
 * A way to the database server.
 *
 * @param name {@code bare} or {@code proxied}
 * @param uri connection string; may hold a password, never shown
 * @param client goes this way; closed with the link
 * @param reads counts the reads of ranges that go this way
 */
public record Link(String name, String uri, MongoClient client, RangeReads reads) implements AutoCloseable {

    /** Name of the way without a proxy. */
    public static final String BARE = "bare";
    /** Name of the way with the delay. */
    public static final String PROXIED = "proxied";

    /** Opens a way; connects when it is first used. */
    public static Link open(String name, String uri) {
        RangeReads reads = new RangeReads();
        MongoClient client = MongoClients.create(MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(uri))
                .applicationName("resync-bench")
                .addCommandListener(reads)
                .build());
        return new Link(name, uri, client, reads);
    }

    /** Returns the database as the stages see it. */
    public MongoStore store() {
        return new MongoStore(client);
    }

    @Override
    public void close() {
        client.close();
    }
}

package dev.resync.bench.link;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.event.CommandListener;
import dev.resync.store.MongoStore;

/**
 * A way to the database server.
 *
 * @param name {@code bare} or {@code proxied}
 * @param uri connection string; may hold a password, never shown
 * @param client goes this way; closed with the link
 */
public record Link(String name, String uri, MongoClient client) implements AutoCloseable {

    /** Name of the way without a proxy. */
    public static final String BARE = "bare";
    /** Name of the way with the delay. */
    public static final String PROXIED = "proxied";

    /** Opens a way; connects when it is first used. */
    public static Link open(String name, String uri) {
        return new Link(name, uri, MongoClients.create(settings(uri).build()));
    }

    /** Opens one that is listened to. It is no way to measure: for a listener the driver copies every answer. */
    public static Link counting(String uri, CommandListener reads) {
        return new Link(
                "counting",
                uri,
                MongoClients.create(settings(uri).addCommandListener(reads).build()));
    }

    private static MongoClientSettings.Builder settings(String uri) {
        return MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(uri))
                .applicationName("resync-bench");
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

package dev.resync.stages;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.List;
import java.util.Map;

/**
 * An empty database for each start of the application. With {@code -Dresync.mongo.uri} a real server instead, which is emptied.
 */
public final class EmbeddedMongo implements QuarkusTestResourceLifecycleManager {

    private static final List<String> EMPTIED = List.of("resync", "revalidation");

    private MongoServer server;

    @Override
    public Map<String, String> start() {
        String given = System.getProperty("resync.mongo.uri");
        if (given == null) {
            server = new MongoServer(new MemoryBackend());
            return Map.of("resync.mongo-uri", server.bindAndGetConnectionString());
        }
        if (!Boolean.getBoolean("resync.mongo.empty")) {
            throw new IllegalStateException("These tests drop databases on the server that resync.mongo.uri names. Say"
                    + " -Dresync.mongo.empty=true if it holds nothing that is needed.");
        }
        try (MongoClient client = MongoClients.create(given)) {
            EMPTIED.forEach(name -> client.getDatabase(name).drop());
        }
        return Map.of("resync.mongo-uri", given);
    }

    @Override
    public void stop() {
        if (server != null) {
            server.shutdownNow();
        }
    }
}

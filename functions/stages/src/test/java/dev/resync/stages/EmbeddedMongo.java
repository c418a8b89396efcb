package dev.resync.stages;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** An empty database for each start of the application. */
public final class EmbeddedMongo implements QuarkusTestResourceLifecycleManager {

    private final MongoServer server = new MongoServer(new MemoryBackend());

    @Override
    public Map<String, String> start() {
        return Map.of("resync.mongo-uri", server.bindAndGetConnectionString());
    }

    @Override
    public void stop() {
        server.shutdownNow();
    }
}

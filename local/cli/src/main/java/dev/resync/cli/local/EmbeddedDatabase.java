package dev.resync.cli.local;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** A database in memory that speaks MongoDB's wire protocol on the loopback address. For demonstration and tests. */
public final class EmbeddedDatabase implements AutoCloseable {

    private final MongoServer server;
    private final InetSocketAddress address;

    /** @param port port to listen on; 0 for any free one */
    public EmbeddedDatabase(int port) {
        server = new MongoServer(new MemoryBackend());
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        address = server.getLocalAddress();
    }

    /** Returns the connection string. */
    public String uri() {
        return "mongodb://127.0.0.1:" + address.getPort();
    }

    /** Stops the server; everything in it is gone. */
    @Override
    public void close() {
        server.shutdownNow();
    }
}

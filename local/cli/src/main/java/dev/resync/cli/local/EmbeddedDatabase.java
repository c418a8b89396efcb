package dev.resync.cli.local;

import de.bwaldvogel.mongo.MongoServer;
import dev.resync.error.PortUnavailable;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** A database in memory that speaks MongoDB's wire protocol on the loopback address. For demonstration and tests. */
public final class EmbeddedDatabase implements AutoCloseable {

    private final MongoServer server;
    private final InetSocketAddress address;

    /**
     * Starts the server.
     *
     * @param port port to listen on, 1 to 65,535; 0 for any free one
     * @throws PortUnavailable where something else listens there, or this user may not
     */
    public EmbeddedDatabase(int port) {
        server = new MongoServer(new EmbeddedBackend());
        InetSocketAddress wanted = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        try {
            server.bind(wanted);
        } catch (Exception e) {
            // Netty throws the checked exception of the bind without declaring it.
            server.shutdownNow();
            throw new PortUnavailable(port, e);
        }
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

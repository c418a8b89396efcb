package dev.resync.cli.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Stands between clients and one database server on the loopback address, understands as much of MongoDB's wire protocol as
 * it takes to tell commands apart, and lets a {@link WireRule} hold up, lose or refuse each of them. Knows no TLS.
 */
public final class WireProxy implements AutoCloseable {

    private final InetSocketAddress server;
    private final ServerSocket listening;
    private final AtomicReference<WireRule> rule = new AtomicReference<>(WireRule.PASS);
    private final Set<WireConnection> connections = ConcurrentHashMap.newKeySet();

    /**
     * Listens on a free port from now on.
     *
     * @param server where commands are sent on to
     */
    public WireProxy(InetSocketAddress server) {
        this.server = server;
        try {
            listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException("no port can be listened on", e);
        }
        Thread thread = new Thread(this::accept, "wire-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (!listening.isClosed()) {
                connect(listening.accept());
            }
        } catch (IOException closed) {
            // By close: nobody waits for it.
            return;
        }
    }

    private void connect(Socket client) throws IOException {
        Socket onward = new Socket();
        try {
            onward.connect(new InetSocketAddress(server.getHostString(), server.getPort()));
            client.setTcpNoDelay(true);
            onward.setTcpNoDelay(true);
        } catch (IOException unreachable) {
            client.close();
            onward.close();
            return;
        }
        WireConnection connection = new WireConnection(client, onward, rule::get);
        connections.removeIf(WireConnection::closed);
        connections.add(connection);
        connection.start();
    }

    /** Judges commands by this rule from now on. */
    public void use(WireRule next) {
        rule.set(next);
    }

    /** Returns host and port to connect to. */
    public String address() {
        return "127.0.0.1:" + listening.getLocalPort();
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            connections.forEach(WireConnection::close);
        }
    }
}

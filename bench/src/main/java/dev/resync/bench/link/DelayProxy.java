package dev.resync.bench.link;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;

/**
 * Stands between clients and one server and holds up what clients send, so that each round trip takes longer by the delay, as
 * over a network. Bytes that follow each other closely travel together: the delay costs no throughput.
 */
public final class DelayProxy implements AutoCloseable {

    private static final int BACKLOG = 200;

    private final InetSocketAddress server;
    private final long delayNanos;
    private final ServerSocket listening;

    /**
     * Listens on a free port of the loopback address from now on.
     *
     * @param server where bytes are sent on to
     * @param delay added to each round trip, zero or more
     */
    public DelayProxy(InetSocketAddress server, Duration delay) {
        this.server = server;
        this.delayNanos = delay.toNanos();
        try {
            listening = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException("no port can be listened on", e);
        }
        Thread thread = new Thread(this::accept, "delay-proxy");
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
        new DelayedConnection(client, onward, delayNanos).start();
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
        }
    }
}

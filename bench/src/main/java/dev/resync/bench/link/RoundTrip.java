package dev.resync.bench.link;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoDatabase;
import dev.resync.bench.process.ChildProcess;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.bson.BsonDocument;
import org.bson.BsonInt32;

/** Measures what a proxy really adds to a round trip, and how many bytes it can carry. */
public final class RoundTrip {

    private static final int WARM_UP = 300;
    private static final int PINGS = 501;
    private static final int BLOCK = 1024 * 1024;
    private static final int BLOCKS = 256;

    private RoundTrip() {}

    /** Returns the median time of a ping, one after another, in milliseconds. */
    public static double pingMillis(MongoClient client) {
        MongoDatabase admin = client.getDatabase("admin");
        BsonDocument ping = new BsonDocument("ping", new BsonInt32(1));
        long[] nanos = new long[PINGS];
        for (int i = -WARM_UP; i < PINGS; i++) {
            long begun = System.nanoTime();
            admin.runCommand(ping);
            if (i >= 0) {
                nanos[i] = System.nanoTime() - begun;
            }
        }
        Arrays.sort(nanos);
        return nanos[PINGS / 2] / 1e6;
    }

    /**
     * Returns how many megabytes (10^6 bytes) a second a proxy with this delay carries over one connection, the direction that
     * it delays, to a receiver that does nothing with them.
     */
    public static double megabytesPerSecond(Duration delay) {
        try (ServerSocket receiver = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ChildProcess proxy = ProxyMain.start("127.0.0.1:" + receiver.getLocalPort(), delay)) {
            CompletableFuture<Long> received = CompletableFuture.supplyAsync(() -> receive(receiver));
            String[] address = proxy.address().split(":");
            long begun = System.nanoTime();
            try (Socket socket = new Socket(address[0], Integer.parseInt(address[1]))) {
                byte[] block = new byte[BLOCK];
                for (int i = 0; i < BLOCKS; i++) {
                    socket.getOutputStream().write(block);
                }
                socket.shutdownOutput();
                long bytes = received.join();
                return bytes * 1e3 / (System.nanoTime() - begun);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the proxy's throughput cannot be measured", e);
        } catch (CompletionException e) {
            throw new IllegalStateException("the proxy's throughput cannot be measured", e.getCause());
        }
    }

    private static long receive(ServerSocket receiver) {
        byte[] buffer = new byte[BLOCK];
        long bytes = 0;
        try (Socket socket = receiver.accept()) {
            InputStream in = socket.getInputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                bytes += read;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes;
    }
}

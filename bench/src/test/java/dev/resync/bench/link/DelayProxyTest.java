package dev.resync.bench.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class DelayProxyTest {

    private static final Duration DELAY = Duration.ofMillis(20);
    private static final int BYTES = 3_000_000;

    @Test
    void bringsAllBytesInOrderAndNoneBeforeTheDelayIsOver() throws IOException {
        byte[] sent = new byte[BYTES];
        new Random(1).nextBytes(sent);
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                DelayProxy proxy = new DelayProxy((InetSocketAddress) server.getLocalSocketAddress(), DELAY)) {
            CompletableFuture<Void> echo = CompletableFuture.runAsync(() -> echo(server));
            String[] address = proxy.address().split(":");
            try (Socket client = new Socket(address[0], Integer.parseInt(address[1]))) {
                long begun = System.nanoTime();
                client.getOutputStream().write(1);
                assertThat(client.getInputStream().read()).isEqualTo(1);
                // A lower bound only: how much later it comes is the machine's.
                assertThat(System.nanoTime() - begun).isGreaterThanOrEqualTo(DELAY.toNanos());

                CompletableFuture<byte[]> received = CompletableFuture.supplyAsync(() -> read(client));
                client.getOutputStream().write(sent);
                client.shutdownOutput();
                assertThat(received.join()).isEqualTo(sent);
            }
            echo.join();
        }
    }

    private static byte[] read(Socket client) {
        try {
            return client.getInputStream().readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void echo(ServerSocket server) {
        try (Socket client = server.accept()) {
            client.getInputStream().transferTo(client.getOutputStream());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}

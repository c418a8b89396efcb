package dev.resync.bench.link;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.locks.LockSupport;

/** One client's connection through the delay: one thread takes what it sends, one sends it on in time, one brings answers. */
final class DelayedConnection {

    private static final int BUFFER = 256 * 1024;
    /** More than fits into a delay of some milliseconds. */
    private static final int ON_THE_WAY = 512;

    /** Bytes on their way; empty at the end. */
    private record Parcel(byte[] bytes, long dueNanos) {}

    private final Socket client;
    private final Socket server;
    private final long delayNanos;
    private final BlockingQueue<Parcel> onTheWay = new ArrayBlockingQueue<>(ON_THE_WAY);

    DelayedConnection(Socket client, Socket server, long delayNanos) {
        this.client = client;
        this.server = server;
        this.delayNanos = delayNanos;
    }

    void start() {
        thread("delay-take", this::take).start();
        thread("delay-send", this::send).start();
        thread("delay-answer", this::answer).start();
    }

    @FunctionalInterface
    private interface Carrying {
        void run() throws IOException, InterruptedException;
    }

    private Thread thread(String name, Carrying carrying) {
        Thread thread = new Thread(
                () -> {
                    try {
                        carrying.run();
                    } catch (IOException ended) {
                        close();
                    } catch (InterruptedException e) {
                        close();
                        Thread.currentThread().interrupt();
                    }
                },
                name);
        thread.setDaemon(true);
        return thread;
    }

    private void take() throws IOException, InterruptedException {
        InputStream in = client.getInputStream();
        byte[] buffer = new byte[BUFFER];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            onTheWay.put(new Parcel(Arrays.copyOf(buffer, read), System.nanoTime() + delayNanos));
        }
        onTheWay.put(new Parcel(new byte[0], System.nanoTime() + delayNanos));
    }

    private void send() throws IOException, InterruptedException {
        OutputStream out = server.getOutputStream();
        while (true) {
            Parcel parcel = onTheWay.take();
            for (long left = parcel.dueNanos() - System.nanoTime();
                    left > 0;
                    left = parcel.dueNanos() - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            if (parcel.bytes().length == 0) {
                server.shutdownOutput();
                return;
            }
            out.write(parcel.bytes());
        }
    }

    private void answer() throws IOException {
        InputStream in = server.getInputStream();
        OutputStream out = client.getOutputStream();
        byte[] buffer = new byte[BUFFER];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            out.write(buffer, 0, read);
        }
        close();
    }

    private void close() {
        closeQuietly(client);
        closeQuietly(server);
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException closedAlready) {
            // Nothing is lost with it.
            return;
        }
    }
}

package dev.resync.bench.link;

import dev.resync.bench.process.ChildProcess;
import dev.resync.bench.process.Questions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;

/** The {@link DelayProxy} as a process of its own, so that its work is not counted with anybody else's. */
public final class ProxyMain {

    private static final int HEAP_MEGABYTES = 256;

    private ProxyMain() {}

    /**
     * Starts the process.
     *
     * @param server host and port, with a colon between
     * @param delay added to each round trip
     * @return its address is host and port to connect to
     */
    public static ChildProcess start(String server, Duration delay) {
        return new ChildProcess(ProxyMain.class, HEAP_MEGABYTES, server, Long.toString(delay.toNanos()));
    }

    /** @param arguments host and port of the server, delay in nanoseconds */
    public static void main(String[] arguments) throws IOException {
        int colon = arguments[0].lastIndexOf(':');
        InetSocketAddress server = new InetSocketAddress(
                arguments[0].substring(0, colon), Integer.parseInt(arguments[0].substring(colon + 1)));
        DelayProxy proxy = new DelayProxy(server, Duration.ofNanos(Long.parseLong(arguments[1])));
        Questions.serve(proxy.address(), question -> "");
    }
}

package dev.resync.bench.growth;

import com.sun.management.OperatingSystemMXBean;
import dev.resync.bench.process.ChildProcess;
import dev.resync.bench.process.DatabaseMain;
import dev.resync.bench.process.JvmFigures;
import java.lang.management.ManagementFactory;

/**
 * The time that passes, and the time that processors spend on this process and on the embedded server together. Without that for
 * the server's garbage: it holds all documents in its heap, so that collections take longer the more there are, whoever asks.
 */
public final class Clocks {

    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private final ChildProcess server;

    /** @param server process of the embedded server, which has been told to begin */
    Clocks(ChildProcess server) {
        this.server = server;
    }

    Time now() {
        double serverSeconds = JvmFigures.read(server.ask(DatabaseMain.FIGURES)).cpuMillis() / 1e3;
        double collectorSeconds = Long.parseLong(server.ask(DatabaseMain.COLLECTOR)) / 1e9;
        return new Time(System.nanoTime() / 1e9, ownProcessors() + serverSeconds - collectorSeconds);
    }

    /** Returns the seconds that processors have spent on this process. */
    static double ownProcessors() {
        return SYSTEM.getProcessCpuTime() / 1e9;
    }

    /**
     * A time or a duration.
     *
     * @param seconds by the clock
     * @param processorSeconds of all processors, in both processes, without the server's garbage collections
     */
    public record Time(double seconds, double processorSeconds) {

        static final Time NONE = new Time(0, 0);

        Time plus(Time other) {
            return new Time(seconds + other.seconds, processorSeconds + other.processorSeconds);
        }

        Time minus(Time other) {
            return new Time(seconds - other.seconds, processorSeconds - other.processorSeconds);
        }

        Time times(double factor) {
            return new Time(seconds * factor, processorSeconds * factor);
        }
    }
}

package dev.resync.bench.process;

import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The time of the processor that this process has spent on its garbage, with {@code -XX:+UseSerialGC}, whose collections are the
 * work of one thread of the virtual machine. Linux tells of that thread; elsewhere the time that the process stood still is taken.
 */
final class CollectorTime {

    private static final Path TASKS = Path.of("/proc/self/task");
    private static final String THREAD = "VM Thread";

    private CollectorTime() {}

    /** Returns nanoseconds since the process began. */
    static long nanos() {
        if (!Files.isDirectory(TASKS)) {
            return pauses();
        }
        try (Stream<Path> tasks = Files.list(TASKS)) {
            for (Path task : tasks.toList()) {
                if (Files.readString(task.resolve("comm")).strip().equals(THREAD)) {
                    return Long.parseLong(
                            Files.readString(task.resolve("schedstat")).split(" ")[0]);
                }
            }
        } catch (IOException e) {
            // A thread that ended while its files were read, or a system that does not count.
            return pauses();
        }
        return pauses();
    }

    private static long pauses() {
        List<GarbageCollectorMXBean> collectors = ManagementFactory.getGarbageCollectorMXBeans();
        return collectors.stream()
                        .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                        .sum()
                * 1_000_000;
    }
}

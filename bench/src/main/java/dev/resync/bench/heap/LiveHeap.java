package dev.resync.bench.heap;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

/**
 * The most heap that is really held, as full collections leave it: what a collection of the young generation leaves has garbage in
 * it that was promoted, and grows with time rather than with what is held.
 */
final class LiveHeap {

    private static final String FULL = "end of major GC";

    private final Set<String> heapPools = ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(MemoryPoolMXBean::getName)
            .collect(Collectors.toSet());

    private long most;

    /** Watches from now on, as long as the process lives. */
    LiveHeap() {
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            ((NotificationEmitter) collector).addNotificationListener(this::noticed, null, null);
        }
    }

    /** Makes a full collection every so many milliseconds from now on; distorts all times. */
    void collectEvery(long millis) {
        Thread collector = new Thread(
                () -> {
                    try {
                        while (true) {
                            Thread.sleep(millis);
                            System.gc();
                        }
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "live-heap");
        collector.setDaemon(true);
        collector.start();
    }

    private synchronized void noticed(Notification notification, Object unused) {
        if (!notification.getType().equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION)) {
            return;
        }
        GarbageCollectionNotificationInfo collection =
                GarbageCollectionNotificationInfo.from((CompositeData) notification.getUserData());
        if (collection.getGcAction().equals(FULL)) {
            most = Math.max(most, heap(collection.getGcInfo().getMemoryUsageAfterGc()));
        }
    }

    private long heap(Map<String, MemoryUsage> pools) {
        return pools.entrySet().stream()
                .filter(pool -> heapPools.contains(pool.getKey()))
                .mapToLong(pool -> pool.getValue().getUsed())
                .sum();
    }

    /** Returns the most bytes since this was called last, and begins anew; 0 where nothing was collected. */
    synchronized long take() {
        long taken = most;
        most = 0;
        return taken;
    }
}

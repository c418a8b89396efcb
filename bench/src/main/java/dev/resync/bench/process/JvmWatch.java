package dev.resync.bench.process;

import com.sun.management.GarbageCollectionNotificationInfo;
import com.sun.management.OperatingSystemMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

/**
 * Watches what this process spends. Allocation is told by the heap before and after each collection rather than thread by
 * thread, since the counter of a thread is gone with it. Exact to a thread's allocation buffer with a collector that stops the
 * world, such as {@code -XX:+UseSerialGC}.
 */
public final class JvmWatch {

    private static final long NOTICE_MILLIS = 5_000;
    private static final double MILLION = 1e6;

    private final List<GarbageCollectorMXBean> collectors = ManagementFactory.getGarbageCollectorMXBeans();
    private final Set<String> heapPools = ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(MemoryPoolMXBean::getName)
            .collect(Collectors.toSet());

    private long noticed;
    private long freed;
    private long peakHeap;
    private long peakLive;
    private long pauses;
    private long longestPause;

    private long collectionsBefore;
    private long usedBefore;
    private long cpuBefore;

    /** Watches from now on, as long as the process lives. */
    public JvmWatch() {
        noticed = collected();
        for (GarbageCollectorMXBean collector : collectors) {
            ((NotificationEmitter) collector).addNotificationListener(this::noticed, null, null);
        }
    }

    /** Collects garbage, so that none is left from before, and counts from here on. */
    public void begin() {
        System.gc();
        awaitNotices();
        synchronized (this) {
            freed = 0;
            peakHeap = 0;
            peakLive = 0;
            pauses = 0;
            longestPause = 0;
            collectionsBefore = noticed;
            usedBefore = used();
            cpuBefore = cpu();
        }
    }

    /** Returns what was spent since {@link #begin}. */
    public JvmFigures figures() {
        long cpu = cpu() - cpuBefore;
        awaitNotices();
        synchronized (this) {
            long used = used();
            return new JvmFigures(
                    cpu / MILLION,
                    used - usedBefore + freed,
                    Math.max(peakHeap, used),
                    peakLive,
                    noticed - collectionsBefore,
                    pauses,
                    longestPause);
        }
    }

    private synchronized void noticed(Notification notification, Object unused) {
        if (!notification.getType().equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION)) {
            return;
        }
        GarbageCollectionNotificationInfo collection =
                GarbageCollectionNotificationInfo.from((CompositeData) notification.getUserData());
        long before = heap(collection.getGcInfo().getMemoryUsageBeforeGc());
        long after = heap(collection.getGcInfo().getMemoryUsageAfterGc());
        freed += before - after;
        peakHeap = Math.max(peakHeap, before);
        peakLive = Math.max(peakLive, after - usedBefore);
        pauses += collection.getGcInfo().getDuration();
        longestPause = Math.max(longestPause, collection.getGcInfo().getDuration());
        noticed++;
        notifyAll();
    }

    /** Notices come on a thread of their own, a little later. */
    private synchronized void awaitNotices() {
        long until = System.nanoTime() + NOTICE_MILLIS * 1_000_000;
        while (noticed < collected()) {
            long left = (until - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new IllegalStateException("the virtual machine did not tell of a collection that it made");
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while measuring", e);
            }
        }
    }

    private long heap(Map<String, MemoryUsage> pools) {
        return pools.entrySet().stream()
                .filter(pool -> heapPools.contains(pool.getKey()))
                .mapToLong(pool -> pool.getValue().getUsed())
                .sum();
    }

    private long collected() {
        return collectors.stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                .sum();
    }

    private static long used() {
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static long cpu() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }
}

package dev.resync.bench.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class JvmWatchTest {

    private static final int BLOCK = 1 << 20;
    private static final int BLOCKS = 3_000;

    @Test
    void countsWhatThreadsAllocatedThatHaveEnded() throws InterruptedException {
        AtomicLong seen = new AtomicLong();
        Thread thread = new Thread(() -> {
            for (int i = 0; i < BLOCKS; i++) {
                seen.addAndGet(new byte[BLOCK].length);
            }
        });
        JvmWatch watch = new JvmWatch();
        watch.begin();
        thread.start();
        thread.join();
        JvmFigures figures = watch.figures();

        // More than the heap holds, so that garbage was collected on the way.
        assertThat(seen.get()).isEqualTo((long) BLOCKS * BLOCK);
        assertThat(figures.allocatedBytes()).isGreaterThanOrEqualTo(seen.get());
        assertThat(figures.allocatedBytes()).isLessThan(seen.get() + seen.get() / 10);
        assertThat(figures.collections()).isPositive();
        assertThat(figures.peakHeapBytes()).isGreaterThan(BLOCK);
        assertThat(figures.cpuMillis()).isPositive();
    }
}

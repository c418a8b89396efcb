package dev.resync.pace;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The time that passes for real. */
public final class SystemTime implements PassingTime {

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public void sleep(Duration duration) {
        try {
            TimeUnit.NANOSECONDS.sleep(duration.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while keeping to the pace of a run", e);
        }
    }
}

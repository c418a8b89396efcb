package dev.resync.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The time of the machine: one daemon thread for timers, and a clock that does not run backwards. */
public final class RealTime implements Scheduler {
    private final Instant startInstant = Instant.now();
    private final long startNanos = System.nanoTime();
    private final ScheduledThreadPoolExecutor timers;

    /** Starts the timer thread. */
    public RealTime() {
        timers = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "engine-timers");
            thread.setDaemon(true);
            return thread;
        });
        timers.setRemoveOnCancelPolicy(true);
        timers.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public Instant now() {
        return startInstant.plusNanos(System.nanoTime() - startNanos);
    }

    @Override
    public Timer schedule(Duration delay, Runnable action) {
        try {
            Future<?> future = timers.schedule(action, Math.max(0, delay.toMillis()), TimeUnit.MILLISECONDS);
            return () -> future.cancel(false);
        } catch (RejectedExecutionException e) {
            return () -> {}; // closed: nothing happens any more
        }
    }

    @Override
    public void close() {
        timers.shutdown();
    }
}

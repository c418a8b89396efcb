package dev.resync.engine;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads of one engine: few for steps, many for function calls, one for events. All are daemons. */
final class EngineThreads {
    private static final Duration STEPS_CLOSE_WITHIN = Duration.ofSeconds(10);

    private final ThreadGroup group = new ThreadGroup("engine");
    private final ThreadPoolExecutor steps;
    private final ThreadPoolExecutor calls;
    private final ThreadPoolExecutor events;
    private final Duration closingTime;

    EngineThreads(int interpreters, int concurrentCalls, Duration closingTime) {
        steps = pool(interpreters, "engine-step-");
        calls = pool(concurrentCalls, "engine-call-");
        events = pool(1, "engine-events-");
        this.closingTime = closingTime;
    }

    ExecutorService steps() {
        return steps;
    }

    ExecutorService calls() {
        return calls;
    }

    ExecutorService events() {
        return events;
    }

    /** Never interrupts: database drivers in functions take an interrupt for a broken connection. */
    void close() {
        calls.getQueue().clear();
        calls.shutdown();
        steps.shutdown();
        events.shutdown();
        if (Thread.currentThread().getThreadGroup() == group) {
            return; // called by a function or listener: it cannot wait for itself
        }
        await(steps, STEPS_CLOSE_WITHIN);
        await(events, STEPS_CLOSE_WITHIN);
        await(calls, closingTime);
    }

    private static void await(ExecutorService pool, Duration atMost) {
        try {
            pool.awaitTermination(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private ThreadPoolExecutor pool(int size, String name) {
        AtomicInteger number = new AtomicInteger();
        ThreadFactory threads = task -> {
            Thread thread = new Thread(group, task, name + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(size, size, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads);
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }
}

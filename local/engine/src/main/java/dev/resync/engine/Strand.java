package dev.resync.engine;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Runs the steps of one execution and all its map children one at a time, in order, on a shared executor.
 *
 * <p>One lock for the whole family means that a parent and its children can call each other directly and nobody can
 * deadlock. The lock is fair, so that a stop gets its turn between two steps of a busy execution.
 */
final class Strand {
    private static final int STEPS_PER_TURN = 100;

    private final ReentrantLock lock = new ReentrantLock(true);
    private final Queue<Runnable> steps = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final Executor executor;
    private final Scheduler scheduler;

    Strand(Executor executor, Scheduler scheduler) {
        this.executor = executor;
        this.scheduler = scheduler;
    }

    /** Queues a step, which must not throw. */
    void post(Runnable step) {
        scheduler.began(Scheduler.Work.STEP);
        steps.add(step);
        if (waiting.getAndIncrement() == 0) {
            takeTurn();
        }
    }

    /** Runs something at once, between two steps or, if called from a step, within it. */
    <T> T inTurn(Supplier<T> action) {
        scheduler.began(Scheduler.Work.STEP);
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
            scheduler.ended(Scheduler.Work.STEP);
        }
    }

    private void takeTurn() {
        try {
            executor.execute(this::runSteps);
        } catch (RejectedExecutionException e) {
            // Closed: what is queued will never run, and must not look as if it were going to.
            do {
                steps.poll();
                scheduler.ended(Scheduler.Work.STEP);
            } while (waiting.decrementAndGet() > 0);
        }
    }

    private void runSteps() {
        for (int turn = 0; turn < STEPS_PER_TURN; turn++) {
            Runnable step = steps.remove();
            lock.lock();
            try {
                step.run();
            } finally {
                lock.unlock();
                scheduler.ended(Scheduler.Work.STEP);
            }
            if (waiting.decrementAndGet() == 0) {
                return;
            }
        }
        takeTurn();
    }
}

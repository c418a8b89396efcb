package dev.resync.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;

/**
 * Time that passes only when nothing else happens, for tests and rehearsals.
 *
 * <p>An {@linkplain #automatic automatic} clock jumps to the next timer as soon as the engine is idle: no state is
 * being interpreted, no event being delivered, no function running. A {@linkplain #manual manual} one moves only in
 * {@link #advance}. Timers run one at a time, in order of their time, and the engine comes to rest between two.
 */
public final class VirtualTime implements Scheduler {
    private final Object lock = new Object();
    private final TreeSet<Entry> timers = new TreeSet<>();
    private final Set<CountDownLatch> resting = new HashSet<>();
    private final boolean automatic;
    private Instant now;
    private Instant limit;
    private long sequence;
    private int steps;
    private int calls;
    private int holds;
    private boolean closed;

    private VirtualTime(Instant start, boolean automatic) {
        this.now = start;
        this.automatic = automatic;
        this.limit = automatic ? Instant.MAX : start;
    }

    /**
     * Time that jumps to the next timer whenever the engine is idle.
     *
     * @param start the time at first; not null
     * @return the clock
     */
    public static VirtualTime automatic(Instant start) {
        return new VirtualTime(start, true);
    }

    /**
     * Time that stands still but for {@link #advance}.
     *
     * @param start the time at first; not null
     * @return the clock
     */
    public static VirtualTime manual(Instant start) {
        return new VirtualTime(start, false);
    }

    /**
     * Keeps an automatic clock from jumping while the caller prepares something.
     *
     * @return to be closed when time may go on; closing twice has no effect
     */
    public Hold hold() {
        synchronized (lock) {
            holds++;
        }
        return new Hold();
    }

    /** Time stands still while this is open. */
    public final class Hold implements AutoCloseable {
        private boolean open = true;

        private Hold() {}

        @Override
        public void close() {
            synchronized (lock) {
                if (!open) {
                    return;
                }
                open = false;
                holds--;
            }
            runDueTimers();
        }
    }

    /**
     * Moves a manual clock on and runs the timers that fall due on the way. Returns when the engine has come to
     * rest; function calls may still be running, time passes for them, too.
     *
     * @param duration not negative
     * @throws IllegalStateException on an automatic clock
     */
    public void advance(Duration duration) {
        synchronized (lock) {
            if (automatic) {
                throw new IllegalStateException("an automatic clock advances by itself");
            }
            limit = now.plus(duration);
        }
        runDueTimers();
        synchronized (lock) {
            await(() -> steps == 0 && (!isDue() || holds > 0));
            now = limit;
        }
    }

    /**
     * Waits until the engine neither interprets states nor delivers events, and no timer can run. Function calls may
     * still be running.
     *
     * @param atMost in real time
     * @return false if it did not come to rest in that time
     */
    public boolean awaitRest(Duration atMost) {
        return awaitOrGiveUp(() -> steps == 0 && !(isDue() && mayJump()), atMost);
    }

    /**
     * Like {@link #awaitRest}, and no function is running or waits to be called.
     *
     * @param atMost in real time
     * @return false if it was not idle in that time
     */
    public boolean awaitIdle(Duration atMost) {
        return awaitOrGiveUp(() -> steps == 0 && calls == 0 && !(isDue() && mayJump()), atMost);
    }

    private boolean awaitOrGiveUp(BooleanSupplier condition, Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        synchronized (lock) {
            while (!condition.getAsBoolean()) {
                long leftMillis = (deadline - System.nanoTime()) / 1_000_000;
                if (leftMillis <= 0 || !waitFor(leftMillis)) {
                    return false;
                }
            }
            return true;
        }
    }

    @Override
    public Instant now() {
        synchronized (lock) {
            return now;
        }
    }

    @Override
    public Timer schedule(Duration delay, Runnable action) {
        Entry entry;
        synchronized (lock) {
            entry = new Entry(delay.isNegative() ? now : now.plus(delay), sequence++, action);
            if (!closed) {
                timers.add(entry);
            }
        }
        runDueTimers();
        return () -> {
            synchronized (lock) {
                timers.remove(entry);
                lock.notifyAll();
            }
        };
    }

    /**
     * Makes the function that this thread runs take time: returns when so much has passed, at once when the clock is closed.
     * Meanwhile the function does not keep the clock from jumping. Only for functions that the engine has called.
     *
     * @param duration zero or more
     * @throws InterruptedException if the thread was interrupted
     */
    public void takeTime(Duration duration) throws InterruptedException {
        CountDownLatch passed = new CountDownLatch(1);
        synchronized (lock) {
            if (closed) {
                return;
            }
            resting.add(passed);
        }
        schedule(duration, () -> goOn(passed));
        ended(Work.CALL);
        try {
            passed.await();
        } catch (InterruptedException e) {
            goOn(passed);
            throw e;
        }
    }

    /** The function counts again before its thread is awake, so that time does not jump past it. */
    private void goOn(CountDownLatch passed) {
        synchronized (lock) {
            if (resting.remove(passed)) {
                count(Work.CALL, 1);
                passed.countDown();
            }
        }
    }

    @Override
    public void began(Work work) {
        synchronized (lock) {
            count(work, 1);
        }
    }

    @Override
    public void ended(Work work) {
        synchronized (lock) {
            count(work, -1);
            lock.notifyAll();
        }
        runDueTimers();
    }

    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            timers.clear();
            Set.copyOf(resting).forEach(this::goOn);
            lock.notifyAll();
        }
    }

    private void count(Work work, int change) {
        if (work == Work.STEP) {
            steps += change;
        } else {
            calls += change;
        }
    }

    /** The timer's own run counts as a step, so only one thread at a time runs timers. */
    private void runDueTimers() {
        while (true) {
            Entry due;
            synchronized (lock) {
                if (!mayJump() || !isDue()) {
                    return;
                }
                due = timers.pollFirst();
                now = due.time.isAfter(now) ? due.time : now;
                steps++;
            }
            try {
                due.action.run();
            } finally {
                synchronized (lock) {
                    steps--;
                    lock.notifyAll();
                }
            }
        }
    }

    private boolean mayJump() {
        return steps == 0 && holds == 0 && (!automatic || calls == 0);
    }

    private boolean isDue() {
        return !timers.isEmpty() && !timers.first().time.isAfter(limit);
    }

    private void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            if (!waitFor(0)) {
                return;
            }
        }
    }

    private boolean waitFor(long millis) {
        try {
            lock.wait(millis);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private record Entry(Instant time, long order, Runnable action) implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            int byTime = time.compareTo(other.time);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }
}

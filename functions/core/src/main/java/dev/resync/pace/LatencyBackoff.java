package dev.resync.pace;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * Slows a process down while the database's latency is above a limit, and lets it come back: the pace is halved when it is above, and
 * raised step by step when it is not, as TCP does with its window (additive increase, multiplicative decrease). It goes by the
 * median of the last few seconds, since a single slow command says nothing. It belongs to the process rather than to a call, since
 * a chunk may be done before anything can be said. Safe for use by several threads.
 */
public final class LatencyBackoff {

    /** Never less than this share of full speed: a chunk must be done while its function lives. */
    static final double LEAST = 0.1;

    private static final double STEP = 0.05;
    private static final long WINDOW = TimeUnit.SECONDS.toNanos(10);
    private static final int ENOUGH = 3;
    private static final long RAISE_EVERY = TimeUnit.SECONDS.toNanos(2);
    /** Time for one halving to have its effect before the next. */
    private static final long HALVE_EVERY = TimeUnit.SECONDS.toNanos(6);
    /** What was found before a process idled says nothing any more. */
    private static final long FORGOTTEN = TimeUnit.MINUTES.toNanos(1);

    private final PassingTime time;
    private final long limit;
    private final Deque<Sample> samples = new ArrayDeque<>();
    private long sampledAt;
    private long judgedAt;
    private volatile double share = 1;

    /** @param at when it was taken, a reading of the time */
    private record Sample(long nanos, long at) {}

    /** @param limit latency up to which nothing is slowed; null for no limit */
    public LatencyBackoff(Duration limit, PassingTime time) {
        this.time = time;
        this.limit = limit == null ? Long.MAX_VALUE : limit.toNanos();
        this.sampledAt = time.nanos();
        this.judgedAt = time.nanos() - HALVE_EVERY;
    }

    /** Takes the time that one small write took, in nanoseconds. */
    public synchronized void sample(long nanos) {
        if (limit == Long.MAX_VALUE) {
            return;
        }
        long now = time.nanos();
        if (now - sampledAt > FORGOTTEN) {
            samples.clear();
            share = 1;
        }
        sampledAt = now;
        samples.addLast(new Sample(nanos, now));
        while (now - samples.getFirst().at() > WINDOW) {
            samples.removeFirst();
        }
        if (samples.size() >= ENOUGH) {
            judge(now);
        }
    }

    private void judge(long now) {
        if (median() <= limit) {
            if (share < 1 && now - judgedAt >= RAISE_EVERY) {
                share = Math.min(1, share + STEP);
                judgedAt = now;
            }
        } else if (now - judgedAt >= HALVE_EVERY) {
            share = Math.max(LEAST, share / 2);
            judgedAt = now;
            // The next judgement is of what this one does, the last sample aside, so that something can be shown.
            Sample last = samples.getLast();
            samples.clear();
            samples.addLast(last);
        }
    }

    /** Returns the share of full speed to work at, from {@link #LEAST} to 1. */
    double share() {
        return share;
    }

    /** Returns the same for whom it is shown to; null where nothing is slowed. */
    Double slowedTo() {
        return share < 1 ? share : null;
    }

    /** Returns the latency that it goes by, in milliseconds; null where there is no limit or no sample yet. */
    synchronized Long latencyMillis() {
        return samples.isEmpty() ? null : TimeUnit.NANOSECONDS.toMillis(median());
    }

    private long median() {
        return samples.stream()
                .mapToLong(Sample::nanos)
                .sorted()
                .skip((samples.size() - 1) / 2)
                .findFirst()
                .orElseThrow();
    }
}

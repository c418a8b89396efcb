package dev.resync.pace;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * Slows down while the database's latency is above a limit, and comes back: halved when it is above, raised step by step when it
 * is not, as TCP does with its window (additive increase, multiplicative decrease). It goes by the median of the last few
 * samples, since a single slow command says nothing. For one thread.
 */
final class LatencyBackoff {

    /** Never less than this share of full speed: a chunk must be done while its function lives. */
    static final double LEAST = 0.1;

    private static final double STEP = 0.05;
    private static final int SAMPLES = 5;
    private static final int ENOUGH = 3;

    private final Deque<Long> samples = new ArrayDeque<>();
    private final long limit;
    private double share = 1;

    /** @param limit latency up to which nothing is slowed; null for no limit */
    LatencyBackoff(Duration limit) {
        this.limit = limit == null ? Long.MAX_VALUE : limit.toNanos();
    }

    /** Takes the time that one command took, in nanoseconds. */
    void sample(long nanos) {
        if (limit == Long.MAX_VALUE) {
            return;
        }
        samples.addLast(nanos);
        if (samples.size() > SAMPLES) {
            samples.removeFirst();
        }
        if (samples.size() < ENOUGH) {
            return;
        }
        if (median() > limit) {
            share = Math.max(LEAST, share / 2);
            // The next judgement is of what this one does, the last sample aside, so that something can be shown.
            samples.clear();
            samples.addLast(nanos);
        } else {
            share = Math.min(1, share + STEP);
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
    Long latencyMillis() {
        return samples.isEmpty() ? null : TimeUnit.NANOSECONDS.toMillis(median());
    }

    private long median() {
        return samples.stream()
                .sorted()
                .skip((samples.size() - 1) / 2)
                .findFirst()
                .orElseThrow();
    }
}

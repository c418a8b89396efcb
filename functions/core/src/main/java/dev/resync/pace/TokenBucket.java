package dev.resync.pace;

import java.util.concurrent.TimeUnit;

/**
 * A token bucket for documents that are counted after they were handled: what is taken beyond the rate is owed and paid for by
 * waiting. It begins empty and holds a second's worth, so that a slow batch may be made up for. For one thread.
 */
final class TokenBucket {

    private static final double SECOND = TimeUnit.SECONDS.toNanos(1);

    private double perSecond = Double.POSITIVE_INFINITY;
    private double tokens;
    private long at;

    /** @param now reading of the time, in nanoseconds */
    TokenBucket(long now) {
        this.at = now;
    }

    /**
     * Sets the rate; what is owed stays owed, unless there is no limit any more.
     *
     * @param rate documents a second, more than 0; infinite for no limit
     */
    void setRate(double rate, long now) {
        refill(now);
        perSecond = rate;
        tokens = limited() ? Math.min(tokens, perSecond) : 0;
    }

    /** Takes documents that were handled, whole ones or parts. */
    void take(double documents, long now) {
        refill(now);
        if (limited()) {
            tokens -= documents;
        }
    }

    /** Returns for how long nothing may be taken, in nanoseconds; 0 for not at all. */
    long nanosToWait(long now) {
        refill(now);
        return tokens >= 0 ? 0 : (long) Math.ceil(-tokens * SECOND / perSecond);
    }

    private void refill(long now) {
        if (limited()) {
            tokens = Math.min(perSecond, tokens + (now - at) * perSecond / SECOND);
        }
        at = now;
    }

    private boolean limited() {
        return perSecond < Double.POSITIVE_INFINITY;
    }
}

package dev.resync.pace;

import java.time.Duration;

/**
 * Time that passes, and can be waited for. Unlike a clock it tells no date and is never set, and whoever waits and whoever
 * measures see the same.
 */
public interface PassingTime {

    /** Returns a reading in nanoseconds; only the difference of two of them means anything. */
    long nanos();

    /**
     * Waits.
     *
     * @param duration not negative
     * @throws IllegalStateException where the thread is interrupted, which stays marked so
     */
    void sleep(Duration duration);
}

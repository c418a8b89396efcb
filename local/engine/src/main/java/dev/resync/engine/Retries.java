package dev.resync.engine;

import java.time.Duration;
import java.util.List;
import java.util.function.DoubleSupplier;

/** Counts the retries of one visit to a state. Each Retry entry has a count of its own. */
final class Retries {
    private final List<State.Retrier> retriers;
    private final long[] used;
    private int count;

    Retries(List<State.Retrier> retriers) {
        this.retriers = retriers;
        this.used = new long[retriers.size()];
    }

    /** How often the state has been tried again, whichever entry it was. */
    int count() {
        return count;
    }

    /**
     * Uses up one retry of the first entry that matches.
     *
     * @return how long to wait, or null if there is no such entry or it is used up
     */
    Duration next(StatesError error, DoubleSupplier random) {
        for (int i = 0; i < retriers.size(); i++) {
            State.Retrier retrier = retriers.get(i);
            if (retrier.errors().stream().anyMatch(error::isMatchedBy)) {
                if (used[i] >= retrier.maxAttempts()) {
                    return null;
                }
                count++;
                return delay(retrier, used[i]++, random);
            }
        }
        return null;
    }

    private static Duration delay(State.Retrier retrier, long before, DoubleSupplier random) {
        double longest = retrier.maxDelaySeconds() == null ? Limits.MOST_SECONDS : retrier.maxDelaySeconds();
        double seconds = Math.min(longest, retrier.intervalSeconds() * Math.pow(retrier.backoffRate(), before));
        double chosen = retrier.fullJitter() ? seconds * random.getAsDouble() : seconds;
        return Duration.ofMillis(Math.round(chosen * 1000));
    }
}

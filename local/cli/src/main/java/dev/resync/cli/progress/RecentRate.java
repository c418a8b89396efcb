package dev.resync.cli.progress;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** Documents a second in the last few seconds, so that it shows when a pace has changed. For one thread. */
final class RecentRate {

    private static final Duration WINDOW = Duration.ofSeconds(10);

    private final Deque<Seen> seen = new ArrayDeque<>();

    private record Seen(Instant at, long documents) {}

    /** Forgets what it has seen: another step begins. */
    void reset() {
        seen.clear();
    }

    /**
     * Returns the rate; 0 where nothing can be said yet.
     *
     * @param documents documents handled so far
     */
    long perSecond(Instant now, long documents) {
        seen.addLast(new Seen(now, documents));
        // The last one from before the window is what the window begins with.
        while (seen.size() > 1 && !secondOldest().at().isAfter(now.minus(WINDOW))) {
            seen.removeFirst();
        }
        Seen from = seen.getFirst();
        long millis = Duration.between(from.at(), now).toMillis();
        return millis == 0 ? 0 : Math.max(0, documents - from.documents()) * 1000 / millis;
    }

    private Seen secondOldest() {
        return seen.stream().skip(1).findFirst().orElseThrow();
    }
}

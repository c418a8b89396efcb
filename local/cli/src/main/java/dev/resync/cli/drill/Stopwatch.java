package dev.resync.cli.drill;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * Measures how long it takes from a stop to the receipt: the time that passes here, and the waits of the state machines,
 * which virtual time skips.
 */
final class Stopwatch {

    private final Supplier<Instant> virtual;
    private long stoppedNanos;
    private Instant stopped;
    private Duration longest = Duration.ZERO;

    /** @param virtual the time of the state machines */
    Stopwatch(Supplier<Instant> virtual) {
        this.virtual = virtual;
    }

    /** The execution is being stopped now. */
    synchronized void start() {
        stoppedNanos = System.nanoTime();
        stopped = virtual.get();
    }

    /** Nothing more is measured until the next stop. */
    synchronized void reset() {
        stopped = null;
    }

    /** A function has answered: where it says that the run is closed, the time is taken. */
    synchronized void answered(String function, JsonNode answer) {
        boolean closed =
                answer.path("outcome").asText().equals("CLOSED") || (function.equals("finish") && answer.has("ending"));
        if (stopped == null || !closed) {
            return;
        }
        Duration took =
                Duration.ofNanos(System.nanoTime() - stoppedNanos).plus(Duration.between(stopped, virtual.get()));
        longest = took.compareTo(longest) > 0 ? took : longest;
        stopped = null;
    }

    /** Returns the longest time from a stop to its receipt; zero where nothing was stopped. */
    synchronized Duration longest() {
        return longest;
    }
}

package dev.resync.cli.drill;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * Measures how long it takes from a moment, such as a stop, to the receipt: the time that passes here, and the waits of the
 * state machines, which virtual time skips.
 */
final class Stopwatch {

    private final Supplier<Instant> virtual;
    private long beganNanos;
    private Instant began;
    private Duration longest = Duration.ZERO;

    /** @param virtual the time of the state machines */
    Stopwatch(Supplier<Instant> virtual) {
        this.virtual = virtual;
    }

    /** It begins now, unless it has begun already. */
    synchronized void start() {
        if (began == null) {
            beganNanos = System.nanoTime();
            began = virtual.get();
        }
    }

    /** Nothing more is measured until the next start. */
    synchronized void reset() {
        began = null;
    }

    /** A function has answered: where it says that the run is closed, the time is taken. */
    synchronized void answered(String function, JsonNode answer) {
        boolean closed =
                answer.path("outcome").asText().equals("CLOSED") || (function.equals("finish") && answer.has("ending"));
        if (began == null || !closed) {
            return;
        }
        Duration took = Duration.ofNanos(System.nanoTime() - beganNanos).plus(Duration.between(began, virtual.get()));
        longest = took.compareTo(longest) > 0 ? took : longest;
        began = null;
    }

    /** Returns the longest time from a start to its receipt; zero where there was none. */
    synchronized Duration longest() {
        return longest;
    }
}

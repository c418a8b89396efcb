package dev.resync.engine;

import java.time.Duration;
import java.time.Instant;

/**
 * The engine's only source of time: the clock, and the timers behind waits, retries and time-outs.
 *
 * <p>The engine reports its own activity through {@link #began} and {@link #ended}, so that an implementation can
 * tell when nothing but time can make anything happen. All methods may be called from any thread.
 */
public interface Scheduler extends AutoCloseable {
    /** What the engine is doing. */
    enum Work {
        /** The engine interprets a state or delivers an event; always short. */
        STEP,
        /** A function call is under way; takes as long as it takes. */
        CALL
    }

    /** A timer that was set. */
    @FunctionalInterface
    interface Timer {
        /** Makes the action not run, unless it has begun; may be called more than once and after the action. */
        void cancel();
    }

    /**
     * The time now.
     *
     * @return never earlier than what was returned before
     */
    Instant now();

    /**
     * Sets a timer.
     *
     * @param delay from now; zero or negative means as soon as possible
     * @param action short and non-blocking; runs once on a thread of the scheduler's choice
     * @return the timer
     */
    Timer schedule(Duration delay, Runnable action);

    /**
     * A piece of work begins, or waits in a queue from now on.
     *
     * @param work its kind
     */
    default void began(Work work) {}

    /**
     * A piece of work has ended, and whatever follows from it was reported by {@link #began} before this call.
     *
     * @param work its kind
     */
    default void ended(Work work) {}

    /** Cancels all timers and ends all threads of the scheduler. */
    @Override
    void close();
}

package dev.resync.cli.local;

import dev.resync.engine.TransitionListener;
import dev.resync.store.Checkpoints;
import java.time.Clock;
import java.util.function.UnaryOperator;

/**
 * Where others watch the platform at work, or get in its way.
 *
 * @param checkpoints told before and after every decisive step
 * @param calls stand around every function call
 * @param transitions told of every state that is entered or left
 * @param events stand between status-change events and their rule
 * @param clock makes the functions' clock from the engine's
 */
public record PlatformHooks(
        Checkpoints checkpoints,
        FunctionCalls calls,
        TransitionListener transitions,
        EventDelivery events,
        UnaryOperator<Clock> clock) {

    /** Nobody watches, and nobody is in the way. */
    public static final PlatformHooks NONE = new PlatformHooks(
            Checkpoints.NONE, FunctionCalls.PLAIN, transition -> {}, EventDelivery.PLAIN, UnaryOperator.identity());

    /** Returns the same hooks around other calls. */
    public PlatformHooks withCalls(FunctionCalls other) {
        return new PlatformHooks(checkpoints, other, transitions, events, clock);
    }

    /** Returns the same hooks with another clock for the functions. */
    public PlatformHooks withClock(UnaryOperator<Clock> other) {
        return new PlatformHooks(checkpoints, calls, transitions, events, other);
    }

    /** Returns the same hooks with another listener. */
    public PlatformHooks withTransitions(TransitionListener other) {
        return new PlatformHooks(checkpoints, calls, other, events, clock);
    }
}

package dev.resync.engine;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/**
 * What all executions of an engine share.
 *
 * @param ids gives a new id at each call
 * @param random gives a number from 0 (included) to 1 (excluded)
 * @param tokens what tasks wait for
 */
record Machinery(
        Scheduler scheduler,
        ExecutorService steps,
        ExecutorService calls,
        LambdaInvoker invoker,
        Supplier<String> ids,
        DoubleSupplier random,
        Library library,
        StatusEvents events,
        List<TransitionListener> transitions,
        Executions executions,
        TaskTokens tokens,
        int mostChildren,
        int longestHistory) {
    private static final System.Logger LOG = System.getLogger(Machinery.class.getName());

    /** Runs a step of an execution later, unless the execution has been closed by then. */
    void post(Execution execution, Runnable step) {
        execution.strand().post(() -> execution.step(step));
    }

    Scheduler.Timer schedule(Execution execution, Duration delay, Runnable step) {
        return scheduler.schedule(delay, () -> post(execution, step));
    }

    void announce(TransitionListener.Direction direction, Execution execution, State state) {
        if (transitions.isEmpty()) {
            return;
        }
        var transition = new TransitionListener.Transition(
                direction, execution.stateMachineArn(), execution.arn(), state.name(), state.type());
        for (TransitionListener listener : transitions) {
            try {
                listener.onTransition(transition);
            } catch (RuntimeException | Error e) {
                LOG.log(Level.WARNING, "a listener of transitions failed", e);
            }
        }
    }
}

package dev.resync.engine;

/**
 * Sees every state being entered and left, for progress displays and for tests that act in the middle of a state.
 *
 * <p>Called by the interpreter between two steps of the execution: the state that was entered does nothing before
 * the call returns. A listener must be quick and must not wait for the engine. It may call
 * {@link Engine#stopExecution} for the same execution or one of the same map run, which then takes effect at once.
 */
@FunctionalInterface
public interface TransitionListener {
    /** Which way. */
    enum Direction {
        /** The state is entered, or entered again by a redrive. */
        ENTERED,
        /** The state is left by Next, End or Catch. A state that fails for good is never left. */
        EXITED
    }

    /**
     * One transition.
     *
     * @param direction which way
     * @param stateMachineArn see {@link ExecutionDescription#stateMachineArn}
     * @param executionArn the execution
     * @param state the state's name
     * @param type the state's type, such as Task
     */
    record Transition(Direction direction, String stateMachineArn, String executionArn, String state, String type) {}

    /**
     * A state was entered or left. What it throws is logged and otherwise without effect.
     *
     * @param transition not null
     */
    void onTransition(Transition transition);
}

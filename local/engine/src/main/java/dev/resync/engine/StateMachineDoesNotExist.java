package dev.resync.engine;

/** No state machine is registered under that ARN. */
public final class StateMachineDoesNotExist extends RuntimeException {
    StateMachineDoesNotExist(String message) {
        super(message);
    }
}

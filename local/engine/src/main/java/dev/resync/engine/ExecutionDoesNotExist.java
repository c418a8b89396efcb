package dev.resync.engine;

/** The engine knows no execution with that ARN. */
public final class ExecutionDoesNotExist extends RuntimeException {
    ExecutionDoesNotExist(String message) {
        super(message);
    }
}

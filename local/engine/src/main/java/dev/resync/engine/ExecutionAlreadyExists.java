package dev.resync.engine;

/** There is an execution of that name already, with another input or closed. Its name cannot be used again. */
public final class ExecutionAlreadyExists extends RuntimeException {
    ExecutionAlreadyExists(String message) {
        super(message);
    }
}

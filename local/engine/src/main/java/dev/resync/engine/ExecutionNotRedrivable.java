package dev.resync.engine;

/** The execution is running, has succeeded, or belongs to a map run that must be redriven as a whole. */
public final class ExecutionNotRedrivable extends RuntimeException {
    ExecutionNotRedrivable(String message) {
        super(message);
    }
}

package dev.resync.engine;

/** A task had that token, and is over: it timed out, was answered, or its execution was closed. */
public final class TaskTimedOut extends TaskDoesNotExist {
    TaskTimedOut(String message) {
        super(message);
    }
}

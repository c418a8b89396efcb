package dev.resync.engine;

/** No task waits for that token: it was never given out, or its task is over. */
public final class TaskDoesNotExist extends RuntimeException {
    TaskDoesNotExist(String message) {
        super(message);
    }
}

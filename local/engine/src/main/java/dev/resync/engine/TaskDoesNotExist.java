package dev.resync.engine;

/** No task waits for that token. A token that was given out is told apart as {@link TaskTimedOut}. */
public class TaskDoesNotExist extends RuntimeException {
    TaskDoesNotExist(String message) {
        super(message);
    }
}

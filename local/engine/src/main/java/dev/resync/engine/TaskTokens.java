package dev.resync.engine;

import java.util.LinkedHashMap;
import java.util.Map;

/** Tokens of tasks that wait to be answered, and the last ones of those that do not any more. */
final class TaskTokens {
    private static final int REMEMBERED = 10_000;

    private final Map<String, TaskRun> waiting = new LinkedHashMap<>();
    private final Map<String, Boolean> spent = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    };

    synchronized void add(String token, TaskRun task) {
        waiting.put(token, task);
    }

    synchronized void spend(String token) {
        if (waiting.remove(token) != null) {
            spent.put(token, true);
        }
    }

    /** Null if no task waits for it. */
    synchronized TaskRun find(String token) {
        return waiting.get(token);
    }

    /** The error for a token that no task waits for. */
    synchronized TaskDoesNotExist unknown(String token) {
        return spent.containsKey(token)
                ? new TaskTimedOut("the task that waited for the token " + token + " is over")
                : new TaskDoesNotExist("no task waits for the token " + token);
    }
}

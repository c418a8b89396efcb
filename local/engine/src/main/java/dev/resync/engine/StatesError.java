package dev.resync.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** An error in the sense of the language: a name that Retry and Catch match, and a cause for people. */
final class StatesError extends RuntimeException {
    static final String ALL = "States.ALL";
    static final String TASK_FAILED = "States.TaskFailed";
    static final String TIMEOUT = "States.Timeout";
    static final String HEARTBEAT_TIMEOUT = "States.HeartbeatTimeout";
    static final String QUERY_EVALUATION = "States.QueryEvaluationError";
    static final String NO_CHOICE_MATCHED = "States.NoChoiceMatched";
    static final String TOLERATED_FAILURES_EXCEEDED = "States.ExceedToleratedFailureThreshold";
    static final String DATA_LIMIT = "States.DataLimitExceeded";
    static final String RUNTIME = "States.Runtime";

    private final String error;
    private final String cause;

    /** Both may be null: a Fail state need not name them. */
    StatesError(String error, String cause) {
        super(error + ": " + cause, null, false, false);
        this.error = error;
        this.cause = cause;
    }

    static StatesError query(String cause) {
        return new StatesError(QUERY_EVALUATION, cause);
    }

    static StatesError runtime(String cause) {
        return new StatesError(RUNTIME, cause);
    }

    String error() {
        return error;
    }

    String causeText() {
        return cause;
    }

    boolean is(String name) {
        return name.equals(error);
    }

    /** The value of {@code $states.errorOutput}. */
    JsonNode errorOutput() {
        ObjectNode output = Json.NODES.objectNode();
        output.put("Error", error == null ? "" : error);
        if (cause != null) {
            output.put("Cause", cause);
        }
        return output;
    }

    /** Whether a name listed in ErrorEquals stands for this error. */
    boolean isMatchedBy(String listed) {
        if (is(RUNTIME)) {
            return false;
        }
        return switch (listed) {
            case ALL -> !is(DATA_LIMIT);
            case TASK_FAILED -> !is(TIMEOUT) && !is(DATA_LIMIT);
            case TIMEOUT -> is(TIMEOUT) || is(HEARTBEAT_TIMEOUT);
            default -> is(listed);
        };
    }
}

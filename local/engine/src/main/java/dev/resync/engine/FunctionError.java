package dev.resync.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** A function call failed. What Retry and Catch see is the error type as Error, and {@link #cause()} as Cause. */
public final class FunctionError extends Exception {
    private final String errorType;
    private final String errorMessage;
    private final String cause;

    private FunctionError(String errorType, String errorMessage, String cause) {
        super(errorType + ": " + errorMessage);
        this.errorType = errorType;
        this.errorMessage = errorMessage;
        this.cause = cause;
    }

    /**
     * The function threw. Its Cause is JSON text with {@code errorMessage} and {@code errorType}.
     *
     * @param errorType for Java functions the full class name of the exception; not null
     * @param errorMessage may be null
     */
    public FunctionError(String errorType, String errorMessage) {
        this(errorType, errorMessage, List.of());
    }

    /**
     * The function threw, with a stack trace.
     *
     * @param errorType for Java functions the full class name of the exception; not null
     * @param errorMessage may be null
     * @param stackTrace one entry per frame; left out of the Cause if empty
     */
    public FunctionError(String errorType, String errorMessage, List<String> stackTrace) {
        this(errorType, errorMessage, causeOf(errorType, errorMessage, stackTrace));
    }

    /**
     * The service failed, not the function. Its Cause is the plain message.
     *
     * @param error such as {@code Lambda.TooManyRequestsException}; not null
     * @param message for people; may be null
     * @return the error
     */
    public static FunctionError ofService(String error, String message) {
        return new FunctionError(error, message, message);
    }

    private static String causeOf(String errorType, String errorMessage, List<String> stackTrace) {
        ObjectNode cause = Json.NODES.objectNode();
        cause.put("errorMessage", errorMessage);
        cause.put("errorType", errorType);
        if (!stackTrace.isEmpty()) {
            stackTrace.forEach(cause.putArray("stackTrace")::add);
        }
        return Json.text(cause);
    }

    /**
     * The name that ErrorEquals matches.
     *
     * @return not null
     */
    public String errorType() {
        return errorType;
    }

    /**
     * What happened, for people.
     *
     * @return may be null
     */
    public String errorMessage() {
        return errorMessage;
    }

    /**
     * The Cause as the state machine sees it.
     *
     * @return may be null
     */
    public String cause() {
        return cause;
    }
}

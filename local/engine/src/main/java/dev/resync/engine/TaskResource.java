package dev.resync.engine;

import java.util.regex.Pattern;

/** What a Task calls. Only Lambda functions, in the three ways the language knows. */
record TaskResource(String text, Kind kind) {
    private static final Pattern FUNCTION_ARN =
            Pattern.compile("arn:aws[a-z-]*:lambda:[a-z0-9-]+:\\d{12}:function:[A-Za-z0-9-_]+(:[A-Za-z0-9-_$]+)?");

    enum Kind {
        /** The resource is the function; its answer is the result. */
        FUNCTION,
        /** {@code lambda:invoke}: the result has the shape of the Lambda API's answer. */
        INVOKE,
        /** {@code lambda:invoke.waitForTaskToken}: the result comes with the token. */
        INVOKE_AND_WAIT
    }

    /** Null if the engine does not support the resource. */
    static TaskResource of(String text) {
        if (text.equals("arn:aws:states:::lambda:invoke")) {
            return new TaskResource(text, Kind.INVOKE);
        }
        if (text.equals("arn:aws:states:::lambda:invoke.waitForTaskToken")) {
            return new TaskResource(text, Kind.INVOKE_AND_WAIT);
        }
        return FUNCTION_ARN.matcher(text).matches() ? new TaskResource(text, Kind.FUNCTION) : null;
    }

    boolean waits() {
        return kind == Kind.INVOKE_AND_WAIT;
    }

    boolean isFunction() {
        return kind == Kind.FUNCTION;
    }

    /** How AWS names the resource in history events. */
    String action() {
        return switch (kind) {
            case FUNCTION -> text;
            case INVOKE -> "invoke";
            case INVOKE_AND_WAIT -> "invoke.waitForTaskToken";
        };
    }
}

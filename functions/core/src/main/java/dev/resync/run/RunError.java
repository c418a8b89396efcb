package dev.resync.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.resync.store.ControlJson;

/**
 * What stopped a run.
 *
 * @param name stable name, such as {@code dev.resync.error.GateRefused}
 * @param message for people
 */
public record RunError(String name, String message) {

    /**
     * Returns the error of an execution, with the message that people need: Lambda wraps it as JSON with its stack trace.
     *
     * @param name as the execution gives it; never null
     * @param cause as the execution gives it; may be null
     */
    public static RunError of(String name, String cause) {
        if (cause == null) {
            return new RunError(name, "");
        }
        try {
            return new RunError(
                    name,
                    ControlJson.mapper().readTree(cause).path("errorMessage").asText(cause));
        } catch (JsonProcessingException notFromLambda) {
            return new RunError(name, cause);
        }
    }
}

package dev.resync.engine;

import com.fasterxml.jackson.databind.JsonNode;

/** Calls functions for the engine. Called from many threads at once; never interrupted by the engine. */
@FunctionalInterface
public interface LambdaInvoker {
    /**
     * Calls a function and waits for its answer. An answer that comes after the task was stopped or timed out is
     * dropped, as on AWS. Anything thrown but {@link FunctionError} becomes the error {@code Lambda.Unknown}.
     *
     * @param functionArn as the definition has it: an ARN or a name, with {@code :<qualifier>} if one was given
     * @param payload the function's input; not null, not to be changed
     * @return the function's answer; null stands for JSON null
     * @throws FunctionError if the function, or the service on its behalf, reports an error
     */
    JsonNode invoke(String functionArn, JsonNode payload) throws FunctionError;
}

package dev.resync.cli.local;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.engine.FunctionError;
import java.util.function.Supplier;

/** Stands around every function call: to watch, to delay, to repeat or to break it in rehearsals. */
@FunctionalInterface
public interface FunctionCalls {

    /** Calls and nothing else. */
    FunctionCalls PLAIN = (function, payload, call) -> call.get();

    /**
     * Makes a call.
     *
     * @param function name of the function
     * @param payload event; not to be changed
     * @param call does the work; may be called any number of times
     * @return the answer that the state machine gets
     * @throws FunctionError what the state machine gets instead of an answer
     */
    JsonNode around(String function, JsonNode payload, Supplier<JsonNode> call) throws FunctionError;
}

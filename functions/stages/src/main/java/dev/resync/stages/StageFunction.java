package dev.resync.stages;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.stage.Stages;

/**
 * A Lambda function that calls one stage: event in as JSON, answer out as JSON, as {@link Stages#call} has them.
 *
 * <p>All functions are in one package; {@code QUARKUS_LAMBDA_HANDLER} names the one that a process serves. Errors of
 * {@link dev.resync.error} pass through, so that Lambda reports them under their full class name.
 */
public abstract class StageFunction implements RequestHandler<JsonNode, JsonNode> {

    private final String name;
    private final Calls calls;

    /**
     * @param name name of the function, equal to its stage's
     * @param calls makes the calls of all functions
     */
    protected StageFunction(String name, Calls calls) {
        this.name = name;
        this.calls = calls;
    }

    /** Returns the name of the function. */
    public final String name() {
        return name;
    }

    /**
     * Calls the stage.
     *
     * @param event input of the stage; null counts as JSON null
     * @param context says how much time is left; null for as much as it wants
     */
    @Override
    public JsonNode handleRequest(JsonNode event, Context context) {
        return calls.call(name, event, context);
    }
}

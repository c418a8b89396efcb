package dev.resync.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A function call as the arguments of a Task ask for it.
 *
 * @param bare the Task names the function itself, and its answer is the result
 * @param waitsForAnswer false for InvocationType Event
 */
record Invocation(String functionArn, JsonNode payload, boolean bare, boolean waitsForAnswer) {
    private static final int OK = 200;
    private static final int ACCEPTED = 202;

    /** @throws StatesError States.Runtime if an expression gave arguments that the Lambda API would refuse */
    static Invocation of(TaskResource resource, JsonNode arguments) {
        if (resource.isFunction()) {
            return new Invocation(resource.text(), arguments, true, true);
        }
        if (!arguments.isObject()) {
            throw StatesError.runtime("The arguments of lambda:invoke must be an object.");
        }
        arguments.fieldNames().forEachRemaining(field -> {
            if (!TaskReader.INVOKE_ARGUMENTS.contains(field)) {
                throw StatesError.runtime("The field '" + field + "' is no argument of lambda:invoke.");
            }
        });
        String function = arguments.path("FunctionName").textValue();
        if (function == null || function.isEmpty()) {
            throw StatesError.runtime("The argument FunctionName of lambda:invoke must be a string.");
        }
        String qualifier = arguments.path("Qualifier").textValue();
        String type = arguments.path("InvocationType").asText("RequestResponse");
        if (!TaskReader.INVOCATION_TYPES.contains(type)) {
            throw StatesError.runtime("This engine does not support the invocation type " + type + ".");
        }
        JsonNode payload = arguments.get("Payload");
        return new Invocation(
                qualifier == null ? function : function + ":" + qualifier,
                payload == null ? Json.NODES.objectNode() : payload,
                false,
                type.equals("RequestResponse"));
    }

    /** The value of {@code $states.result} for the function's answer. */
    JsonNode resultOf(JsonNode answer) {
        if (bare) {
            return answer;
        }
        ObjectNode result = Json.NODES.objectNode();
        result.put("ExecutedVersion", "$LATEST");
        result.set("Payload", waitsForAnswer ? answer : Json.NODES.textNode(""));
        result.put("StatusCode", waitsForAnswer ? OK : ACCEPTED);
        return result;
    }
}

package dev.resync.engine;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/** Reads what only a Task has. */
final class TaskReader {
    /** The parameters of the Lambda API's Invoke action. */
    static final Set<String> INVOKE_ARGUMENTS =
            Set.of("FunctionName", "Payload", "InvocationType", "Qualifier", "LogType", "ClientContext");

    static final Set<String> INVOCATION_TYPES = Set.of("RequestResponse", "Event");

    private final Fields fields;

    TaskReader(Fields fields) {
        this.fields = fields;
    }

    State read(String name, State.ErrorHandling handling, State.Exit exit) {
        String text = fields.requireText("Resource");
        TaskResource resource = text == null ? null : TaskResource.of(text);
        if (text != null && resource == null) {
            fields.problem("Resource", "this engine does not support the resource " + text);
        }
        Template arguments = fields.template("Arguments");
        if (resource != null && !resource.isFunction()) {
            checkInvokeArguments(fields.take("Arguments"));
        }
        Template timeout = fields.number("TimeoutSeconds", 1, Limits.MOST_SECONDS, true);
        Template heartbeat = fields.number("HeartbeatSeconds", 1, Limits.MOST_SECONDS, true);
        if (heartbeat != null && resource != null && !resource.waits()) {
            fields.problem("HeartbeatSeconds", "HeartbeatSeconds needs a resource that ends with .waitForTaskToken");
        }
        if (isNumber(timeout)
                && isNumber(heartbeat)
                && heartbeat.constant().longValue() >= timeout.constant().longValue()) {
            fields.problem("HeartbeatSeconds", "HeartbeatSeconds must be smaller than TimeoutSeconds");
        }
        return new State.Task(name, resource, arguments, timeout, heartbeat, handling, exit);
    }

    private static boolean isNumber(Template template) {
        return template != null
                && template.constant() != null
                && template.constant().isNumber();
    }

    private void checkInvokeArguments(JsonNode arguments) {
        if (arguments == null) {
            fields.require("Arguments");
        } else if (arguments.isObject()) {
            Fields given = new Fields(
                    arguments, fields.pointer("Arguments"), "the arguments of lambda:invoke", fields.problems());
            INVOKE_ARGUMENTS.forEach(given::take);
            given.require("FunctionName");
            String type = arguments.path("InvocationType").asText("RequestResponse");
            if (!Expression.isExpression(type) && !INVOCATION_TYPES.contains(type)) {
                given.problem("InvocationType", "this engine does not support the invocation type " + type);
            }
            given.done();
        } else if (!Expression.isExpression(arguments.asText())) {
            fields.problem("Arguments", "Arguments must be an object or a JSONata string");
        }
    }
}

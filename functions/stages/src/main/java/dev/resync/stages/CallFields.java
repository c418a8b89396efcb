package dev.resync.stages;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the log says of one call: ids, names and numbers, never a text that somebody wrote. For one thread. */
final class CallFields {

    /** Fields of every line that is logged during a call, where they are known. */
    static final List<String> OF_A_CALL =
            List.of("awsRequestId", "chunk", "environment", "epoch", "function", "run", "traceId");

    /** Fields of the one line that ends a call, besides the numbers of its answer and its figures. */
    static final List<String> OF_ITS_END = List.of("ending", "milliseconds", "next", "outcome");

    private static final String TRACE_PROPERTY = "com.amazonaws.xray.traceHeader";
    private static final String TRACE_VARIABLE = "_X_AMZN_TRACE_ID";
    private static final String ROOT = "Root=";
    private static final int LONGEST_ID = 200;

    private final Map<String, String> fields = new TreeMap<>();

    private CallFields() {}

    /**
     * Returns the fields of a call that begins.
     *
     * @param context null where there is none
     */
    static CallFields of(String function, JsonNode event, Context context) {
        CallFields fields = new CallFields();
        fields.put("function", function);
        fields.id("run", event.path("runId"));
        fields.number("epoch", event.path("epoch"));
        fields.number("chunk", event.path("index"));
        if (context != null && context.getAwsRequestId() != null) {
            fields.put("awsRequestId", context.getAwsRequestId());
        }
        String trace = trace(context);
        if (trace != null) {
            fields.put("traceId", trace);
        }
        return fields;
    }

    void put(String name, Object value) {
        fields.put(name, String.valueOf(value));
    }

    /** Adds the numbers of an answer, how many entries its lists have, and of its texts the ids and names of states alone. */
    void countsOf(JsonNode answer) {
        id("run", answer.path("runId"));
        number("epoch", answer.path("epoch"));
        id("ending", answer.path("ending"));
        id("next", answer.path("outcome"));
        answer.properties().forEach(field -> {
            String name = "answer." + field.getKey();
            if (field.getValue().isNumber() || field.getValue().isBoolean()) {
                put(name, field.getValue().asText());
            } else if (field.getValue().isArray()) {
                put(name, field.getValue().size());
            }
        });
    }

    /** Returns all fields by name. */
    Map<String, String> all() {
        return Map.copyOf(fields);
    }

    private void id(String name, JsonNode value) {
        if (value.isTextual() && value.textValue().length() <= LONGEST_ID) {
            put(name, value.textValue());
        }
    }

    private void number(String name, JsonNode value) {
        if (value.isIntegralNumber()) {
            put(name, value.asText());
        }
    }

    /** Returns the id of the trace, as X-Ray shows it; null where the call is not traced. */
    private static String trace(Context context) {
        String header = context == null ? null : context.getXrayTraceId();
        // The runtime of a native function gives it as a property, the managed one in older versions as a variable.
        if (header == null) {
            header = System.getProperty(TRACE_PROPERTY);
        }
        if (header == null) {
            header = System.getenv(TRACE_VARIABLE);
        }
        return header == null
                ? null
                : Arrays.stream(header.split(";"))
                        .filter(part -> part.startsWith(ROOT))
                        .map(part -> part.substring(ROOT.length()))
                        .findFirst()
                        .orElse(null);
    }
}

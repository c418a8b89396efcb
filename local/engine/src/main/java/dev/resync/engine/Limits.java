package dev.resync.engine;

import com.fasterxml.jackson.databind.JsonNode;

/** The quotas and ranges of Step Functions. */
final class Limits {
    /** Input, output, result and variables of a state, in bytes of UTF-8. */
    static final int PAYLOAD_BYTES = 262_144;

    /** Input and output together, escaped, in an event of EventBridge. */
    static final int EVENT_DATA_BYTES = 248 * 1024;

    static final long MOST_SECONDS = 99_999_999;
    static final long MOST_DELAY_SECONDS = 31_622_400;
    static final int MOST_CONCURRENT_ITERATIONS = 40;
    static final int MOST_CONCURRENT_CHILDREN = 10_000;
    static final int LONGEST_NAME = 80;
    static final int LONGEST_LABEL = 40;

    private Limits() {}

    static String range(double least, double most, boolean whole) {
        return (whole ? "an integer from " : "a number from ") + (long) least + " to " + (long) most;
    }

    /** @throws StatesError States.DataLimitExceeded */
    static JsonNode requireSize(JsonNode payload, String what, String state) {
        if (Json.isLargerThan(payload, PAYLOAD_BYTES)) {
            throw new StatesError(
                    StatesError.DATA_LIMIT,
                    "The " + what + " of state '" + state + "' is larger than " + PAYLOAD_BYTES + " bytes.");
        }
        return payload;
    }

    /**
     * A number that an expression gave for a field.
     *
     * @return null if the field is absent
     * @throws StatesError States.QueryEvaluationError if it is out of range
     */
    static Double number(Template field, Bindings bindings, String name, double least, double most, boolean whole) {
        if (field == null) {
            return null;
        }
        JsonNode value = field.evaluate(bindings);
        boolean fits = value.isNumber()
                && (!whole || value.isIntegralNumber())
                && value.doubleValue() >= least
                && value.doubleValue() <= most;
        if (!fits) {
            throw StatesError.query("The field '" + name + "' must be " + range(least, most, whole) + ", not " + value);
        }
        return value.doubleValue();
    }

    /** A string that an expression gave for a field; null if the field is absent. */
    static String text(Template field, Bindings bindings, String name) {
        if (field == null) {
            return null;
        }
        JsonNode value = field.evaluate(bindings);
        if (!value.isTextual()) {
            throw StatesError.query("The field '" + name + "' must be a string, not " + value);
        }
        return value.textValue();
    }
}

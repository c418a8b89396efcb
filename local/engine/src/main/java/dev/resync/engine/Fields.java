package dev.resync.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * One object of a definition, read field by field. What nobody asked for is a problem, so a misspelt or
 * misplaced field is never ignored.
 */
final class Fields {
    private static final Set<String> JSON_PATH = Set.of(
            "InputPath",
            "OutputPath",
            "ResultPath",
            "Parameters",
            "ResultSelector",
            "Result",
            "ItemsPath",
            "SecondsPath",
            "TimestampPath",
            "TimeoutSecondsPath",
            "HeartbeatSecondsPath",
            "MaxConcurrencyPath",
            "ToleratedFailureCountPath",
            "ToleratedFailurePercentagePath",
            "ErrorPath",
            "CausePath",
            "Variable");
    private static final Map<String, String> UNSUPPORTED = Map.of(
            "ItemReader", "this engine does not support ItemReader",
            "ItemBatcher", "this engine does not support ItemBatcher",
            "ResultWriter", "this engine does not support ResultWriter",
            "Credentials", "this engine does not support Credentials",
            "Iterator", "Iterator is the old name of ItemProcessor");

    private final ObjectNode object;
    private final String pointer;
    private final String what;
    private final Problems problems;
    private final Set<String> asked = new HashSet<>();

    /** @param what how to call the object in messages, such as "state 'Admit' (Task)" */
    Fields(JsonNode node, String pointer, String what, Problems problems) {
        this.pointer = pointer;
        this.what = what;
        this.problems = problems;
        if (node instanceof ObjectNode given) {
            object = given;
        } else {
            object = Json.NODES.objectNode();
            problems.add(pointer, what + " must be an object");
        }
    }

    String pointer() {
        return pointer;
    }

    String pointer(String field) {
        return Pointer.child(pointer, field);
    }

    Problems problems() {
        return problems;
    }

    void problem(String field, String message) {
        problems.add(pointer(field), what + ": " + message);
    }

    boolean has(String field) {
        return object.has(field);
    }

    /** The field's value or null; counts as known from now on. */
    JsonNode take(String field) {
        asked.add(field);
        return object.get(field);
    }

    /** Like {@link #take}; reports a missing field. */
    JsonNode require(String field) {
        JsonNode value = take(field);
        if (value == null) {
            problems.add(pointer, what + ": field " + field + " is missing");
        }
        return value;
    }

    String text(String field) {
        JsonNode value = take(field);
        if (value == null) {
            return null;
        }
        if (!value.isTextual()) {
            problem(field, field + " must be a string");
            return null;
        }
        return value.textValue();
    }

    String requireText(String field) {
        return require(field) == null ? null : text(field);
    }

    /** A whole number within bounds; the fallback if absent or wrong. */
    Long integer(String field, long least, long most, Long fallback) {
        JsonNode value = take(field);
        if (value == null) {
            return fallback;
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong() || outside(value.longValue(), least, most)) {
            problem(field, field + " must be an integer from " + least + " to " + most);
            return fallback;
        }
        return value.longValue();
    }

    private static boolean outside(long value, long least, long most) {
        return value < least || value > most;
    }

    /** A value of any shape with expressions inside, or null. */
    Template template(String field) {
        JsonNode value = take(field);
        return value == null ? null : Template.compile(value, pointer(field), problems);
    }

    /** A number within bounds or one expression, or null. */
    Template number(String field, double least, double most, boolean whole) {
        Template template = scalar(field);
        if (template == null || template.constant() == null) {
            return template;
        }
        JsonNode value = template.constant();
        boolean fits = value.isNumber()
                && (!whole || value.isIntegralNumber())
                && value.doubleValue() >= least
                && value.doubleValue() <= most;
        if (!fits) {
            problem(field, field + " must be " + Limits.range(least, most, whole) + " or a JSONata string");
        }
        return template;
    }

    /** A string or one expression, or null. */
    Template string(String field) {
        Template template = scalar(field);
        if (template != null
                && template.constant() != null
                && !template.constant().isTextual()) {
            problem(field, field + " must be a string");
        }
        return template;
    }

    private Template scalar(String field) {
        JsonNode value = take(field);
        if (value != null && value.isContainerNode()) {
            problem(field, field + " must not be an object or array");
            return null;
        }
        return value == null ? null : Template.compile(value, pointer(field), problems);
    }

    /** Reports everything that was not asked for. */
    void done() {
        object.fieldNames().forEachRemaining(field -> {
            if (!asked.contains(field)) {
                problem(field, refusal(field));
            }
        });
    }

    private static String refusal(String field) {
        if (JSON_PATH.contains(field) || field.endsWith(".$")) {
            return "field " + field + " belongs to JSONPath; only JSONata is supported";
        }
        return UNSUPPORTED.getOrDefault(field, "field " + field + " is not allowed here");
    }
}

package dev.resync.cli.stepfunctions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The fields of a request, checked as they are read. Null in place of a field is the same as none.
 *
 * @param action name of the action
 * @param fields as they came
 */
record Request(String action, ObjectNode fields) {

    private static final int MOST_ON_A_PAGE = 1_000;
    private static final int ON_A_PAGE = 100;

    /** Returns whether a field was given. */
    boolean has(String name) {
        return fields.hasNonNull(name);
    }

    /** Returns a text that must be given, at most so many bytes of UTF-8. */
    String text(String name, int mostBytes) {
        String value = optionalText(name, mostBytes);
        if (value == null) {
            throw refused(name, "null", "Member must not be null");
        }
        return value;
    }

    /** Returns a text, at most so many bytes of UTF-8; null where there is none. */
    String optionalText(String name, int mostBytes) {
        if (!has(name)) {
            return null;
        }
        JsonNode value = fields.get(name);
        if (!value.isTextual()) {
            throw new ApiError("SerializationException", name + " is " + shown(value) + "; expected a string");
        }
        if (value.textValue().getBytes(StandardCharsets.UTF_8).length > mostBytes) {
            throw refused(name, shown(value), "Member must have length less than or equal to " + mostBytes);
        }
        return value.textValue();
    }

    /** Returns one of the names of an enum; null where there is none. */
    <E extends Enum<E>> E oneOf(String name, Class<E> names) {
        String value = optionalText(name, Integer.MAX_VALUE);
        for (E each : names.getEnumConstants()) {
            if (each.name().equals(value)) {
                return each;
            }
        }
        if (value == null) {
            return null;
        }
        throw refused(
                name,
                shown(fields.get(name)),
                "Member must satisfy enum value set: " + Arrays.toString(names.getEnumConstants()));
    }

    /** Returns a flag. */
    boolean flag(String name, boolean otherwise) {
        if (!has(name)) {
            return otherwise;
        }
        if (!fields.get(name).isBoolean()) {
            throw new ApiError(
                    "SerializationException", name + " is " + shown(fields.get(name)) + "; expected true or false");
        }
        return fields.get(name).booleanValue();
    }

    /** Returns a whole number; null where there is none. */
    Long whole(String name, long least, long most) {
        Double value = number(name, least, most);
        if (value == null) {
            return null;
        }
        if (!fields.get(name).isIntegralNumber()) {
            throw new ApiError(
                    "SerializationException", name + " is " + shown(fields.get(name)) + "; expected a whole number");
        }
        return fields.get(name).longValue();
    }

    /** Returns a number; null where there is none. */
    Double number(String name, double least, double most) {
        if (!has(name)) {
            return null;
        }
        JsonNode value = fields.get(name);
        if (!value.isNumber()) {
            throw new ApiError("SerializationException", name + " is " + shown(value) + "; expected a number");
        }
        if (value.doubleValue() < least) {
            throw refused(name, shown(value), "Member must have value greater than or equal to " + (long) least);
        }
        if (value.doubleValue() > most) {
            throw refused(name, shown(value), "Member must have value less than or equal to " + (long) most);
        }
        return value.doubleValue();
    }

    /** Returns how many results a page may have. */
    int pageSize() {
        Long asked = whole("maxResults", 0, MOST_ON_A_PAGE);
        return asked == null || asked == 0 ? ON_A_PAGE : asked.intValue();
    }

    /** Returns what is asked for, whichever page of it. */
    String withoutPage() {
        Map<String, JsonNode> rest = new TreeMap<>();
        fields.properties().forEach(field -> rest.put(field.getKey(), field.getValue()));
        rest.keySet().removeAll(Set.of("nextToken", "maxResults"));
        return action + rest;
    }

    private static String shown(JsonNode value) {
        String text = value.toString();
        int most = 100;
        return text.length() > most ? text.substring(0, most) + "..." : text;
    }

    private static ApiError refused(String name, String value, String constraint) {
        return ApiError.validation("1 validation error detected: Value " + value + " at '" + name
                + "' failed to satisfy constraint: " + constraint);
    }
}

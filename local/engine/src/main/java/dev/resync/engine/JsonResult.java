package dev.resync.engine;

import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Utils;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/** What an expression gave, as a Jackson node. Whole numbers come out as integers, as JavaScript would print them. */
final class JsonResult {
    private static final double LARGEST_EXACT = 9_007_199_254_740_991d;

    private JsonResult() {}

    /**
     * @param value a result of the library, not undefined
     * @throws IllegalArgumentException if there is no JSON for the value, as for a function or a regular expression
     */
    static JsonNode of(Object value) {
        JsonNode viewed = JsonView.nodeOf(value);
        if (viewed != null) {
            return viewed;
        }
        if (value == null || value == Jsonata.NULL_VALUE) {
            return Json.NODES.nullNode();
        }
        if (value instanceof String text) {
            return Json.NODES.textNode(text);
        }
        if (value instanceof Boolean flag) {
            return Json.NODES.booleanNode(flag);
        }
        if (value instanceof Number number) {
            return number(number);
        }
        if (value instanceof List<?> list) {
            ArrayNode array = Json.NODES.arrayNode(list.size());
            list.forEach(item -> array.add(of(item)));
            return array;
        }
        if (value instanceof Map<?, ?> map && !Utils.isFunction(value)) {
            return object(map);
        }
        throw new IllegalArgumentException("a function is not a JSON value");
    }

    private static ObjectNode object(Map<?, ?> map) {
        ObjectNode object = Json.NODES.objectNode();
        map.forEach((key, item) -> {
            if (item != null) {
                object.set(String.valueOf(key), of(item));
            }
        });
        return object;
    }

    private static JsonNode number(Number number) {
        if (number instanceof Integer whole) {
            return Json.NODES.numberNode(whole);
        }
        if (number instanceof Long whole) {
            return (int) (long) whole == whole ? Json.NODES.numberNode(whole.intValue()) : Json.NODES.numberNode(whole);
        }
        if (number instanceof BigInteger whole) {
            return Json.NODES.numberNode(whole);
        }
        if (number instanceof BigDecimal decimal) {
            return number(decimal.doubleValue());
        }
        double value = number.doubleValue();
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            throw new IllegalArgumentException("a number that is not finite is not a JSON value");
        }
        boolean whole = value == Math.rint(value) && Math.abs(value) <= LARGEST_EXACT;
        return whole ? number((long) value) : Json.NODES.numberNode(value);
    }
}

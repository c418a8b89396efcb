package dev.resync.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A JSON value whose strings may be expressions, at any depth. Compiled once, evaluated often. */
sealed interface Template {
    JsonNode evaluate(Bindings bindings);

    /** The value if it holds no expression, else null. */
    default JsonNode constant() {
        return null;
    }

    static Template compile(JsonNode node, String pointer, Problems problems) {
        if (node.isTextual() && Expression.isExpression(node.textValue())) {
            Expression expression = Expression.compile(node.textValue(), pointer, problems);
            return expression == null ? new Constant(node) : new Evaluated(expression);
        }
        if (node.isObject()) {
            Map<String, Template> fields = new LinkedHashMap<>();
            node.properties()
                    .forEach(field -> fields.put(
                            field.getKey(),
                            compile(field.getValue(), Pointer.child(pointer, field.getKey()), problems)));
            boolean fixed = fields.values().stream().allMatch(field -> field.constant() != null);
            return fixed ? new Constant(node) : new ObjectTemplate(fields);
        }
        if (node.isArray()) {
            List<Template> items = new ArrayList<>(node.size());
            for (int i = 0; i < node.size(); i++) {
                items.add(compile(node.get(i), Pointer.child(pointer, String.valueOf(i)), problems));
            }
            boolean fixed = items.stream().allMatch(item -> item.constant() != null);
            return fixed ? new Constant(node) : new ArrayTemplate(List.copyOf(items));
        }
        return new Constant(node);
    }

    /** A value without expressions. */
    record Constant(JsonNode value) implements Template {
        @Override
        public JsonNode evaluate(Bindings bindings) {
            return value;
        }

        @Override
        public JsonNode constant() {
            return value;
        }
    }

    /** A string that is an expression. */
    record Evaluated(Expression expression) implements Template {
        @Override
        public JsonNode evaluate(Bindings bindings) {
            return expression.evaluate(bindings);
        }
    }

    /** An object with an expression somewhere inside. */
    record ObjectTemplate(Map<String, Template> fields) implements Template {
        @Override
        public JsonNode evaluate(Bindings bindings) {
            ObjectNode object = Json.NODES.objectNode();
            fields.forEach((name, field) -> object.set(name, field.evaluate(bindings)));
            return object;
        }
    }

    /** An array with an expression somewhere inside. */
    record ArrayTemplate(List<Template> items) implements Template {
        @Override
        public JsonNode evaluate(Bindings bindings) {
            ArrayNode array = Json.NODES.arrayNode(items.size());
            items.forEach(item -> array.add(item.evaluate(bindings)));
            return array;
        }
    }
}

package dev.resync.engine;

import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Utils;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import java.util.Set;

/**
 * Read-only Java collections over Jackson nodes, as the JSONata library wants them, without copying.
 *
 * <p>JSON null becomes {@link Jsonata#NULL_VALUE}, so the library can tell it from undefined, which is Java null.
 * With plain nulls {@code $exists($states.input.x)} and {@code x = null} would be wrong for a field that is null.
 */
final class JsonView {
    private JsonView() {}

    static Object of(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> new ObjectView((ObjectNode) node);
            case ARRAY -> new ArrayView((ArrayNode) node);
            case STRING -> node.textValue();
            case BOOLEAN -> node.booleanValue();
            case NUMBER -> number(node);
            default -> Jsonata.NULL_VALUE;
        };
    }

    /** The node behind a view, or null if the value is no view. */
    static JsonNode nodeOf(Object value) {
        if (value instanceof ObjectView view) {
            return view.node;
        }
        return value instanceof ArrayView view ? view.node : null;
    }

    // The library compares numbers inside objects by equals: one Java type per value, the one its own parser uses.
    private static Number number(JsonNode node) {
        return node.isBigInteger() && !node.canConvertToLong()
                ? node.bigIntegerValue()
                : Utils.convertNumber(node.numberValue());
    }

    private static final class ObjectView extends AbstractMap<String, Object> {
        private final ObjectNode node;

        ObjectView(ObjectNode node) {
            this.node = node;
        }

        @Override
        public Object get(Object key) {
            JsonNode value = node.get(String.valueOf(key));
            return value == null ? null : of(value);
        }

        @Override
        public boolean containsKey(Object key) {
            return node.has(String.valueOf(key));
        }

        @Override
        public int size() {
            return node.size();
        }

        @Override
        public Set<Entry<String, Object>> entrySet() {
            return new EntryView(node);
        }
    }

    private static final class EntryView extends AbstractSet<Map.Entry<String, Object>> {
        private final ObjectNode node;

        EntryView(ObjectNode node) {
            this.node = node;
        }

        @Override
        public Iterator<Map.Entry<String, Object>> iterator() {
            Iterator<Map.Entry<String, JsonNode>> fields = node.properties().iterator();
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return fields.hasNext();
                }

                @Override
                public Map.Entry<String, Object> next() {
                    Map.Entry<String, JsonNode> field = fields.next();
                    return Map.entry(field.getKey(), of(field.getValue()));
                }
            };
        }

        @Override
        public int size() {
            return node.size();
        }
    }

    private static final class ArrayView extends AbstractList<Object> implements List<Object>, RandomAccess {
        private final ArrayNode node;

        ArrayView(ArrayNode node) {
            this.node = node;
        }

        @Override
        public Object get(int index) {
            JsonNode value = node.get(index);
            if (value == null) {
                throw new IndexOutOfBoundsException(index);
            }
            return of(value);
        }

        @Override
        public int size() {
            return node.size();
        }
    }
}

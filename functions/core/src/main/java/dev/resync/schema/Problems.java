package dev.resync.schema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.error.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Gathers the problems of one document. */
public final class Problems {

    private final Set<Problem> found = new LinkedHashSet<>();

    /** Adds a problem, unless it is known. */
    public void add(Problem problem) {
        found.add(problem);
    }

    /** Adds the problem of a value, by its JSON pointer. */
    public void add(String pointer, String message) {
        found.add(new Problem(pointer, message));
    }

    /** Returns whether there is none. */
    public boolean isEmpty() {
        return found.isEmpty();
    }

    /** Returns the problems in the order of the document. */
    public List<Problem> sorted(JsonNode document) {
        Map<String, Integer> order = new HashMap<>();
        number("", document, order);
        List<Problem> sorted = new ArrayList<>(found);
        sorted.sort(Comparator.comparingInt(problem -> position(problem.pointer(), order)));
        return sorted;
    }

    private static int position(String pointer, Map<String, Integer> order) {
        Integer position = order.get(pointer);
        return position != null ? position : position(pointer.substring(0, pointer.lastIndexOf('/')), order);
    }

    private static void number(String pointer, JsonNode node, Map<String, Integer> order) {
        order.put(pointer, order.size());
        node.properties()
                .forEach(field -> number(pointer + "/" + SchemaCheck.escape(field.getKey()), field.getValue(), order));
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            number(pointer + "/" + i, node.get(i), order);
        }
    }
}

package dev.resync.plan;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.error.PlanInvalid.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Gathers the problems of one plan document. */
final class Problems {

    private final Set<Problem> found = new LinkedHashSet<>();

    void add(Problem problem) {
        found.add(problem);
    }

    void add(String pointer, String message) {
        found.add(new Problem(pointer, message));
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    /** Returns the problems in the order of the document. */
    List<Problem> sorted(JsonNode document) {
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

package dev.resync.verify;

import dev.resync.plan.EachRule;
import dev.resync.plan.FieldRule;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The fields that rules write, as a tree of their names. Filled while it is made, then never changed. */
final class FieldTree {

    private final Map<String, FieldTree> below = new HashMap<>();
    private FieldTree elements;
    private boolean written;

    FieldTree(List<FieldRule> rules) {
        for (FieldRule rule : rules) {
            FieldTree at = this;
            for (String step : rule.path().split("\\.")) {
                at = at.below.computeIfAbsent(step, unused -> new FieldTree(List.of()));
            }
            at.written = true;
            if (rule instanceof EachRule each) {
                at.elements = new FieldTree(each.fields());
            }
        }
    }

    /** Returns what stands below a name; null where no rule writes there. */
    FieldTree below(String name) {
        return below.get(name);
    }

    /** Returns whether a rule writes the field itself, rather than fields below it. */
    boolean written() {
        return written;
    }

    /** Returns the fields of the elements of an array that {@code each} makes; null for anything else. */
    FieldTree elements() {
        return elements;
    }
}

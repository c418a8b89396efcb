package dev.resync.plan;

import dev.resync.schema.Place;
import dev.resync.schema.Problems;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Checks that every target path is written once, and that none runs through another. */
final class PathCheck {

    private final Problems problems;

    PathCheck(Problems problems) {
        this.problems = problems;
    }

    /**
     * @param rules the rules of one document
     * @param root whether it is the target document itself, whose {@code _id} is the key
     */
    void check(List<Place> rules, boolean root) {
        Map<String, String> written = new TreeMap<>();
        for (Place rule : rules) {
            Place path = rule.at("path");
            String text = path.text();
            if (text.isEmpty()) {
                continue;
            }
            if (root && (text.equals("_id") || text.startsWith("_id."))) {
                problems.add(path.pointer(), "is \"" + text + "\", but _id is always the key; remove this rule");
                continue;
            }
            for (Map.Entry<String, String> other : written.entrySet()) {
                checkPair(path, other.getKey(), other.getValue());
            }
            written.putIfAbsent(text, path.pointer());
            check(rule.at("fields").items(), false);
        }
    }

    private void checkPair(Place path, String other, String otherPointer) {
        String text = path.text();
        if (text.equals(other)) {
            problems.add(
                    path.pointer(), "is \"" + text + "\", which " + otherPointer + " writes, too; remove one of them");
        } else if (text.startsWith(other + ".") || other.startsWith(text + ".")) {
            problems.add(
                    path.pointer(),
                    "is \"" + text + "\", but " + otherPointer + " writes \"" + other
                            + "\": a field cannot be a value and hold fields; rename one of them");
        }
    }
}

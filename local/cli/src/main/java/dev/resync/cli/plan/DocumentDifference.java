package dev.resync.cli.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.BiFunction;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/** Where two documents differ, field by field. The order of fields counts, and so does the type of a value. */
final class DocumentDifference {

    private final List<String> differences = new ArrayList<>();

    private final BiFunction<String, BsonValue, String> shown;

    private DocumentDifference(BiFunction<String, BsonValue, String> shown) {
        this.shown = shown;
    }

    /**
     * Returns one line for each difference, with the path of the field; none where the documents are equal.
     *
     * @param shown gives the text of the value at a path
     */
    static List<String> of(BsonDocument expected, BsonDocument found, BiFunction<String, BsonValue, String> shown) {
        DocumentDifference difference = new DocumentDifference(shown);
        difference.compare("", expected, found);
        return difference.differences;
    }

    private void compare(String path, BsonDocument expected, BsonDocument found) {
        TreeSet<String> both = new TreeSet<>(expected.keySet());
        both.retainAll(found.keySet());
        expected.forEach((name, value) -> {
            if (both.contains(name)) {
                compare(path + name, value, found.get(name));
            } else {
                differences.add(
                        path + name + ": expected " + shown.apply(path + name, value) + ", found no such field");
            }
        });
        found.forEach((name, value) -> {
            if (!both.contains(name)) {
                differences.add(path + name + ": expected no such field, found " + shown.apply(path + name, value));
            }
        });
        List<String> wanted = expected.keySet().stream().filter(both::contains).toList();
        List<String> order = found.keySet().stream().filter(both::contains).toList();
        for (int i = 0; i < wanted.size(); i++) {
            if (!wanted.get(i).equals(order.get(i))) {
                differences.add(path + wanted.get(i) + ": expected before " + order.get(i) + ", found after it");
                return;
            }
        }
    }

    private void compare(String path, BsonValue expected, BsonValue found) {
        if (expected instanceof BsonDocument wanted && found instanceof BsonDocument document) {
            compare(path + ".", wanted, document);
        } else if (expected instanceof BsonArray wanted && found instanceof BsonArray array) {
            compare(path, wanted, array);
        } else if (!expected.equals(found)) {
            differences.add(path + ": expected " + shown.apply(path, expected) + ", found " + shown.apply(path, found));
        }
    }

    private void compare(String path, BsonArray expected, BsonArray found) {
        if (expected.size() != found.size()) {
            differences.add(path + ": expected " + expected.size() + " elements, found " + found.size() + ": "
                    + shown.apply(path, found));
            return;
        }
        for (int i = 0; i < expected.size(); i++) {
            compare(path + "[" + i + "]", expected.get(i), found.get(i));
        }
    }
}

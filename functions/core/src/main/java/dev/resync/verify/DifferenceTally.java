package dev.resync.verify;

import dev.resync.plan.Sensitivity;
import dev.resync.plan.TargetPlan;
import dev.resync.verify.FieldComparison.Kind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;

/**
 * Counts differences of one target, with examples. What it holds is bounded by the number of rules; the result is the same
 * whatever the order of documents. Not safe for use by several threads at once.
 */
final class DifferenceTally {

    /** Most fields that are told of though no rule writes them: those whose paths come first. */
    static final int MOST_OTHER_FIELDS = 100;

    /** Where all further ones are counted. */
    static final String OTHER_FIELDS = "(all other fields)";

    private static final int LONGEST_PATH = 200;
    private static final BsonDocumentCodec CODEC = new BsonDocumentCodec();

    private final String target;
    private final Sensitivity sensitivity;
    private final FieldComparison comparison;
    private final Map<String, Map<Kind, ExampleTally>> written = new TreeMap<>();
    private final TreeMap<String, Map<Kind, ExampleTally>> others = new TreeMap<>();
    private final ExampleTally addedKeys;
    private final ExampleTally removedKeys;
    /** Null as long as there are none. */
    private Map<Kind, ExampleTally> rest;

    private boolean differs;
    private long differing;
    private long onlyForm;
    private long unexamined;

    DifferenceTally(TargetPlan plan, Sensitivity sensitivity) {
        this.target = plan.name();
        this.sensitivity = sensitivity;
        this.comparison = new FieldComparison(new FieldTree(plan.fields()));
        this.addedKeys = new ExampleTally(sensitivity.key());
        this.removedKeys = new ExampleTally(sensitivity.key());
    }

    void added(BsonValue key) {
        addedKeys.count(key, null, null, false);
    }

    void removed(BsonValue key) {
        removedKeys.count(key, null, null, false);
    }

    /**
     * Counts a document that changed.
     *
     * @param before as live has it; null where it was not kept
     */
    void changed(BsonValue key, RawBsonDocument before, RawBsonDocument after) {
        if (before == null) {
            unexamined++;
            return;
        }
        differs = false;
        comparison.compare(decoded(before), decoded(after), (kind, path, isWritten, left, right) -> {
            differs = true;
            boolean hidden = isWritten ? sensitivity.hidesRule(target + "." + path) : sensitivity.any();
            field(path, isWritten).get(kind).count(key, left, right, hidden);
        });
        if (differs) {
            differing++;
        } else {
            onlyForm++;
        }
    }

    private Map<Kind, ExampleTally> field(String path, boolean isWritten) {
        if (isWritten) {
            return written.computeIfAbsent(path, unused -> kinds());
        }
        // A path made of keys may be as long as a document.
        String name = path.length() <= LONGEST_PATH ? path : path.substring(0, LONGEST_PATH - 1) + "…";
        Map<Kind, ExampleTally> known = others.get(name);
        if (known != null) {
            return known;
        }
        if (others.size() < MOST_OTHER_FIELDS && rest == null) {
            return others.computeIfAbsent(name, unused -> kinds());
        }
        if (rest == null) {
            rest = kinds(ExampleTally::withoutExamples);
        }
        if (name.compareTo(others.lastKey()) > 0) {
            return rest;
        }
        // The last one makes room, and never comes back, since all that stay come before it.
        others.pollLastEntry().getValue().forEach((kind, tally) -> rest.get(kind)
                .add(tally));
        return others.computeIfAbsent(name, unused -> kinds());
    }

    private Map<Kind, ExampleTally> kinds() {
        return kinds(() -> new ExampleTally(sensitivity.key()));
    }

    private static Map<Kind, ExampleTally> kinds(Supplier<ExampleTally> made) {
        Map<Kind, ExampleTally> kinds = new EnumMap<>(Kind.class);
        for (Kind kind : Kind.values()) {
            kinds.put(kind, made.get());
        }
        return kinds;
    }

    private static BsonDocument decoded(RawBsonDocument document) {
        return document.decode(CODEC);
    }

    /** Returns what was counted. */
    TargetDifferences toDifferences() {
        ExampleBudget budget = new ExampleBudget();
        Difference added = budget.take(addedKeys);
        Difference removed = budget.take(removedKeys);
        Map<String, Map<Kind, ExampleTally>> all = new TreeMap<>(others);
        all.putAll(written);
        if (rest != null) {
            all.put(OTHER_FIELDS, rest);
        }
        List<FieldDifference> fields = new ArrayList<>();
        all.forEach((path, kinds) -> fields.add(new FieldDifference(
                path,
                budget.take(kinds.get(Kind.CHANGED)),
                budget.take(kinds.get(Kind.ADDED)),
                budget.take(kinds.get(Kind.LOST)))));
        return new TargetDifferences(
                target, added, removed, differing, onlyForm, unexamined, fields, rest != null || budget.exceeded());
    }
}

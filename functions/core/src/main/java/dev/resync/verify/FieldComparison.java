package dev.resync.verify;

import dev.resync.plan.value.BsonOrder;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonType;
import org.bson.BsonValue;

/** Finds the fields in which two documents of one key differ: field by field where rules write, whole elsewhere. */
final class FieldComparison {

    private final FieldTree tree;

    /** @param tree fields that rules write */
    FieldComparison(FieldTree tree) {
        this.tree = tree;
    }

    /** What becomes of a value. */
    enum Kind {
        CHANGED,
        ADDED,
        LOST
    }

    /** Told of each value that differs. */
    interface Sink {

        /**
         * @param written whether a rule writes the field
         * @param before value in live; may be null or BSON null
         * @param after value in the new view; may be null or BSON null
         */
        void differs(Kind kind, String path, boolean written, BsonValue before, BsonValue after);
    }

    /** Compares two documents; {@code _id} apart. */
    void compare(BsonDocument before, BsonDocument after, Sink sink) {
        documents(before, after, tree, "", sink);
    }

    private void documents(BsonDocument before, BsonDocument after, FieldTree at, String prefix, Sink sink) {
        Set<String> names = new LinkedHashSet<>(before.keySet());
        names.addAll(after.keySet());
        for (String name : names) {
            if (!name.equals("_id") || !prefix.isEmpty()) {
                field(before.get(name), after.get(name), at.below(name), prefix + name, sink);
            }
        }
    }

    private void field(BsonValue before, BsonValue after, FieldTree at, String path, Sink sink) {
        if (at == null) {
            value(before, after, path, false, sink);
        } else if (at.elements() != null && paired(before, after)) {
            List<BsonValue> left = before.asArray();
            List<BsonValue> right = after.asArray();
            for (int i = 0; i < left.size(); i++) {
                documents(left.get(i).asDocument(), right.get(i).asDocument(), at.elements(), path + "[].", sink);
            }
        } else if (!at.written() && embeddable(before) && embeddable(after)) {
            documents(embedded(before), embedded(after), at, path + ".", sink);
        } else {
            value(before, after, path, at.written(), sink);
        }
    }

    private static void value(BsonValue before, BsonValue after, String path, boolean written, Sink sink) {
        boolean none = isNone(before);
        if (none && isNone(after)) {
            return;
        }
        if (none) {
            sink.differs(Kind.ADDED, path, written, before, after);
        } else if (isNone(after)) {
            sink.differs(Kind.LOST, path, written, before, after);
        } else if (!before.equals(after)) {
            sink.differs(Kind.CHANGED, path, written, before, after);
        }
    }

    /** As field presence counts it. */
    private static boolean isNone(BsonValue value) {
        return isNull(value) || (value.isArray() && value.asArray().isEmpty());
    }

    private static boolean isNull(BsonValue value) {
        return value == null || value.isNull() || value.getBsonType() == BsonType.UNDEFINED;
    }

    private static boolean embeddable(BsonValue value) {
        return isNull(value) || value.isDocument();
    }

    private static BsonDocument embedded(BsonValue value) {
        return isNull(value) ? new BsonDocument() : value.asDocument();
    }

    /** Elements have no identity of their own: as many in another order are a change of the array. */
    private static boolean paired(BsonValue before, BsonValue after) {
        if (isNull(before) || isNull(after) || !before.isArray() || !after.isArray()) {
            return false;
        }
        BsonArray left = before.asArray();
        BsonArray right = after.asArray();
        return left.size() == right.size()
                && left.stream().allMatch(BsonValue::isDocument)
                && right.stream().allMatch(BsonValue::isDocument)
                && (left.equals(right) || !sorted(left).equals(sorted(right)));
    }

    private static List<BsonValue> sorted(BsonArray array) {
        List<BsonValue> sorted = new ArrayList<>(array);
        sorted.sort(BsonOrder.INSTANCE);
        return sorted;
    }
}

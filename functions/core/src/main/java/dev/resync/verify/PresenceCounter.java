package dev.resync.verify;

import dev.resync.plan.EachRule;
import dev.resync.plan.FieldRule;
import dev.resync.plan.TargetPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonBinaryReader;
import org.bson.BsonDocument;
import org.bson.BsonDocumentReader;
import org.bson.BsonReader;
import org.bson.BsonReaderMark;
import org.bson.BsonType;
import org.bson.RawBsonDocument;
import org.bson.io.ByteBufferBsonInput;

/**
 * Counts in how many documents each field of a target has a value. Each document is gone over once, whatever the number of
 * fields. Not safe for use by several threads at once.
 */
final class PresenceCounter {

    private final List<Field> fields = new ArrayList<>();
    private final Node root = new Node();
    /** Told apart by number, documents and elements need not be forgotten one by one. */
    private long instance;

    PresenceCounter(TargetPlan target) {
        for (FieldRule rule : target.fields()) {
            Node node = root.below(rule.path());
            node.field = add(target.name() + "." + rule.path());
            root.counted.add(node.field);
            if (rule instanceof EachRule each) {
                node.element = node.element == null ? new Node() : node.element;
                for (FieldRule inner : each.fields()) {
                    Node within = node.element.below(inner.path());
                    within.field = add(target.name() + "." + each.path() + "[]." + inner.path());
                    node.element.counted.add(within.field);
                }
            }
        }
    }

    private Field add(String id) {
        Field field = new Field(id);
        fields.add(field);
        return field;
    }

    void count(BsonDocument document) {
        try (BsonReader reader = document instanceof RawBsonDocument raw
                ? new BsonBinaryReader(new ByteBufferBsonInput(raw.getByteBuffer()))
                : new BsonDocumentReader(document)) {
            count(reader, root);
        }
    }

    List<Field> fields() {
        return fields;
    }

    /** Counts a document, or an element of an array. */
    private void count(BsonReader reader, Node node) {
        node.counted.forEach(field -> field.total++);
        instance++;
        descend(reader, node, instance);
    }

    private void descend(BsonReader reader, Node node, long within) {
        reader.readStartDocument();
        while (reader.readBsonType() != BsonType.END_OF_DOCUMENT) {
            Node child = node.children.get(reader.readName());
            // Of a name that a document has twice, the first is the one that everybody reads.
            if (child == null || child.seen == within) {
                reader.skipValue();
            } else {
                child.seen = within;
                take(reader, child, within);
            }
        }
        reader.readEndDocument();
    }

    private void take(BsonReader reader, Node node, long within) {
        BsonType type = reader.getCurrentBsonType();
        boolean empty = type == BsonType.NULL || (type == BsonType.ARRAY && isEmpty(reader));
        if (node.field != null && !empty) {
            node.field.values++;
        }
        if (type == BsonType.DOCUMENT && !node.children.isEmpty()) {
            descend(reader, node, within);
        } else if (type == BsonType.ARRAY && node.element != null) {
            elements(reader, node.element);
        } else {
            reader.skipValue();
        }
    }

    private void elements(BsonReader reader, Node element) {
        reader.readStartArray();
        while (reader.readBsonType() != BsonType.END_OF_DOCUMENT) {
            if (reader.getCurrentBsonType() == BsonType.DOCUMENT) {
                count(reader, element);
            } else {
                reader.skipValue();
            }
        }
        reader.readEndArray();
    }

    private static boolean isEmpty(BsonReader reader) {
        BsonReaderMark start = reader.getMark();
        reader.readStartArray();
        boolean empty = reader.readBsonType() == BsonType.END_OF_DOCUMENT;
        start.reset();
        return empty;
    }

    /** A name in the paths of the fields, and what is below it. */
    private static final class Node {
        private final Map<String, Node> children = new HashMap<>();
        /** Fields that each document, or each element, counts for; of the outermost nodes only. */
        private final List<Field> counted = new ArrayList<>();
        /** Null where no field ends here. */
        private Field field;
        /** What elements of the array hold; null where no field is within one. */
        private Node element;

        private long seen;

        private Node below(String path) {
            Node node = this;
            for (String step : path.split("\\.")) {
                node = node.children.computeIfAbsent(step, any -> new Node());
            }
            return node;
        }
    }

    /** One field with its counts. */
    static final class Field {
        private final String id;
        private long values;
        private long total;

        private Field(String id) {
            this.id = id;
        }

        String id() {
            return id;
        }

        long values() {
            return values;
        }

        long total() {
            return total;
        }
    }
}

package dev.resync.verify;

import dev.resync.plan.EachRule;
import dev.resync.plan.FieldRule;
import dev.resync.plan.TargetPlan;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/** Counts in how many documents each field of a target has a value. Not safe for use by several threads at once. */
final class PresenceCounter {

    private final List<Field> fields = new ArrayList<>();

    PresenceCounter(TargetPlan target) {
        for (FieldRule rule : target.fields()) {
            fields.add(new Field(target.name() + "." + rule.path(), null, rule.path()));
            if (rule instanceof EachRule each) {
                for (FieldRule inner : each.fields()) {
                    String id = target.name() + "." + each.path() + "[]." + inner.path();
                    fields.add(new Field(id, each.path(), inner.path()));
                }
            }
        }
    }

    void count(BsonDocument document) {
        fields.forEach(field -> field.count(document));
    }

    List<Field> fields() {
        return fields;
    }

    /** One field with its counts. */
    static final class Field {
        private final String id;
        private final String[] array;
        private final String[] path;
        private long values;
        private long total;

        private Field(String id, String array, String path) {
            this.id = id;
            this.array = array == null ? null : array.split("\\.");
            this.path = path.split("\\.");
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

        private void count(BsonDocument document) {
            if (array == null) {
                countIn(document);
                return;
            }
            BsonValue elements = read(document, array);
            if (elements != null && elements.isArray()) {
                for (BsonValue element : elements.asArray()) {
                    if (element.isDocument()) {
                        countIn(element.asDocument());
                    }
                }
            }
        }

        private void countIn(BsonDocument document) {
            total++;
            BsonValue value = read(document, path);
            boolean empty = value == null
                    || value.isNull()
                    || (value.isArray() && value.asArray().isEmpty());
            values += empty ? 0 : 1;
        }

        private static BsonValue read(BsonDocument document, String[] path) {
            BsonValue value = document;
            for (String step : path) {
                if (value == null || !value.isDocument()) {
                    return null;
                }
                value = value.asDocument().get(step);
            }
            return value;
        }
    }
}

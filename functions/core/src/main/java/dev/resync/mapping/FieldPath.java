package dev.resync.mapping;

import dev.resync.bson.FieldName;
import java.util.Arrays;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/** A dotted path, split once. */
final class FieldPath {

    private final String text;
    private final FieldName[] steps;

    FieldPath(String text) {
        this.text = text;
        this.steps = Arrays.stream(text.split("\\.")).map(FieldName::new).toArray(FieldName[]::new);
    }

    String text() {
        return text;
    }

    /** Returns the first step: the field of the document itself. */
    String top() {
        return steps[0].text();
    }

    /** Returns the value, or null if there is none; the array itself if one stands on the way. */
    BsonValue find(BsonDocument document) {
        BsonValue value = steps[0].in(document);
        for (int i = 1; i < steps.length; i++) {
            if (value == null || value instanceof BsonArray) {
                return value;
            }
            value = value.isDocument() ? steps[i].in(value.asDocument()) : null;
        }
        return value;
    }

    /**
     * Returns the value, or null if there is none.
     *
     * @throws MappingFailure if an array stands on the way
     */
    BsonValue value(BsonDocument document) {
        BsonValue value = steps[0].in(document);
        for (int i = 1; i < steps.length && value != null; i++) {
            if (value instanceof BsonArray) {
                throw new MappingFailure(MappingFailure.ARRAY_ON_PATH, value);
            }
            value = value.isDocument() ? steps[i].in(value.asDocument()) : null;
        }
        return value;
    }

    /** Writes a value, with embedded documents made where they are missing. */
    void put(BsonDocument document, BsonValue value) {
        BsonDocument holder = document;
        for (int i = 0; i < steps.length - 1; i++) {
            BsonValue next = holder.get(steps[i].text());
            if (next == null) {
                next = new BsonDocument();
                holder.put(steps[i].text(), next);
            }
            holder = next.asDocument();
        }
        holder.put(steps[steps.length - 1].text(), value);
    }
}

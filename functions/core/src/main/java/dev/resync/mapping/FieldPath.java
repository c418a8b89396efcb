package dev.resync.mapping;

import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/** A dotted path, split once. */
final class FieldPath {

    private final String text;
    private final String[] steps;

    FieldPath(String text) {
        this.text = text;
        this.steps = text.split("\\.");
    }

    String text() {
        return text;
    }

    /** Returns the first step: the field of the document itself. */
    String top() {
        return steps[0];
    }

    /** Returns the value, or null if there is none; the array itself if one stands on the way. */
    BsonValue find(BsonDocument document) {
        BsonValue value = document.get(steps[0]);
        for (int i = 1; i < steps.length; i++) {
            if (value == null || value instanceof BsonArray) {
                return value;
            }
            value = value.isDocument() ? value.asDocument().get(steps[i]) : null;
        }
        return value;
    }

    /**
     * Returns the value, or null if there is none.
     *
     * @throws MappingFailure if an array stands on the way
     */
    BsonValue value(BsonDocument document) {
        BsonValue value = document.get(steps[0]);
        for (int i = 1; i < steps.length && value != null; i++) {
            if (value instanceof BsonArray) {
                throw new MappingFailure(MappingFailure.ARRAY_ON_PATH, value);
            }
            value = value.isDocument() ? value.asDocument().get(steps[i]) : null;
        }
        return value;
    }

    /** Writes a value, with embedded documents made where they are missing. */
    void put(BsonDocument document, BsonValue value) {
        BsonDocument holder = document;
        for (int i = 0; i < steps.length - 1; i++) {
            BsonValue next = holder.get(steps[i]);
            if (next == null) {
                next = new BsonDocument();
                holder.put(steps[i], next);
            }
            holder = next.asDocument();
        }
        holder.put(steps[steps.length - 1], value);
    }
}

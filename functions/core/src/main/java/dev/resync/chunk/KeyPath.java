package dev.resync.chunk;

import dev.resync.bson.FieldName;
import java.util.Arrays;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/** Reads the value at a dotted path without looking into arrays. Immutable. */
public final class KeyPath {

    private final List<FieldName> steps;

    /** @param path dotted path, not empty */
    public KeyPath(String path) {
        this.steps = Arrays.stream(path.split("\\.")).map(FieldName::new).toList();
    }

    /** Returns the value; null where the path is missing, or where it is or passes through an array. */
    public BsonValue read(BsonDocument document) {
        BsonValue value = document;
        for (FieldName step : steps) {
            if (!value.isDocument()) {
                return null;
            }
            value = step.in(value.asDocument());
            if (value == null || value.isArray()) {
                return null;
            }
        }
        return value;
    }
}

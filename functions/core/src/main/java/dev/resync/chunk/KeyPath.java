package dev.resync.chunk;

import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/** Reads the value at a dotted path without looking into arrays. Immutable. */
public final class KeyPath {

    private final List<String> steps;

    /** @param path dotted path, not empty */
    public KeyPath(String path) {
        this.steps = List.of(path.split("\\."));
    }

    /** Returns the value; null where the path is missing, or where it is or passes through an array. */
    public BsonValue read(BsonDocument document) {
        BsonValue value = document;
        for (String step : steps) {
            if (!value.isDocument()) {
                return null;
            }
            value = value.asDocument().get(step);
            if (value == null || value.isArray()) {
                return null;
            }
        }
        return value;
    }
}

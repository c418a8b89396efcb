package dev.resync.mapping;

import java.util.List;
import java.util.Map;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/**
 * All documents of one key.
 *
 * @param key the plan's key; never null
 * @param documents documents by source name; the order of the lists does not matter, sources without documents may be
 *     missing
 * @param live documents that live has under this key, by target, as far as fields of them are to be preserved; targets that
 *     have none may be missing
 */
public record Bundle(
        BsonValue key, Map<String, List<? extends BsonDocument>> documents, Map<String, BsonDocument> live) {

    /** A bundle of which live has nothing that is to be preserved. */
    public Bundle(BsonValue key, Map<String, List<? extends BsonDocument>> documents) {
        this(key, documents, Map.of());
    }
}

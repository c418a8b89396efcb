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
 */
public record Bundle(BsonValue key, Map<String, List<? extends BsonDocument>> documents) {}

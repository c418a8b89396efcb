package dev.resync.trial;

import dev.resync.chunk.DocumentKey;
import dev.resync.plan.Plan;
import dev.resync.plan.TargetPlan;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/** What live is said to hold, by key, as far as the plan preserves fields of it. */
final class LiveDocuments {

    private final Map<BsonValue, Map<String, BsonDocument>> byKey = new HashMap<>();

    /**
     * @param plan the plan
     * @param documents documents by target; targets may be missing
     * @throws IllegalArgumentException if a name is none of the plan's targets, a document has no {@code _id}, or two of a
     *     target have one
     */
    LiveDocuments(Plan plan, Map<String, ? extends List<? extends BsonDocument>> documents) {
        documents.forEach((target, held) -> held.forEach(document -> put(plan.target(target), document)));
    }

    private void put(TargetPlan target, BsonDocument document) {
        BsonValue id = document.get("_id");
        if (id == null) {
            throw new IllegalArgumentException("A document of live " + target.name() + " has no _id.");
        }
        Map<String, BsonDocument> byTarget = byKey.computeIfAbsent(DocumentKey.of(id), any -> new TreeMap<>());
        if (byTarget.put(target.name(), document) != null) {
            throw new IllegalArgumentException("Two documents of live " + target.name() + " have the _id " + id + ".");
        }
    }

    /** Returns what live holds under a key, by target; empty where it holds nothing. */
    Map<String, BsonDocument> of(BsonValue key) {
        return byKey.getOrDefault(DocumentKey.of(key), Map.of());
    }
}

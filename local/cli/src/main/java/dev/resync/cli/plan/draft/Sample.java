package dev.resync.cli.plan.draft;

import com.mongodb.MongoNamespace;
import dev.resync.plan.value.WhiteSpace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;

/**
 * Documents of one collection that a draft looks at.
 *
 * @param namespace database and collection
 * @param exists whether there is such a collection
 * @param documents some documents, or all of a small collection
 * @param indexed first field of each index
 * @param profile the fields of the documents
 */
record Sample(
        MongoNamespace namespace, boolean exists, List<BsonDocument> documents, Set<String> indexed, Profile profile) {

    static Sample of(MongoNamespace namespace, List<BsonDocument> documents, Set<String> indexed) {
        return new Sample(namespace, true, List.copyOf(documents), Set.copyOf(indexed), Profile.of(documents));
    }

    static Sample missing(MongoNamespace namespace) {
        return new Sample(namespace, false, List.of(), Set.of(), Profile.of(List.of()));
    }

    /**
     * Returns the documents by the value of a field, as {@link KeyForm#comparable} gives it; documents without it, or with blank
     * text, are missing.
     */
    Map<BsonValue, List<BsonDocument>> by(String path) {
        Map<BsonValue, List<BsonDocument>> groups = new LinkedHashMap<>();
        for (BsonDocument document : documents) {
            BsonValue value = Profile.find(document, path);
            boolean blank = value instanceof BsonString text && WhiteSpace.isBlank(text.getValue());
            if (value != null && !value.isNull() && !blank) {
                groups.computeIfAbsent(KeyForm.comparable(value), any -> new ArrayList<>())
                        .add(document);
            }
        }
        return groups;
    }

    /** Returns the same with these documents besides, each once. */
    Sample with(List<BsonDocument> others) {
        Map<BsonValue, BsonDocument> byId = new LinkedHashMap<>();
        documents.forEach(document -> byId.put(document.get("_id"), document));
        others.forEach(document -> byId.putIfAbsent(document.get("_id"), document));
        return of(namespace, List.copyOf(byId.values()), indexed);
    }
}

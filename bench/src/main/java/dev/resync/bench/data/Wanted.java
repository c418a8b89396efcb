package dev.resync.bench.data;

import dev.resync.hash.ContentHash;
import dev.resync.hash.HashSum;
import dev.resync.plan.Plan;
import dev.resync.plan.TargetPlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;

/**
 * What every contender has to bring about.
 *
 * @param documents target documents, by target
 * @param hashes count and hash of each target
 */
public record Wanted(Map<String, List<RawBsonDocument>> documents, Map<String, ContentHash> hashes) {

    /** Maps all bundles in memory, without any database between. */
    public static Wanted of(Plan plan, Sources sources) {
        BundleDocuments mapping = new BundleDocuments(plan);
        BsonDocumentCodec codec = new BsonDocumentCodec();
        Map<String, List<RawBsonDocument>> documents = new LinkedHashMap<>();
        Map<String, HashSum> sums = new TreeMap<>();
        for (TargetPlan target : plan.targets()) {
            documents.put(target.name(), new ArrayList<>());
            sums.put(target.name(), new HashSum());
        }
        sources.byKey().forEach((key, bySource) -> mapping.of(key, bySource).forEach((target, document) -> {
            RawBsonDocument raw = new RawBsonDocument(document, codec);
            documents.get(target).add(raw);
            sums.get(target).add(raw);
        }));
        Map<String, ContentHash> hashes = new TreeMap<>();
        sums.forEach((target, sum) -> hashes.put(target, sum.toContentHash()));
        return new Wanted(documents, hashes);
    }
}

package dev.resync.bench.contender;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.ReplaceOptions;
import dev.resync.bench.data.BundleDocuments;
import dev.resync.bench.data.Sources;
import dev.resync.bench.link.Link;
import dev.resync.bench.measure.Recorder;
import dev.resync.plan.SourcePlan;
import dev.resync.plan.TargetPlan;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;

/**
 * The incident's way: one message a doctor, handled one after another, with one find a source and one save a target. No queue is
 * measured: the messages are at hand.
 */
public final class PerDocument implements Contender {

    public static final String NAME = "per-document";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void run(Ground ground, Link link, Recorder recorder) {
        ground.clean(ground::own, true);
        Handler handler = new Handler(ground, link);
        recorder.measure(NAME, () -> ground.keys().forEach(handler::handle));
        ground.require(NAME, ground::own, ground.wanted().hashes());
        ground.clean(ground::own, false);
    }

    private static final class Handler {
        private final BundleDocuments mapping;
        private final Map<String, MongoCollection<RawBsonDocument>> sources = new LinkedHashMap<>();
        private final Map<String, MongoCollection<BsonDocument>> targets = new HashMap<>();

        private Handler(Ground ground, Link link) {
            mapping = new BundleDocuments(ground.plan());
            for (SourcePlan source : ground.plan().sources()) {
                sources.put(source.name(), link.store().raw(Sources.joined(source.name())));
            }
            for (TargetPlan target : ground.plan().targets()) {
                targets.put(target.name(), link.store().raw(ground.own(target)).withDocumentClass(BsonDocument.class));
            }
        }

        private void handle(BsonValue key) {
            Map<String, List<BsonDocument>> documents = new HashMap<>();
            sources.forEach((name, collection) -> {
                List<BsonDocument> found =
                        Sources.documents(collection.find(id(key)).first());
                if (!found.isEmpty()) {
                    documents.put(name, found);
                }
            });
            mapping.of(key, documents).forEach((target, document) -> targets.get(target)
                    .replaceOne(id(key), document, new ReplaceOptions().upsert(true)));
        }

        private static BsonDocument id(BsonValue key) {
            return new BsonDocument("_id", key);
        }
    }
}

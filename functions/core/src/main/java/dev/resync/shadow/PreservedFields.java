package dev.resync.shadow;

import dev.resync.chunk.DocumentKey;
import dev.resync.chunk.KeyPath;
import dev.resync.chunk.KeyRange;
import dev.resync.plan.Plan;
import dev.resync.plan.PreservedRule;
import dev.resync.plan.TargetPlan;
import dev.resync.run.Run;
import dev.resync.snapshot.SnapshotTarget;
import dev.resync.stage.StageContext;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;

/**
 * What live had of the fields that others own, for one range of keys. Read from the sealed snapshot, so that mapping the same
 * range again gives the same.
 */
final class PreservedFields {

    private static final String ID = "_id";

    private final Map<BsonValue, Map<String, BsonDocument>> byKey = new HashMap<>();

    /** Reads them; reads nothing where the plan preserves none. */
    PreservedFields(StageContext context, Run run, Plan plan, KeyRange range) {
        for (TargetPlan target : plan.targets()) {
            if (!target.preserved().isEmpty()) {
                SnapshotTarget copy =
                        context.snapshots().require(run.snapshot()).target(target.name());
                if (!copy.isAbsent()) {
                    read(context, target, copy, range);
                }
            }
        }
    }

    private void read(StageContext context, TargetPlan target, SnapshotTarget copy, KeyRange range) {
        BsonDocument projection = new BsonDocument();
        target.preserved().stream()
                .map(PreservedRule::path)
                .forEach(path -> projection.append(top(path), new BsonInt32(1)));
        KeyPath id = new KeyPath(ID);
        for (RawBsonDocument document :
                context.store().find(copy.where(), range.filter(ID)).projection(projection)) {
            if (range.contains(id.read(document))) {
                byKey.computeIfAbsent(DocumentKey.of(document.get(ID)), any -> new TreeMap<>())
                        .put(target.name(), document);
            }
        }
    }

    /** The whole top field: siblings of a nested one cost little, and a path may not be projected twice. */
    private static String top(String path) {
        return path.split("\\.", 2)[0];
    }

    /** Returns what live had under a key, by target; empty where it had nothing. */
    Map<String, BsonDocument> of(BsonValue key) {
        return byKey.getOrDefault(DocumentKey.of(key), Map.of());
    }
}

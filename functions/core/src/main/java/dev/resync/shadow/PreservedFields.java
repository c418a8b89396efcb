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
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;

/**
 * What live had of the fields that others own, for some keys. Read from the sealed snapshot, so that mapping the same keys
 * again gives the same.
 */
public final class PreservedFields {

    private static final String ID = "_id";

    private final Map<BsonValue, Map<String, BsonDocument>> byKey = new HashMap<>();

    private PreservedFields() {}

    /** Reads those of one range of keys; reads nothing where the plan preserves none. */
    static PreservedFields of(StageContext context, Run run, Plan plan, KeyRange range) {
        KeyPath id = new KeyPath(ID);
        return read(context, run, plan, range.filter(ID), document -> range.contains(id.read(document)));
    }

    /**
     * Reads those of some keys; reads nothing where the plan preserves none.
     *
     * @param keys no more than one query can name
     */
    public static PreservedFields of(StageContext context, Run run, Plan plan, Collection<BsonValue> keys) {
        BsonDocument filter = new BsonDocument(ID, new BsonDocument("$in", new BsonArray(List.copyOf(keys))));
        return read(context, run, plan, filter, any -> true);
    }

    private static PreservedFields read(
            StageContext context, Run run, Plan plan, BsonDocument filter, Predicate<BsonDocument> wanted) {
        PreservedFields fields = new PreservedFields();
        for (TargetPlan target : plan.targets()) {
            if (!target.preserved().isEmpty()) {
                SnapshotTarget copy =
                        context.snapshots().require(run.snapshot()).target(target.name());
                if (!copy.isAbsent()) {
                    fields.read(context, target, copy, filter, wanted);
                }
            }
        }
        return fields;
    }

    private void read(
            StageContext context,
            TargetPlan target,
            SnapshotTarget copy,
            BsonDocument filter,
            Predicate<BsonDocument> wanted) {
        BsonDocument projection = new BsonDocument();
        target.preserved().stream()
                .map(PreservedRule::path)
                .forEach(path -> projection.append(top(path), new BsonInt32(1)));
        for (RawBsonDocument document : context.store().find(copy.where(), filter, projection)) {
            if (wanted.test(document)) {
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
    public Map<String, BsonDocument> of(BsonValue key) {
        return byKey.getOrDefault(DocumentKey.of(key), Map.of());
    }
}

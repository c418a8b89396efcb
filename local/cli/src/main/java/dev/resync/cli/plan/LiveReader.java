package dev.resync.cli.plan;

import dev.resync.chunk.DocumentKey;
import dev.resync.plan.Plan;
import dev.resync.plan.TargetPlan;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/** Reads what a case says that live holds: {@code live/<target>.json}, of targets that preserve fields of it. */
final class LiveReader {

    private static final String ID = "_id";

    private final List<TargetPlan> targets;
    private final ShownValues values;

    LiveReader(Plan plan) {
        this.targets = plan.targets();
        this.values = new ShownValues(plan);
    }

    /** Returns the files that a case may have, by their path in its folder; those of other targets would have no effect. */
    List<String> known() {
        return targets.stream()
                .filter(LiveReader::preserves)
                .map(LiveReader::path)
                .toList();
    }

    /**
     * Returns the documents by target; without targets of which the case says nothing.
     *
     * @param folder folder of the case
     * @throws CaseInvalid where a file is not one array of documents with an {@code _id} each, or would have no effect
     */
    Map<String, List<BsonDocument>> read(Path folder) {
        Map<String, List<BsonDocument>> live = new LinkedHashMap<>();
        for (TargetPlan target : targets) {
            CaseFile file = new CaseFile(folder, path(target), values);
            if (file.exists()) {
                requireEffect(file, target);
                List<BsonDocument> documents = file.array();
                requireKeys(file, documents);
                live.put(target.name(), documents);
            }
        }
        return live;
    }

    private static void requireEffect(CaseFile file, TargetPlan target) {
        if (!preserves(target)) {
            throw file.invalid("would have no effect: no rule of " + target.name()
                    + " has \"preserve\": true; remove the file, or add such a rule to the plan");
        }
    }

    private void requireKeys(CaseFile file, List<BsonDocument> documents) {
        Set<BsonValue> keys = new HashSet<>();
        for (BsonDocument document : documents) {
            BsonValue id = document.get(ID);
            if (id == null) {
                throw file.invalid("holds " + file.quoted(BsonText.of(document))
                        + " without _id; add the key whose document it is");
            }
            if (!keys.add(DocumentKey.of(id))) {
                throw file.invalid("holds two documents of the _id " + values.key(id) + ", and live cannot; keep one");
            }
        }
    }

    private static boolean preserves(TargetPlan target) {
        return !target.preserved().isEmpty();
    }

    private static String path(TargetPlan target) {
        return "live/" + target.name() + ".json";
    }
}

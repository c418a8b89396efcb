package dev.resync.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.resync.plan.Sensitivity;
import dev.resync.store.ControlJson;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/**
 * A quarantined bundle as people may see it.
 *
 * @param key its key as JSON; {@link Sensitivity#HIDDEN} where the plan hides keys
 * @param problems what was wrong with it, the one that the receipt counts first; at least one
 */
public record QuarantineEntry(JsonNode key, List<Problem> problems) {

    public QuarantineEntry {
        problems = List.copyOf(problems);
    }

    /**
     * One problem.
     *
     * @param reason stable code
     * @param source name of the source; null where no single one is to blame
     * @param field dotted path in the source; null where no single one is to blame
     * @param value what stood there, cut short, or {@link Sensitivity#HIDDEN}; may be null
     * @param target id of the rule; null where the source is at fault whatever the target
     */
    public record Problem(String reason, String source, String field, String value, String target) {

        /** Returns source and path of the field, else the rule; null where neither is to blame. */
        public String place() {
            return source != null && field != null ? source + "." + field : target;
        }
    }

    /** Returns the entry of a document of a quarantine collection or of the archive. */
    static QuarantineEntry of(BsonDocument bundle) {
        List<Problem> problems = new ArrayList<>();
        for (BsonValue problem : bundle.getArray("problems", new BsonArray())) {
            problems.add(ControlJson.fromBson(problem.asDocument(), Problem.class));
        }
        boolean hidden = bundle.getBoolean("keySensitive", BsonBoolean.FALSE).getValue();
        return new QuarantineEntry(hidden ? new TextNode(Sensitivity.HIDDEN) : json(keyOf(bundle)), problems);
    }

    /** The archive holds bundles of all runs, so that its ids name the run, too. */
    private static BsonValue keyOf(BsonDocument bundle) {
        BsonValue id = bundle.get("_id");
        return id.isDocument() ? id.asDocument().get("key") : id;
    }

    private static JsonNode json(BsonValue key) {
        return ControlJson.fromBson(new BsonDocument("v", key), JsonNode.class).get("v");
    }
}

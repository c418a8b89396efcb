package dev.resync.shadow;

import dev.resync.mapping.MappingProblem;
import java.util.List;
import java.util.Map;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;

/**
 * A bundle that could not be mapped, as the quarantine keeps it: {@code {_id: key, run, problems: […], documents: {…}}}, and
 * {@code keySensitive: true} where whoever shows it must not show the key.
 */
final class QuarantinedBundle {

    private static final BsonDocumentCodec CODEC = new BsonDocumentCodec();

    private QuarantinedBundle() {}

    /** Returns the quarantine's document; it holds how many source documents there were, not the documents. */
    static RawBsonDocument document(
            String run,
            BsonValue key,
            boolean keySensitive,
            List<MappingProblem> problems,
            Map<String, List<BsonDocument>> documents) {
        BsonArray listed = new BsonArray();
        problems.forEach(problem -> listed.add(describe(problem)));
        BsonDocument counts = new BsonDocument();
        documents.keySet().stream()
                .sorted()
                .forEach(source -> counts.append(
                        source, new BsonInt32(documents.get(source).size())));
        BsonDocument bundle = new BsonDocument("_id", key)
                .append("run", new BsonString(run))
                .append("problems", listed)
                .append("documents", counts);
        if (keySensitive) {
            bundle.append("keySensitive", BsonBoolean.TRUE);
        }
        return new RawBsonDocument(bundle, CODEC);
    }

    private static BsonDocument describe(MappingProblem problem) {
        BsonDocument described = new BsonDocument("reason", new BsonString(problem.reason()));
        append(described, "source", problem.source());
        append(described, "field", problem.field());
        append(described, "value", problem.value());
        append(described, "target", problem.target());
        return described;
    }

    private static void append(BsonDocument document, String name, String value) {
        if (value != null) {
            document.append(name, new BsonString(value));
        }
    }
}

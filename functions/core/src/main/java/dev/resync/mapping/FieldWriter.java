package dev.resync.mapping;

import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonNull;
import org.bson.BsonValue;

/** Writes the fields of one document, rule by rule. Thread-safe. */
final class FieldWriter {

    private final List<Field> fields;
    private final boolean writeNulls;

    /**
     * @param fields rules in order
     * @param writeNulls whether a field without value is written as null
     */
    FieldWriter(List<Field> fields, boolean writeNulls) {
        this.fields = List.copyOf(fields);
        this.writeNulls = writeNulls;
    }

    /**
     * Returns the document with all fields written.
     *
     * @param document where to write
     * @param element document of the array element; null for the target itself
     */
    BsonDocument write(BsonDocument document, BundleView view, BsonDocument element) {
        for (Field field : fields) {
            BsonValue value = field.rule().evaluate(view, element);
            if (value != null) {
                field.path().put(document, value);
            } else if (writeNulls) {
                field.path().put(document, BsonNull.VALUE);
            }
        }
        return document;
    }

    /** A field and its rule. */
    record Field(FieldPath path, RuleEvaluator rule) {}
}

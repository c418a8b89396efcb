package dev.resync.mapping;

import dev.resync.plan.KeyType;
import dev.resync.plan.SourcePlan;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/**
 * Tells what a document of one source counts as: excluded by the first rule that claims it, else without key, else keyed.
 * Made once per source; thread-safe.
 */
public final class SourceClassifier {

    private final FieldPath field;
    private final SourceKey key;
    private final List<Exclusion> exclusions;

    /**
     * @param source the source; never null
     * @param keyType type of the plan's key, {@link dev.resync.plan.Plan#keyType()}
     */
    public SourceClassifier(SourcePlan source, KeyType keyType) {
        this.field = new FieldPath(source.key().field());
        this.key = new SourceKey(source.key(), keyType);
        this.exclusions = source.exclude().stream().map(Exclusion::new).toList();
    }

    /**
     * Classifies a document.
     *
     * @param document a document of the source, raw or not; never null
     */
    public Classified classify(BsonDocument document) {
        return classify(document, rawKey(document));
    }

    /**
     * Classifies a document whose raw key has been read already.
     *
     * @param rawKey as {@link #rawKey} gives it; null for missing
     */
    public Classified classify(BsonDocument document, BsonValue rawKey) {
        Classified read = key.read(rawKey);
        for (Exclusion exclusion : exclusions) {
            if (exclusion.claims(document, rawKey, read)) {
                return exclusion.answer();
            }
        }
        return read;
    }

    /**
     * Returns the raw key of a document.
     *
     * @return the value of the key field; the array if one stands there or on the way; null if there is none
     */
    public BsonValue rawKey(BsonDocument document) {
        return field.find(document);
    }

    /**
     * Returns whether a range comparison of MongoDB within the source's key type finds a raw key: any text for text keys,
     * any number but NaN for whole numbers (also one that is no key, such as 1.5), any ObjectId for ObjectIds.
     *
     * @param rawKey as {@link #rawKey} gives it; null for missing
     */
    public boolean rangeable(BsonValue rawKey) {
        return key.rangeable(rawKey);
    }
}

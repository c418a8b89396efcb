package dev.resync.store;

import java.util.List;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/**
 * What a collection is beside its documents.
 *
 * @param type {@code collection}, {@code view} or {@code timeseries}
 * @param options creation options as the server lists them (validator, collation, …), without the UUID
 * @param indexes index definitions without version, ordered by name; the one on {@code _id} among them
 */
public record CollectionShape(String type, BsonDocument options, List<BsonDocument> indexes) {

    public CollectionShape {
        indexes = List.copyOf(indexes);
    }

    /** Returns whether some ordered index starts with this field, so that a range of it is not a scan. */
    public boolean indexStartsWith(String field) {
        return indexes.stream()
                .anyMatch(index -> index.getDocument("key").getFirstKey().equals(field)
                        && index.getDocument("key").get(field).isNumber()
                        && !index.containsKey("partialFilterExpression")
                        && !index.getBoolean("sparse", BsonBoolean.FALSE).getValue());
    }

    /** Returns all indexes but the one on {@code _id}. */
    public List<BsonDocument> secondaryIndexes() {
        return indexes.stream().filter(index -> !isId(index)).toList();
    }

    /** Returns the secondary indexes that never remove documents. */
    public List<BsonDocument> lastingIndexes() {
        return indexes.stream().filter(index -> !isId(index) && !expires(index)).toList();
    }

    /** Returns the TTL indexes, which remove documents as soon as they exist. */
    public List<BsonDocument> expiringIndexes() {
        return indexes.stream().filter(CollectionShape::expires).toList();
    }

    /** Returns whether the collection has a fixed size. */
    public boolean capped() {
        BsonValue capped = options.get("capped");
        return capped != null && capped.isBoolean() && capped.asBoolean().getValue();
    }

    /** Returns whether an index refuses equal values. */
    public static boolean isUnique(BsonDocument index) {
        return index.getBoolean("unique", BsonBoolean.FALSE).getValue();
    }

    private static boolean isId(BsonDocument index) {
        return index.getString("name").getValue().equals("_id_");
    }

    private static boolean expires(BsonDocument index) {
        return index.containsKey("expireAfterSeconds");
    }
}

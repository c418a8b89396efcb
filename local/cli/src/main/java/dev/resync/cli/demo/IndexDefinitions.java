package dev.resync.cli.demo;

import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;

/** The indexes that the example's collections have besides the one on {@code _id}. */
final class IndexDefinitions {
    private IndexDefinitions() {}

    // None is unique: in the sources, duplicates and nulls occur; in live, leftovers repeat a GMC number.
    static List<BsonDocument> of(RevalidationCollection collection) {
        return switch (collection) {
            case DOCTORS -> List.of();
            case TRAINEES, RECOMMENDATIONS, CONNECTIONS, HIDDEN_DISCREPANCIES ->
                List.of(ascending(collection.keyField()));
            case MASTER_DOCTOR_VIEW ->
                List.of(
                        ascending("gmcReferenceNumber"),
                        ascending("designatedBody", "existsInGmc"),
                        ascending("tcsPersonId"));
            case RECOMMENDATION_VIEW ->
                List.of(
                        ascending("recommendationInfo.gmcReferenceNumber"),
                        ascending("recommendationInfo.doctorStatus"),
                        ascending("recommendationInfo.designatedBody", "recommendationInfo.submissionDate"));
        };
    }

    private static BsonDocument ascending(String... fields) {
        BsonDocument key = new BsonDocument();
        for (String field : fields) {
            key.put(field, new BsonInt32(1));
        }
        String name = String.join("_1_", fields) + "_1";
        return new BsonDocument("key", key).append("name", new BsonString(name));
    }
}

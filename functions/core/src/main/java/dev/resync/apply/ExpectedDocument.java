package dev.resync.apply;

import java.util.List;
import java.util.Map;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;

/** Says in a query that a document must still be what it was when it was read. */
final class ExpectedDocument {

    private static final BsonString WHOLE = new BsonString("$$ROOT");
    private static final BsonDocument NUMBER_OF_FIELDS =
            new BsonDocument("$size", new BsonDocument("$objectToArray", WHOLE));

    private ExpectedDocument() {}

    /**
     * Returns a query that finds a document only while it has this content: these fields with these values, and no others. The
     * key stands beside, for the index, and for the servers of a sharded collection.
     *
     * <p>A server compares numbers by value, so that a change of nothing but a number's type, or of the order of fields, passes
     * for none.
     */
    static BsonDocument query(RawBsonDocument document) {
        BsonDocument query = new BsonDocument("_id", document.get("_id"));
        if (!document.keySet().stream().allMatch(ExpectedDocument::isPath)) {
            return query.append("$expr", equal(WHOLE, document));
        }
        BsonArray all = new BsonArray();
        for (Map.Entry<String, BsonValue> field : document.entrySet()) {
            if (hasEmptyArray(field.getValue())) {
                // The embedded server finds it like this alone; any finds it in an array as well.
                query.append(field.getKey(), new BsonDocument("$eq", field.getValue()));
            } else {
                all.add(equal(new BsonString("$" + field.getKey()), field.getValue()));
            }
        }
        all.add(equal(NUMBER_OF_FIELDS, new BsonInt32(document.size())));
        return query.append("$expr", new BsonDocument("$and", all));
    }

    private static boolean hasEmptyArray(BsonValue value) {
        if (value.isArray()) {
            return value.asArray().isEmpty() || value.asArray().stream().anyMatch(ExpectedDocument::hasEmptyArray);
        }
        return value.isDocument() && value.asDocument().values().stream().anyMatch(ExpectedDocument::hasEmptyArray);
    }

    private static BsonDocument equal(BsonValue expression, BsonValue value) {
        return new BsonDocument("$eq", new BsonArray(List.of(expression, new BsonDocument("$literal", value))));
    }

    private static boolean isPath(String field) {
        return !field.isEmpty() && !field.startsWith("$") && field.indexOf('.') < 0;
    }
}

package dev.resync.cli.plan.draft;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.BsonDocument;
import org.bson.BsonType;
import org.bson.BsonValue;

/**
 * The fields of documents, in the order in which they were met. Embedded documents are looked into, arrays are fields.
 *
 * @param documents number of documents
 * @param fields by dotted path; none is below another
 */
record Profile(int documents, Map<String, Field> fields) {

    /**
     * One field.
     *
     * @param path dotted path
     * @param types BSON types of its values, null apart
     * @param values all values but null, one for each document that has one
     */
    record Field(String path, Set<BsonType> types, List<BsonValue> values) {

        private Field(String path) {
            this(path, EnumSet.noneOf(BsonType.class), new ArrayList<>());
        }

        /** Returns the embedded documents that stand in arrays here. */
        List<BsonDocument> elements() {
            return values.stream()
                    .filter(BsonValue::isArray)
                    .flatMap(array -> array.asArray().stream())
                    .filter(BsonValue::isDocument)
                    .map(BsonValue::asDocument)
                    .toList();
        }

        /** Returns whether it is an array of embedded documents. */
        boolean holdsDocuments() {
            return types.equals(EnumSet.of(BsonType.ARRAY)) && !elements().isEmpty();
        }

        Set<BsonValue> distinct() {
            return new LinkedHashSet<>(values);
        }
    }

    static Profile of(List<BsonDocument> documents) {
        Map<String, Field> fields = new LinkedHashMap<>();
        documents.forEach(document -> collect(document, "", fields));
        // A field that holds now a value and now fields is one field.
        List<String> above = fields.keySet().stream()
                .filter(path -> fields.keySet().stream().anyMatch(other -> other.startsWith(path + ".")))
                .filter(path -> !fields.get(path).types().isEmpty())
                .toList();
        fields.keySet().removeIf(path -> above.stream().anyMatch(other -> path.startsWith(other + ".")));
        Set<String> holders = new LinkedHashSet<>(fields.keySet());
        fields.keySet().removeIf(path -> holders.stream().anyMatch(other -> other.startsWith(path + ".")));
        return new Profile(documents.size(), fields);
    }

    private static void collect(BsonDocument document, String prefix, Map<String, Field> fields) {
        document.forEach((name, value) -> {
            if (name.isEmpty() || name.startsWith("$") || name.contains(".")) {
                // No plan can name such a field.
                return;
            }
            String path = prefix + name;
            if (value.isDocument() && !value.asDocument().isEmpty()) {
                collect(value.asDocument(), path + ".", fields);
                return;
            }
            Field field = fields.computeIfAbsent(path, Field::new);
            if (!value.isNull()) {
                field.types().add(value.getBsonType());
                field.values().add(value);
            }
        });
    }

    /** Returns the value at a path; null where there is none or an array is on the way. */
    static BsonValue find(BsonDocument document, String path) {
        BsonValue value = document;
        for (String step : path.split("\\.")) {
            value = value != null && value.isDocument() ? value.asDocument().get(step) : null;
        }
        return value;
    }
}

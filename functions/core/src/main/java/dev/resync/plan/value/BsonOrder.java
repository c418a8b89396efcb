package dev.resync.plan.value;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonType;
import org.bson.BsonValue;

/**
 * A total order of BSON values: by kind, then by value; numbers by their numeric value whatever type holds them. The
 * order of fields in a document does not matter. It exists to make results independent of the order of input, and agrees
 * with MongoDB's order for numbers, texts, ObjectIds, booleans and dates.
 */
public final class BsonOrder implements Comparator<BsonValue> {

    /** The only instance needed: it has no state. */
    public static final BsonOrder INSTANCE = new BsonOrder();

    private BsonOrder() {}

    @Override
    public int compare(BsonValue left, BsonValue right) {
        int byRank = Integer.compare(rank(left.getBsonType()), rank(right.getBsonType()));
        if (byRank != 0) {
            return byRank;
        }
        return switch (left.getBsonType()) {
            case NULL, UNDEFINED, MIN_KEY, MAX_KEY -> 0;
            case INT32, INT64, DOUBLE, DECIMAL128 -> compareNumbers(left, right);
            case STRING ->
                compareText(left.asString().getValue(), right.asString().getValue());
            case OBJECT_ID -> left.asObjectId().compareTo(right.asObjectId());
            case BOOLEAN -> left.asBoolean().compareTo(right.asBoolean());
            case DATE_TIME -> left.asDateTime().compareTo(right.asDateTime());
            case TIMESTAMP -> left.asTimestamp().compareTo(right.asTimestamp());
            case DOCUMENT -> compareDocuments(left.asDocument(), right.asDocument());
            case ARRAY -> compareArrays(left.asArray(), right.asArray());
            default -> json(left).compareTo(json(right));
        };
    }

    private static int rank(BsonType type) {
        return switch (type) {
            case MIN_KEY -> -1;
            case NULL, UNDEFINED -> 0;
            case INT32, INT64, DOUBLE, DECIMAL128 -> 1;
            case STRING -> 2;
            case DOCUMENT -> 3;
            case ARRAY -> 4;
            case BINARY -> 5;
            case OBJECT_ID -> 6;
            case BOOLEAN -> 7;
            case DATE_TIME -> 8;
            case TIMESTAMP -> 9;
            case MAX_KEY -> 100;
            default -> 10 + type.getValue();
        };
    }

    private static int compareNumbers(BsonValue left, BsonValue right) {
        Optional<BigDecimal> exactLeft = Numbers.finite(left);
        Optional<BigDecimal> exactRight = Numbers.finite(right);
        if (exactLeft.isPresent() && exactRight.isPresent()) {
            return exactLeft.get().compareTo(exactRight.get());
        }
        // NaN first, then the infinities around all other numbers.
        return Integer.compare(magnitude(left, exactLeft), magnitude(right, exactRight));
    }

    private static int magnitude(BsonValue number, Optional<BigDecimal> exact) {
        if (exact.isPresent()) {
            return 0;
        }
        if (!Numbers.isNumber(number)) {
            return -2;
        }
        boolean negative = number.isDouble()
                ? number.asDouble().getValue() < 0
                : number.asDecimal128().getValue().isNegative();
        return negative ? -1 : 1;
    }

    // By code point, as MongoDB's order of UTF-8 bytes, not by UTF-16 unit.
    private static int compareText(String left, String right) {
        int length = Math.min(left.length(), right.length());
        for (int i = 0; i < length; i++) {
            char a = left.charAt(i);
            char b = right.charAt(i);
            if (a != b) {
                boolean mixed = Character.isSurrogate(a) != Character.isSurrogate(b);
                return mixed ? (Character.isSurrogate(a) ? 1 : -1) : Character.compare(a, b);
            }
        }
        return Integer.compare(left.length(), right.length());
    }

    private int compareDocuments(BsonDocument left, BsonDocument right) {
        List<Map.Entry<String, BsonValue>> these = sorted(left);
        List<Map.Entry<String, BsonValue>> those = sorted(right);
        for (int i = 0; i < Math.min(these.size(), those.size()); i++) {
            int byName = these.get(i).getKey().compareTo(those.get(i).getKey());
            int byField = byName != 0
                    ? byName
                    : compare(these.get(i).getValue(), those.get(i).getValue());
            if (byField != 0) {
                return byField;
            }
        }
        return Integer.compare(these.size(), those.size());
    }

    private static List<Map.Entry<String, BsonValue>> sorted(BsonDocument document) {
        List<Map.Entry<String, BsonValue>> entries = new ArrayList<>(document.entrySet());
        entries.sort(Map.Entry.comparingByKey());
        return entries;
    }

    private int compareArrays(BsonArray left, BsonArray right) {
        for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
            int byElement = compare(left.get(i), right.get(i));
            if (byElement != 0) {
                return byElement;
            }
        }
        return Integer.compare(left.size(), right.size());
    }

    private static String json(BsonValue value) {
        return new BsonDocument("v", value).toJson();
    }
}

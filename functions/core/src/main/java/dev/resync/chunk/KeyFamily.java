package dev.resync.chunk;

import java.util.Comparator;
import java.util.List;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonNumber;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;

/**
 * The BSON types that one range can hold. MongoDB's range operators compare within one such bracket only (manual:
 * "Comparison/Sort Order", type bracketing), so a value of any other type is never found by a range of this family.
 */
public enum KeyFamily {
    /** UTF-8 strings under simple (binary) collation, and the deprecated symbols, which servers order among them. */
    STRING(new BsonString("")) {
        @Override
        public boolean holds(BsonValue value) {
            return value != null && (value.isString() || value.isSymbol());
        }

        @Override
        int compareWithin(BsonValue a, BsonValue b) {
            return compareUtf8(text(a), text(b));
        }
    },
    /** int32, int64, double and decimal128 by value; NaN is not held. */
    NUMBER(new BsonDouble(Double.NEGATIVE_INFINITY)) {
        @Override
        public boolean holds(BsonValue value) {
            return value != null && value.isNumber() && !isNaN(value);
        }

        @Override
        int compareWithin(BsonValue a, BsonValue b) {
            return NumberOrder.compare((BsonNumber) a, (BsonNumber) b);
        }
    },
    /** Object ids by their twelve bytes. */
    OBJECT_ID(new BsonObjectId(new ObjectId("000000000000000000000000"))) {
        @Override
        public boolean holds(BsonValue value) {
            return value != null && value.isObjectId();
        }

        @Override
        int compareWithin(BsonValue a, BsonValue b) {
            return a.asObjectId().getValue().compareTo(b.asObjectId().getValue());
        }
    };

    private final BsonValue lowest;

    KeyFamily(BsonValue lowest) {
        this.lowest = lowest;
    }

    /** Returns whether a range of this family finds the value; false for null (a missing field). */
    public abstract boolean holds(BsonValue value);

    abstract int compareWithin(BsonValue a, BsonValue b);

    /** Returns the least value of the family, included in its first range. */
    public BsonValue lowest() {
        return lowest;
    }

    /** Returns the server's order of two values that this family holds. */
    public Comparator<BsonValue> order() {
        return this::compareWithin;
    }

    /** Values that some servers wrongly place inside a range of this family, to be asked for by equality. */
    List<BsonValue> neverInRange() {
        return this == NUMBER ? List.of(new BsonDouble(Double.NaN), new BsonDecimal128(Decimal128.NaN)) : List.of();
    }

    /** Returns the condition that every value of this family meets. */
    BsonDocument all() {
        return new BsonDocument("$gte", lowest);
    }

    private static boolean isNaN(BsonValue value) {
        return value.isDecimal128()
                ? value.asDecimal128().getValue().isNaN()
                : value.isDouble() && Double.isNaN(value.asDouble().getValue());
    }

    private static String text(BsonValue value) {
        return value.isSymbol()
                ? value.asSymbol().getSymbol()
                : value.asString().getValue();
    }

    private static int compareUtf8(String a, String b) {
        // Code points order as their UTF-8 bytes do; UTF-16 units do not where surrogates are involved.
        int i = 0;
        int n = Math.min(a.length(), b.length());
        while (i < n && a.charAt(i) == b.charAt(i)) {
            i++;
        }
        if (i == n) {
            return Integer.compare(a.length(), b.length());
        }
        if (i > 0 && Character.isHighSurrogate(a.charAt(i - 1))) {
            i--;
        }
        return Integer.compare(a.codePointAt(i), b.codePointAt(i));
    }
}

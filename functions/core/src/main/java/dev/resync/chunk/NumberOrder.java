package dev.resync.chunk;

import java.math.BigDecimal;
import org.bson.BsonNumber;
import org.bson.types.Decimal128;

/** MongoDB's order of numbers: by exact value across int32, int64, double and decimal128. NaN has no place in it. */
final class NumberOrder {

    private NumberOrder() {}

    static int compare(BsonNumber a, BsonNumber b) {
        int infinityA = infinity(a);
        int infinityB = infinity(b);
        if (infinityA != 0 || infinityB != 0) {
            return Integer.compare(infinityA, infinityB);
        }
        return exact(a).compareTo(exact(b));
    }

    private static int infinity(BsonNumber number) {
        if (number.isDouble()) {
            double value = number.asDouble().getValue();
            return Double.isInfinite(value) ? (int) Math.signum(value) : 0;
        }
        if (number.isDecimal128()) {
            Decimal128 value = number.asDecimal128().getValue();
            return value.isInfinite() ? (value.isNegative() ? -1 : 1) : 0;
        }
        return 0;
    }

    private static BigDecimal exact(BsonNumber number) {
        if (number.isDouble()) {
            return new BigDecimal(number.doubleValue());
        }
        if (number.isDecimal128()) {
            Decimal128 value = number.asDecimal128().getValue();
            // BigDecimal has no negative zero and refuses to be made of one.
            return value.doubleValue() == 0
                            && value.isNegative()
                            && value.toString().matches("-0+(\\.0+)?(E.*)?")
                    ? BigDecimal.ZERO
                    : value.bigDecimalValue();
        }
        return BigDecimal.valueOf(number.longValue());
    }
}

package dev.resync.plan.value;

import java.math.BigDecimal;
import java.util.Optional;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.types.Decimal128;

/** BSON numbers by their numeric value, whatever type holds them. */
public final class Numbers {

    /** No number that any type can hold needs longer text; longer text would only cost time. */
    private static final int LONGEST_TEXT = 100;

    private Numbers() {}

    /** Returns whether the value is a number and not NaN; infinity counts as a number. */
    public static boolean isNumber(BsonValue value) {
        return switch (value.getBsonType()) {
            case INT32, INT64 -> true;
            case DOUBLE -> !Double.isNaN(value.asDouble().getValue());
            case DECIMAL128 -> !value.asDecimal128().getValue().isNaN();
            default -> false;
        };
    }

    /** Returns the exact value of a finite number (of a double: its shortest decimal form), or empty for all else. */
    public static Optional<BigDecimal> finite(BsonValue value) {
        return switch (value.getBsonType()) {
            case INT32 -> Optional.of(BigDecimal.valueOf(value.asInt32().getValue()));
            case INT64 -> Optional.of(BigDecimal.valueOf(value.asInt64().getValue()));
            case DOUBLE -> ofDouble(value.asDouble().getValue());
            case DECIMAL128 -> ofDecimal(value.asDecimal128().getValue());
            default -> Optional.empty();
        };
    }

    /** Returns the value of a number that is whole and fits 64 bits, or empty. */
    public static Optional<Long> whole(BsonValue value) {
        return switch (value.getBsonType()) {
            case INT32 -> Optional.of((long) value.asInt32().getValue());
            case INT64 -> Optional.of(value.asInt64().getValue());
            case DOUBLE, DECIMAL128 -> finite(value).flatMap(Numbers::whole);
            default -> Optional.empty();
        };
    }

    /** Returns the value of a decimal text such as {@code -12.50} or {@code 1e3}, or empty. */
    public static Optional<BigDecimal> parse(String text) {
        if (text.isEmpty() || text.length() > LONGEST_TEXT) {
            return Optional.empty();
        }
        try {
            return Optional.of(new BigDecimal(text));
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }

    /** Returns the number as a long if it is whole and fits 64 bits. */
    public static Optional<Long> whole(BigDecimal number) {
        try {
            return Optional.of(number.longValueExact());
        } catch (ArithmeticException fractionOrTooLarge) {
            return Optional.empty();
        }
    }

    static BigDecimal require(BsonValue value, ValueType wanted) {
        if (value instanceof BsonString text) {
            return parse(text.getValue()).orElseThrow(() -> Unconvertible.badNumber(value));
        }
        if (!value.isNumber() && !value.isDecimal128()) {
            throw Unconvertible.wrongType(value, wanted);
        }
        return finite(value).orElseThrow(() -> Unconvertible.lossy(value, wanted));
    }

    private static Optional<BigDecimal> ofDouble(double number) {
        return Double.isFinite(number) ? Optional.of(BigDecimal.valueOf(number)) : Optional.empty();
    }

    private static Optional<BigDecimal> ofDecimal(Decimal128 number) {
        if (number.isNaN() || number.isInfinite()) {
            return Optional.empty();
        }
        // By way of text, since bigDecimalValue() refuses negative zero.
        return Optional.of(new BigDecimal(number.toString()));
    }
}

package dev.resync.plan.value;

import java.math.BigDecimal;
import org.bson.BsonBoolean;
import org.bson.BsonDecimal128;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;

/** Converts one BSON value to the type of a target field, never with loss. Thread-safe. */
public final class ValueConversion {

    private final ValueType type;
    private final DateConversion dates;

    /**
     * @param type type to convert to
     * @param form how dates are read and written; used for dates and datetimes only, null for other types
     * @throws IllegalArgumentException if a date pattern is not valid or does not fit the type
     */
    public ValueConversion(ValueType type, DateForm form) {
        this.type = type;
        this.dates = type.temporal() ? new DateConversion(type, form) : null;
    }

    /**
     * Converts a value.
     *
     * @param value neither Java null nor BSON null
     * @return the value in the target's type; the same object where nothing is to be done
     * @throws Unconvertible if the type cannot hold the value without loss
     */
    public BsonValue convert(BsonValue value) {
        return switch (type) {
            case ANY -> value;
            case STRING -> toText(value);
            case INT -> toInt(value);
            case LONG -> value.isInt64() ? value : new BsonInt64(whole(value));
            case DOUBLE -> value.isDouble() ? value : toDouble(value);
            case DECIMAL -> value.isDecimal128() ? value : toDecimal(value);
            case BOOLEAN -> toBoolean(value);
            case DATE, DATETIME -> dates.convert(value);
            case OBJECT_ID -> toObjectId(value);
        };
    }

    private BsonValue toText(BsonValue value) {
        return switch (value.getBsonType()) {
            case STRING -> value;
            case INT32 -> new BsonString(Integer.toString(value.asInt32().getValue()));
            case INT64 -> new BsonString(Long.toString(value.asInt64().getValue()));
            case DECIMAL128 -> new BsonString(value.asDecimal128().getValue().toString());
            case OBJECT_ID -> new BsonString(value.asObjectId().getValue().toHexString());
            default -> throw Unconvertible.wrongType(value, type);
        };
    }

    private BsonValue toInt(BsonValue value) {
        if (value.isInt32()) {
            return value;
        }
        long number = whole(value);
        if (number < Integer.MIN_VALUE || number > Integer.MAX_VALUE) {
            throw Unconvertible.lossy(value, type);
        }
        return new BsonInt32((int) number);
    }

    private long whole(BsonValue value) {
        return Numbers.whole(Numbers.require(value, type)).orElseThrow(() -> Unconvertible.lossy(value, type));
    }

    private BsonValue toDouble(BsonValue value) {
        BigDecimal exact = Numbers.require(value, type);
        double number = exact.doubleValue();
        if (!Double.isFinite(number) || !same(number, exact)) {
            throw Unconvertible.lossy(value, type);
        }
        return new BsonDouble(number);
    }

    // 42.53176 is no double, but the shortest text of its nearest double; large powers of two are the other way round.
    private static boolean same(double number, BigDecimal exact) {
        return BigDecimal.valueOf(number).compareTo(exact) == 0 || new BigDecimal(number).compareTo(exact) == 0;
    }

    private BsonValue toDecimal(BsonValue value) {
        try {
            return new BsonDecimal128(new Decimal128(Numbers.require(value, type)));
        } catch (NumberFormatException tooLong) {
            throw Unconvertible.lossy(value, type);
        }
    }

    private BsonValue toBoolean(BsonValue value) {
        if (value.isBoolean()) {
            return value;
        }
        if (value instanceof BsonString text) {
            if (text.getValue().equals("true")) {
                return BsonBoolean.TRUE;
            }
            if (text.getValue().equals("false")) {
                return BsonBoolean.FALSE;
            }
        }
        throw Unconvertible.wrongType(value, type);
    }

    private BsonValue toObjectId(BsonValue value) {
        if (value.isObjectId()) {
            return value;
        }
        if (value instanceof BsonString text && ObjectId.isValid(text.getValue())) {
            return new BsonObjectId(new ObjectId(text.getValue()));
        }
        throw Unconvertible.wrongType(value, type);
    }
}

package dev.resync.mapping;

import dev.resync.plan.ConversionRule;
import dev.resync.plan.value.ValueConversion;
import dev.resync.plan.value.WhiteSpace;
import java.util.Map;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;

/** Applies what a rule says about blank text, enum and type to one value. Thread-safe. */
final class ValueConverter {

    private final boolean emptyIsNull;
    private final Map<String, BsonValue> enumValues;
    private final BsonValue enumOther;
    private final ValueConversion conversion;

    ValueConverter(ConversionRule rule) {
        this.emptyIsNull = rule.emptyIsNull();
        this.enumValues = rule.enumValues();
        this.enumOther = rule.enumOther();
        this.conversion = new ValueConversion(rule.type(), rule.dateForm());
    }

    /**
     * Converts a value.
     *
     * @param value any value; null for missing
     * @return the converted value, never BSON null; null for none
     * @throws MappingFailure if the value is not in the enum
     * @throws dev.resync.plan.value.Unconvertible if the value does not fit the type
     */
    BsonValue convert(BsonValue value) {
        if (value == null || SourceKey.isNull(value)) {
            return null;
        }
        if (emptyIsNull && value instanceof BsonString text && WhiteSpace.isBlank(text.getValue())) {
            return null;
        }
        return enumValues == null ? conversion.convert(value) : mapped(value);
    }

    private BsonValue mapped(BsonValue value) {
        BsonValue mapped = enumValues.getOrDefault(name(value), enumOther);
        if (mapped == null) {
            throw new MappingFailure(MappingFailure.UNKNOWN_ENUM_VALUE, value);
        }
        return mapped.isNull() ? null : mapped;
    }

    /** Returns the text by which an enum knows the value; text that no enum knows for all that cannot be in one. */
    private static String name(BsonValue value) {
        return switch (value.getBsonType()) {
            case STRING -> value.asString().getValue();
            case INT32 -> Integer.toString(value.asInt32().getValue());
            case INT64 -> Long.toString(value.asInt64().getValue());
            case BOOLEAN -> Boolean.toString(value.asBoolean().getValue());
            default -> new BsonDocument("v", value).toJson();
        };
    }
}

package dev.resync.plan;

import dev.resync.plan.value.DateForm;
import dev.resync.plan.value.ValueType;
import java.util.Map;
import org.bson.BsonValue;

/**
 * How a value from a source becomes the value of a target field.
 *
 * @param type type of the target field
 * @param emptyIsNull whether blank text counts as null
 * @param enumValues allowed source values, as text, with what they become; null where every value is allowed
 * @param enumOther what all other source values become, BSON null included; null sends them to quarantine
 * @param dateForm how dates are read and written; null unless {@code type} is a date or a datetime
 * @param defaultValue value where every origin gives null, already of the target's type; null for none
 */
public record ConversionRule(
        ValueType type,
        boolean emptyIsNull,
        Map<String, BsonValue> enumValues,
        BsonValue enumOther,
        DateForm dateForm,
        BsonValue defaultValue) {
    public ConversionRule {
        enumValues = enumValues == null ? null : Map.copyOf(enumValues);
    }
}

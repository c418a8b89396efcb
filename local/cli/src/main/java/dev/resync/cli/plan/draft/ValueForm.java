package dev.resync.cli.plan.draft;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resync.plan.value.DateForm;
import dev.resync.plan.value.ValueConversion;
import dev.resync.plan.value.ValueType;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bson.BsonString;
import org.bson.BsonType;

/**
 * A type that a rule may have, and how it writes dates.
 *
 * @param type type of the rule
 * @param asBsonDate whether a date is written as a BSON date
 */
record ValueForm(ValueType type, boolean asBsonDate) {

    /** Returns the form that leaves values as they are; {@code any} where they have several types. */
    static ValueForm keeping(Profile.Field field) {
        Set<BsonType> types = field.types();
        if (types.equals(EnumSet.of(BsonType.STRING))) {
            boolean days = field.values().stream()
                    .allMatch(value -> value.asString().getValue().matches("\\d{4}-\\d{2}-\\d{2}"));
            return new ValueForm(days ? ValueType.DATE : ValueType.STRING, false);
        }
        if (types.equals(EnumSet.of(BsonType.DATE_TIME))) {
            return new ValueForm(ValueType.DATETIME, true);
        }
        if (types.equals(EnumSet.of(BsonType.BOOLEAN))) {
            return new ValueForm(ValueType.BOOLEAN, false);
        }
        if (types.equals(EnumSet.of(BsonType.OBJECT_ID))) {
            return new ValueForm(ValueType.OBJECT_ID, false);
        }
        return new ValueForm(number(types).orElse(ValueType.ANY), false);
    }

    private static Optional<ValueType> number(Set<BsonType> types) {
        EnumSet<BsonType> numbers = EnumSet.of(BsonType.INT32, BsonType.INT64, BsonType.DOUBLE, BsonType.DECIMAL128);
        if (types.isEmpty() || !numbers.containsAll(types)) {
            return Optional.empty();
        }
        if (types.contains(BsonType.DECIMAL128)) {
            return Optional.of(ValueType.DECIMAL);
        }
        if (types.contains(BsonType.DOUBLE)) {
            return Optional.of(ValueType.DOUBLE);
        }
        return Optional.of(types.contains(BsonType.INT64) ? ValueType.LONG : ValueType.INT);
    }

    /** Returns the forms by which a source value may have become a value of the target, the simplest first. */
    static List<ValueForm> leadingTo(Profile.Field target) {
        List<ValueForm> forms = new ArrayList<>();
        ValueForm keeping = keeping(target);
        if (keeping.type == ValueType.DATE || keeping.type == ValueType.STRING) {
            forms.add(new ValueForm(ValueType.STRING, false));
            forms.add(new ValueForm(ValueType.DATE, false));
            forms.add(new ValueForm(ValueType.DATETIME, false));
        } else if (keeping.type == ValueType.DATETIME) {
            forms.add(keeping);
            forms.add(new ValueForm(ValueType.DATE, true));
        } else {
            forms.add(keeping);
        }
        return forms;
    }

    /** Returns what a rule of this form does to values. */
    ValueConversion conversion(ZoneId zone) {
        return new ValueConversion(type, type.temporal() ? new DateForm(zone, List.of(), null, asBsonDate) : null);
    }

    /** Writes type and form into a rule. */
    void writeTo(ObjectNode rule) {
        rule.put("type", type.jsonName());
        if (asBsonDate) {
            rule.put("as", "bsonDate");
        }
    }

    /** Returns whether all texts of a field are decimal numbers, some with a fraction, so that a number may be meant. */
    static boolean textsAreNumbers(Profile.Field field) {
        boolean numbers = field.values().stream()
                .allMatch(value ->
                        value instanceof BsonString text && text.getValue().matches("-?\\d+(\\.\\d+)?"));
        return numbers
                && field.values().stream()
                        .anyMatch(value -> value.asString().getValue().contains("."));
    }
}

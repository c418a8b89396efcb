package dev.resync.plan;

import dev.resync.plan.value.DateForm;
import dev.resync.plan.value.Unconvertible;
import dev.resync.plan.value.ValueConversion;
import dev.resync.plan.value.ValueType;
import dev.resync.schema.Place;
import dev.resync.schema.Problems;
import dev.resync.schema.SchemaCheck;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** Checks that what a rule says about its type, dates, enum and constants fits together. */
final class ConversionCheck {

    private final ZoneId zone;
    private final Problems problems;

    ConversionCheck(ZoneId zone, Problems problems) {
        this.zone = zone;
        this.problems = problems;
    }

    void check(Place rule) {
        Optional<ValueType> type = type(rule);
        if (type.isEmpty()) {
            return;
        }
        checkDates(rule, type.get());
        checkEnum(rule, type.get());
        checkFits(rule, rule.at("default"), "default");
        Place join = rule.at("several").at("join");
        if (join.exists() && !writesText(rule, type.get())) {
            problems.add(
                    rule.at("several").pointer(),
                    "joins to text, but the type is " + type.get().jsonName() + "; make the type string");
        }
    }

    /** Checks that a constant in the plan fits the type of its rule. */
    void checkFits(Place rule, Place constant, String name) {
        Optional<ValueType> type = type(rule);
        if (type.isEmpty() || !constant.node().isValueNode() || constant.node().isNull()) {
            return;
        }
        try {
            conversion(rule, type.get()).convert(JsonScalars.toBson(constant.node()));
        } catch (Unconvertible unfit) {
            problems.add(
                    constant.pointer(),
                    name + " " + SchemaCheck.show(constant.node()) + " " + unfit.getMessage() + "; give a "
                            + type.get().jsonName() + " or change the type");
        } catch (IllegalArgumentException badFormat) {
            // Reported where the format stands.
            return;
        }
    }

    /** Checks that a rule that joins fields gives text. */
    void checkJoin(Place rule, Place join) {
        type(rule)
                .filter(type -> type != ValueType.STRING)
                .ifPresent(type -> problems.add(
                        join.pointer(),
                        "joins to text, but the type is " + type.jsonName() + "; make the type string"));
    }

    private void checkDates(Place rule, ValueType type) {
        if (!type.temporal()) {
            for (String name : List.of("format", "inputFormats", "as")) {
                if (rule.has(name)) {
                    problems.add(
                            rule.at(name).pointer(),
                            "is for dates, but the type is " + type.jsonName() + "; make the type date or datetime");
                }
            }
            return;
        }
        Place format = rule.at("format");
        if (format.exists() && rule.at("as").text().equals("bsonDate")) {
            problems.add(format.pointer(), "has no effect on a BSON date; remove it, or make as text");
        } else if (!format.text().isEmpty()) {
            checkPattern(format, type, new DateForm(zone, List.of(), format.text(), false));
        }
        for (Place input : rule.at("inputFormats").items()) {
            if (!input.text().isEmpty()) {
                checkPattern(input, type, new DateForm(zone, List.of(input.text()), null, false));
            }
        }
    }

    private void checkPattern(Place pattern, ValueType type, DateForm form) {
        try {
            new ValueConversion(type, form);
        } catch (IllegalArgumentException bad) {
            problems.add(
                    pattern.pointer(),
                    "is \"" + pattern.text() + "\", no pattern for a " + type.jsonName() + ": " + bad.getMessage()
                            + "; see java.time.format.DateTimeFormatter");
        }
    }

    private void checkEnum(Place rule, ValueType type) {
        Place values = rule.at("enum");
        if (!values.exists() && rule.has("enumOther")) {
            problems.add(rule.at("enumOther").pointer(), "has no effect without enum; add enum or remove this");
        }
        if (values.exists() && type.temporal()) {
            problems.add(values.pointer(), "maps texts, but the type is " + type.jsonName() + "; make the type string");
            return;
        }
        values.items().forEach(value -> checkFits(rule, value, "enum value"));
        values.names().forEach(name -> checkFits(rule, values.at(name), "enum value"));
        checkFits(rule, rule.at("enumOther"), "enumOther");
    }

    private static boolean writesText(Place rule, ValueType type) {
        return type == ValueType.STRING
                || (type.temporal() && !rule.at("as").text().equals("bsonDate"));
    }

    private ValueConversion conversion(Place rule, ValueType type) {
        return new ValueConversion(type, dateForm(rule, type, zone));
    }

    /** Returns the type a rule names, {@code any} where it names none, or empty where there is no such type. */
    static Optional<ValueType> type(Place rule) {
        return rule.has("type") ? ValueType.of(rule.at("type").text()) : Optional.of(ValueType.ANY);
    }

    /** Returns how a rule reads and writes dates; null where its type is none. */
    static DateForm dateForm(Place rule, ValueType type, ZoneId zone) {
        return !type.temporal()
                ? null
                : new DateForm(
                        zone,
                        rule.at("inputFormats").texts(),
                        rule.at("format").text(null),
                        rule.at("as").text().equals("bsonDate"));
    }
}

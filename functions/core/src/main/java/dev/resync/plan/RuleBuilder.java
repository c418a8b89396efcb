package dev.resync.plan;

import dev.resync.plan.value.DateForm;
import dev.resync.plan.value.ValueConversion;
import dev.resync.plan.value.ValueType;
import dev.resync.schema.Place;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import org.bson.BsonNull;
import org.bson.BsonValue;

/** Makes the rules of a target from a document that has passed all checks. */
final class RuleBuilder {

    private final ZoneId zone;

    RuleBuilder(ZoneId zone) {
        this.zone = zone;
    }

    FieldRule rule(Place rule) {
        String path = rule.at("path").text();
        if (rule.has("preserve")) {
            return new PreservedRule(path, sensitive(rule));
        }
        if (rule.has("countOf")) {
            return new CountRule(
                    path,
                    rule.at("countOf").text(),
                    sensitive(rule),
                    ValueType.of(rule.at("type").text("int")).orElseThrow());
        }
        if (rule.has("each")) {
            String source = rule.at("each").text();
            return new EachRule(
                    path,
                    source,
                    rule.at("orderBy").items().stream()
                            .map(order -> new SortField(
                                    order.at("field").text(),
                                    order.at("direction").text().equals("desc")))
                            .toList(),
                    sensitive(rule),
                    rule.at("fields").items().stream()
                            .map(field -> valueRule(field, source))
                            .toList());
        }
        return valueRule(rule, null);
    }

    /** @param element source whose document the paths start from; null where they begin with a source */
    private FieldRule valueRule(Place rule, String element) {
        String path = rule.at("path").text();
        boolean required = rule.at("required").flag();
        ValueType type = ConversionCheck.type(rule).orElseThrow();
        DateForm dates = ConversionCheck.dateForm(rule, type, zone);
        Constants constants = new Constants(new ValueConversion(type, dates));
        ConversionRule conversion = new ConversionRule(
                type,
                rule.at("emptyIsNull").flag(),
                enumValues(rule.at("enum"), constants),
                rule.has("enumOther") ? constants.of(rule.at("enumOther")) : null,
                dates,
                rule.has("default") ? constants.of(rule.at("default")) : null);
        if (rule.has("expression")) {
            return new ExpressionRule(path, rule.at("expression").text(), conversion, required, sensitive(rule));
        }
        return new ValueRule(
                path,
                rule.at("from").items().stream()
                        .map(origin -> origin(origin, element, constants))
                        .toList(),
                conversion,
                several(rule.at("several")),
                required,
                sensitive(rule));
    }

    private static Sensitive sensitive(Place rule) {
        if (!rule.has("sensitive")) {
            return Sensitive.DERIVED;
        }
        return rule.at("sensitive").flag() ? Sensitive.YES : Sensitive.NO;
    }

    private static FieldOrigin origin(Place origin, String element, Constants constants) {
        if (origin.node().isTextual()) {
            return named(origin.text(), element);
        }
        if (origin.has("join")) {
            return new FieldOrigin.Join(
                    origin.at("join").texts().stream()
                            .map(part -> named(part, element))
                            .toList(),
                    origin.at("separator").text(" "));
        }
        BsonValue value = constants.of(origin.at("value"));
        if (origin.has("when")) {
            FieldOrigin.Path field = path(origin.at("when").at("field").text(), element);
            return new FieldOrigin.Constant(
                    value,
                    field.source(),
                    field.path(),
                    PlanBuilder.scalars(origin.at("when").at("in")));
        }
        if (!origin.has("whenPresent")) {
            return new FieldOrigin.Constant(value, null, null, null);
        }
        FieldOrigin.Path when = path(origin.at("whenPresent").text(), element);
        return new FieldOrigin.Constant(value, when.source(), when.path(), null);
    }

    private static FieldOrigin named(String text, String element) {
        return switch (text) {
            case "$key" -> new FieldOrigin.Key();
            case "$runStart" -> new FieldOrigin.RunStart();
            default -> path(text, element);
        };
    }

    private static FieldOrigin.Path path(String text, String element) {
        if (element != null) {
            return new FieldOrigin.Path(element, text);
        }
        SourcePath path = SourcePath.of(text);
        return new FieldOrigin.Path(path.source(), path.path());
    }

    private static Several several(Place several) {
        if (several.node().isObject()) {
            return new Several(Several.Kind.JOIN, several.at("join").text());
        }
        return several.text().equals("null") ? new Several(Several.Kind.NULL, null) : Several.QUARANTINE;
    }

    private static Map<String, BsonValue> enumValues(Place values, Constants constants) {
        if (!values.exists()) {
            return null;
        }
        Map<String, BsonValue> mapped = new HashMap<>();
        values.items().forEach(value -> mapped.put(value.text(), constants.of(value)));
        values.names().forEach(name -> mapped.put(name, constants.of(values.at(name))));
        return mapped;
    }

    /** Constants of one rule, in its type. */
    private record Constants(ValueConversion conversion) {
        BsonValue of(Place constant) {
            BsonValue value = JsonScalars.toBson(constant.node());
            return value.isNull() ? BsonNull.VALUE : conversion.convert(value);
        }
    }
}

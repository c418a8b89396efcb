package dev.resync.cli.plan;

import dev.resync.plan.Cardinality;
import dev.resync.plan.ConversionRule;
import dev.resync.plan.CountRule;
import dev.resync.plan.EachRule;
import dev.resync.plan.ExpressionRule;
import dev.resync.plan.FieldOrigin;
import dev.resync.plan.FieldRule;
import dev.resync.plan.NullHandling;
import dev.resync.plan.Plan;
import dev.resync.plan.PreservedRule;
import dev.resync.plan.Sensitivity;
import dev.resync.plan.Several;
import dev.resync.plan.SortField;
import dev.resync.plan.TargetPlan;
import dev.resync.plan.ValueRule;
import dev.resync.plan.value.DateForm;
import dev.resync.plan.value.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bson.BsonValue;

/** Puts the rules of one target into words. */
final class FieldExplainer {

    /** The note on what every path through several documents does unless the plan says otherwise. */
    static final String USUAL = "several: quarantine if unequal";

    private static final String QUARANTINE = "quarantine";

    private final Plan plan;
    private final TargetPlan target;
    private final Sensitivity sensitivity;

    FieldExplainer(Plan plan, TargetPlan target) {
        this.plan = plan;
        this.target = target;
        this.sensitivity = new Sensitivity(plan);
    }

    /** Returns the fields in the order of the target, those of array elements after their array. */
    List<FieldExplanation> explain() {
        List<FieldExplanation> fields = new ArrayList<>();
        for (FieldRule rule : target.fields()) {
            fields.add(explain(rule, rule.path(), false));
            if (rule instanceof EachRule each) {
                each.fields().forEach(inner -> fields.add(explain(inner, rule.path() + "[]." + inner.path(), true)));
            }
        }
        return fields;
    }

    private FieldExplanation explain(FieldRule rule, String path, boolean inElement) {
        if (rule instanceof ValueRule value) {
            List<String> from =
                    value.from().stream().map(origin -> text(origin, inElement)).toList();
            return converted(
                    path, owner(value.from().get(0)), from, notes(value, inElement), value.conversion(), onNull(value));
        }
        if (rule instanceof ExpressionRule expression) {
            return converted(
                    path,
                    "expression",
                    List.of(expression.expression()),
                    notes(expression.conversion()),
                    expression.conversion(),
                    onNull(expression.conversion(), expression.required()));
        }
        if (rule instanceof CountRule count) {
            String from = "count of " + count.source();
            return new FieldExplanation(
                    path,
                    count.type().jsonName(),
                    null,
                    count.source(),
                    List.of(from),
                    List.of(),
                    "0",
                    hidden(path),
                    null,
                    null);
        }
        if (rule instanceof PreservedRule) {
            return new FieldExplanation(
                    path,
                    "any",
                    null,
                    "live",
                    List.of("live"),
                    List.of("keeps what others wrote"),
                    noValue(),
                    hidden(path),
                    null,
                    null);
        }
        EachRule each = (EachRule) rule;
        String order = each.orderBy().isEmpty()
                ? ""
                : " by " + each.orderBy().stream().map(FieldExplainer::text).collect(Collectors.joining(", "));
        return new FieldExplanation(
                path,
                "array",
                null,
                each.source(),
                List.of("each of " + each.source() + order),
                List.of(),
                "[]",
                hidden(path),
                null,
                null);
    }

    private boolean hidden(String path) {
        return sensitivity.hidesRule(target.name() + "." + path);
    }

    private FieldExplanation converted(
            String path, String owner, List<String> from, List<String> notes, ConversionRule rule, String onNull) {
        return new FieldExplanation(
                path,
                rule.type().jsonName(),
                format(rule),
                owner,
                from,
                notes,
                onNull,
                hidden(path),
                rule.enumValues() == null ? null : onUnknown(rule),
                rule.enumValues() == null ? null : values(rule));
    }

    private static String owner(FieldOrigin first) {
        if (first instanceof FieldOrigin.Path path) {
            return path.source();
        }
        if (first instanceof FieldOrigin.Constant constant) {
            return constant.whenSource() == null ? "plan" : constant.whenSource();
        }
        if (first instanceof FieldOrigin.Join join) {
            return owner(join.parts().get(0));
        }
        return first instanceof FieldOrigin.Key ? "key" : "run";
    }

    private static String text(FieldOrigin origin, boolean inElement) {
        if (origin instanceof FieldOrigin.Path path) {
            return inElement ? path.path() : path.source() + "." + path.path();
        }
        if (origin instanceof FieldOrigin.Constant constant) {
            String value = BsonText.of(constant.value());
            if (constant.whenSource() == null) {
                return value;
            }
            String when = inElement
                    ? constant.whenPath()
                    : constant.whenSource() + (constant.whenPath() == null ? "" : "." + constant.whenPath());
            return value + " if " + when
                    + (constant.whenIn() == null ? "" : " is " + BsonText.anyOf(constant.whenIn()));
        }
        if (origin instanceof FieldOrigin.Join join) {
            return join.parts().stream()
                    .map(part -> text(part, inElement))
                    .collect(Collectors.joining(", ", "join of ", " with \"" + join.separator() + "\""));
        }
        return origin instanceof FieldOrigin.Key ? "$key" : "$runStart";
    }

    private static String text(SortField order) {
        return order.field() + (order.descending() ? " desc" : "");
    }

    private List<String> notes(ValueRule rule, boolean inElement) {
        List<String> notes = new ArrayList<>();
        boolean throughMany = !inElement
                && rule.from().stream()
                        .flatMap(FieldExplainer::given)
                        .anyMatch(origin -> origin instanceof FieldOrigin.Path path
                                && plan.source(path.source()).cardinality() == Cardinality.MANY);
        if (throughMany) {
            notes.add(several(rule.several()));
        }
        notes.addAll(notes(rule.conversion()));
        return notes;
    }

    /** Returns the places that a value comes from; the field that a constant depends on is none. */
    private static Stream<FieldOrigin> given(FieldOrigin origin) {
        return origin instanceof FieldOrigin.Join join ? join.parts().stream() : Stream.of(origin);
    }

    private static String several(Several several) {
        return switch (several.kind()) {
            case QUARANTINE -> USUAL;
            case NULL -> "several: null";
            case JOIN -> "several: join \"" + several.separator() + "\"";
        };
    }

    private static List<String> notes(ConversionRule rule) {
        List<String> notes = new ArrayList<>();
        if (rule.emptyIsNull()) {
            notes.add("blank is null");
        }
        if (rule.dateForm() != null && !rule.dateForm().inputFormats().isEmpty()) {
            notes.add("also reads " + String.join(", ", rule.dateForm().inputFormats()));
        }
        return notes;
    }

    private static String format(ConversionRule rule) {
        DateForm form = rule.dateForm();
        if (form == null) {
            return null;
        }
        if (form.asBsonDate()) {
            return "BSON date";
        }
        if (form.format() != null) {
            return form.format();
        }
        return rule.type() == ValueType.DATE ? "yyyy-MM-dd" : "yyyy-MM-dd'T'HH:mm:ss.SSS";
    }

    private String onNull(ValueRule rule) {
        FieldOrigin last = rule.from().get(rule.from().size() - 1);
        boolean always = last instanceof FieldOrigin.Constant constant && constant.whenSource() == null;
        return always ? "never" : onNull(rule.conversion(), rule.required());
    }

    private String onNull(ConversionRule rule, boolean required) {
        if (rule.defaultValue() != null) {
            return "default " + BsonText.of(rule.defaultValue());
        }
        if (required) {
            return QUARANTINE;
        }
        return noValue();
    }

    private String noValue() {
        return target.nulls() == NullHandling.OMIT ? "omitted" : "null";
    }

    private static String onUnknown(ConversionRule rule) {
        BsonValue other = rule.enumOther();
        if (other == null) {
            return QUARANTINE;
        }
        return other.isNull() ? "as null" : BsonText.of(other);
    }

    private static List<String> values(ConversionRule rule) {
        return rule.enumValues().entrySet().stream()
                .map(entry -> {
                    String value = BsonText.of(entry.getValue());
                    return value.equals("\"" + entry.getKey() + "\"") ? entry.getKey() : entry.getKey() + " → " + value;
                })
                .sorted()
                .toList();
    }
}

package dev.resync.plan;

import dev.resync.plan.expression.Expression;
import dev.resync.schema.Problems;
import dev.resync.schema.SchemaCheck;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Checks that a plan does not hide in one place what it shows in another. For plans that are valid otherwise. */
final class SensitivityCheck {

    private final Plan plan;
    private final Sensitivity sensitivity;
    private final Problems problems;

    SensitivityCheck(Plan plan, Problems problems) {
        this.plan = plan;
        this.sensitivity = new Sensitivity(plan);
        this.problems = problems;
    }

    void check() {
        plan.sources().forEach(this::checkSource);
        for (TargetPlan target : plan.targets()) {
            String fields = "/targets/" + SchemaCheck.escape(target.name()) + "/fields/";
            for (int i = 0; i < target.fields().size(); i++) {
                FieldRule rule = target.fields().get(i);
                checkRule(rule, fields + i, null);
                if (rule instanceof EachRule each && rule.sensitive() == Sensitive.NO) {
                    checkElements(target.name() + "." + rule.path() + "[].", each, fields + i + "/sensitive");
                }
            }
        }
    }

    private void checkSource(SourcePlan source) {
        if (source.modifiedField() != null && sensitivity.hidesField(source.name(), source.modifiedField())) {
            problems.add(
                    "/sources/" + SchemaCheck.escape(source.name()) + "/modifiedField",
                    "is \"" + source.modifiedField()
                            + "\", which is sensitive, and receipts show how old the newest one is;"
                            + " name another field, or remove it from sensitive");
        }
        for (int i = 0; i < source.sensitive().size() && !plan.keySensitive(); i++) {
            String path = source.sensitive().get(i);
            if (Sensitivity.overlap(path, source.key().field())) {
                problems.add(
                        "/sources/" + SchemaCheck.escape(source.name()) + "/sensitive/" + i,
                        "is \"" + path
                                + "\", which holds the key, and keys are shown; add \"sensitive\": true to /key, or"
                                + " remove it here");
            }
        }
    }

    private void checkElements(String prefix, EachRule array, String pointer) {
        array.fields().stream()
                .filter(field -> sensitivity.hidesRule(prefix + field.path()))
                .findFirst()
                .ifPresent(field -> problems.add(
                        pointer,
                        "is false, but " + array.path() + "[]." + field.path()
                                + " in it is sensitive; remove one of them"));
    }

    private void checkRule(FieldRule rule, String pointer, EachRule array) {
        if (rule instanceof EachRule each) {
            for (int i = 0; i < each.fields().size(); i++) {
                checkRule(each.fields().get(i), pointer + "/fields/" + i, each);
            }
        }
        boolean inSensitive = array != null && array.sensitive() == Sensitive.YES;
        if (rule.sensitive() == Sensitive.NO) {
            checkShown(rule, pointer + "/sensitive", inSensitive);
        } else if (!plan.keySensitive() && (rule.sensitive() == Sensitive.YES || inSensitive)) {
            checkHidden(rule, pointer + (inSensitive ? "" : "/sensitive"));
        }
    }

    private void checkShown(FieldRule rule, String pointer, boolean inSensitive) {
        if (inSensitive) {
            problems.add(pointer, "is false within an array that is sensitive; remove one of them");
        } else if (rule instanceof ValueRule value) {
            value.reads().stream()
                    .filter(sensitivity::reads)
                    .findFirst()
                    .ifPresent(origin -> problems.add(
                            pointer,
                            "is false, but " + name(origin)
                                    + ", which the rule reads, is sensitive; remove one of them"));
        } else if (rule instanceof ExpressionRule expression) {
            Set<String> sources = plan.sources().stream().map(SourcePlan::name).collect(Collectors.toSet());
            Expression.compile(expression.expression()).names().stream()
                    .filter(name -> !sources.contains(name))
                    .filter(name -> sources.stream().anyMatch(source -> sensitivity.hidesName(source, name)))
                    .sorted()
                    .findFirst()
                    .ifPresent(name -> problems.add(
                            pointer,
                            "is false, but " + name
                                    + ", which the expression names, is sensitive; remove one of them"));
        }
    }

    private void checkHidden(FieldRule rule, String pointer) {
        List<FieldOrigin> origins = rule instanceof ValueRule value ? value.reads() : List.of();
        origins.stream().filter(this::isKey).findFirst().ifPresent(origin -> {
            String what = "but " + name(origin) + ", which the rule reads, is the key, and keys are shown; ";
            problems.add(pointer, "is sensitive, " + what + "add \"sensitive\": true to /key, or remove it here");
        });
    }

    private boolean isKey(FieldOrigin origin) {
        return origin instanceof FieldOrigin.Key
                || (origin instanceof FieldOrigin.Path path
                        && Sensitivity.overlap(
                                path.path(), plan.source(path.source()).key().field()));
    }

    private static String name(FieldOrigin origin) {
        return origin instanceof FieldOrigin.Path path ? path.source() + "." + path.path() : "$key";
    }
}

package dev.resync.plan;

import dev.resync.plan.expression.Expression;
import dev.resync.schema.NearestName;
import dev.resync.schema.Place;
import dev.resync.schema.Problems;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Checks of the rules of a target: one kind each, names that exist, and nothing without effect. */
final class RuleCheck {

    private static final List<String> KINDS = List.of("from", "expression", "each", "countOf", "preserve");
    private static final Set<String> VALUE_FIELDS = Set.of(
            "path", "type", "required", "default", "emptyIsNull", "enum", "enumOther", "format", "inputFormats", "as");
    private static final Map<String, Set<String>> OWN_FIELDS = Map.of(
            "from", Set.of("from", "several"),
            "expression", Set.of("expression"),
            "each", Set.of("path", "each", "fields", "orderBy"),
            "countOf", Set.of("path", "countOf", "type"),
            "preserve", Set.of("path", "preserve"));

    private final List<String> sources;
    private final Map<String, String> cardinalities;
    private final ConversionCheck conversions;
    private final Problems problems;

    RuleCheck(List<String> sources, Map<String, String> cardinalities, ZoneId zone, Problems problems) {
        this.sources = sources;
        this.cardinalities = cardinalities;
        this.conversions = new ConversionCheck(zone, problems);
        this.problems = problems;
    }

    /** Returns the ids of a rule and of those within it. */
    static List<String> ids(String target, Place rule) {
        List<String> ids = new ArrayList<>();
        String id = target + "." + rule.at("path").text();
        ids.add(id);
        rule.at("fields")
                .items()
                .forEach(field -> ids.add(id + "[]." + field.at("path").text()));
        return ids;
    }

    void checkTarget(List<Place> rules) {
        rules.forEach(rule -> check(rule, false));
    }

    private void check(Place rule, boolean inElement) {
        List<String> kinds = KINDS.stream().filter(rule::has).toList();
        if (kinds.size() != 1) {
            problems.add(
                    rule.pointer(),
                    kinds.isEmpty()
                            ? "says nowhere where the value comes from; add one of " + String.join(", ", KINDS)
                            : "has " + String.join(" and ", kinds) + "; keep one of them");
            return;
        }
        String kind = kinds.get(0);
        checkEffect(rule, kind);
        switch (kind) {
            case "from" -> checkFrom(rule, inElement);
            case "expression" -> checkExpression(rule);
            case "each" -> checkEach(rule, inElement);
            case "countOf" -> checkCount(rule, inElement);
            default -> checkPreserved(rule, inElement);
        }
    }

    private void checkEffect(Place rule, String kind) {
        boolean value = kind.equals("from") || kind.equals("expression");
        Set<String> known = new TreeSet<>(VALUE_FIELDS);
        known.addAll(Set.of("several", "fields", "orderBy"));
        for (String name : rule.names()) {
            boolean fits = OWN_FIELDS.get(kind).contains(name) || (value && VALUE_FIELDS.contains(name));
            if (known.contains(name) && !fits) {
                problems.add(rule.at(name).pointer(), "has no effect together with " + kind + "; remove it");
            }
        }
        if (value) {
            conversions.check(rule);
        }
    }

    private void checkFrom(Place rule, boolean inElement) {
        boolean throughMany = false;
        boolean reachable = true;
        for (Place origin : rule.at("from").items()) {
            if (!reachable) {
                problems.add(
                        origin.pointer(),
                        "is never reached, since the constant before it always applies; add whenPresent or when to that, or"
                                + " remove this");
            }
            if (origin.node().isTextual()) {
                throughMany |= checkPath(origin, inElement);
            } else if (origin.has("join")) {
                throughMany |= checkJoin(rule, origin, inElement);
            } else {
                checkConstant(rule, origin, inElement);
                reachable &= origin.has("whenPresent") || origin.has("when");
            }
        }
        if (!reachable && rule.has("default")) {
            problems.add(
                    rule.at("default").pointer(), "is never used, since the last of from always applies; remove one");
        }
        if (rule.has("several") && (inElement || !throughMany)) {
            problems.add(
                    rule.at("several").pointer(),
                    "has no effect, since nothing in from passes through a source of cardinality many; remove it");
        }
    }

    /** Returns whether the path goes through a source of cardinality many. */
    private boolean checkPath(Place origin, boolean inElement) {
        String text = origin.text();
        if (text.equals("$key") || text.equals("$runStart")) {
            return false;
        }
        if (text.startsWith("$")) {
            problems.add(
                    origin.pointer(), "is \"" + text + "\"; the only names with a dollar sign are $key and $runStart");
            return false;
        }
        if (!SourcePath.wellFormed(text)) {
            problems.add(origin.pointer(), "is \"" + text + "\"; expected a dotted path without empty steps");
            return false;
        }
        if (inElement) {
            return false;
        }
        SourcePath path = SourcePath.of(text);
        if (checkSource(origin, path.source()) && path.path() == null) {
            problems.add(
                    origin.pointer(),
                    "is \"" + text + "\", a source without a field; name the field as " + text + ".<field>");
        }
        return "many".equals(cardinalities.get(path.source()));
    }

    /** Returns whether a part goes through a source of cardinality many. */
    private boolean checkJoin(Place rule, Place origin, boolean inElement) {
        for (String name : List.of("value", "whenPresent", "when")) {
            if (origin.has(name)) {
                problems.add(origin.at(name).pointer(), "has no effect together with join; remove it");
            }
        }
        conversions.checkJoin(rule, origin.at("join"));
        boolean throughMany = false;
        for (Place part : origin.at("join").items()) {
            if (part.text().equals("$runStart")) {
                problems.add(part.pointer(), "is \"$runStart\", a date, and a join is of texts; remove it");
            } else if (part.node().isTextual()) {
                throughMany |= checkPath(part, inElement);
            }
        }
        return throughMany;
    }

    private void checkConstant(Place rule, Place origin, boolean inElement) {
        if (origin.has("separator")) {
            problems.add(origin.at("separator").pointer(), "has no effect without join; remove it");
        }
        conversions.checkFits(rule, origin.at("value"), "value");
        if (origin.has("when")) {
            checkCondition(origin, inElement);
        }
        Place when = origin.at("whenPresent");
        if (!when.node().isTextual()) {
            return;
        }
        if (!SourcePath.wellFormed(when.text())) {
            problems.add(when.pointer(), "is \"" + when.text() + "\"; expected a source, or <source>.<path>");
        } else if (!inElement) {
            checkSource(when, SourcePath.of(when.text()).source());
        }
    }

    private void checkCondition(Place origin, boolean inElement) {
        if (origin.has("whenPresent")) {
            problems.add(origin.pointer(), "has whenPresent and when; keep one of them");
        }
        Place field = origin.at("when").at("field");
        if (field.text().startsWith("$")) {
            problems.add(field.pointer(), "is \"" + field.text() + "\"; expected <source>.<path>");
        } else if (!field.text().isEmpty()) {
            checkPath(field, inElement);
        }
    }

    private void checkExpression(Place rule) {
        Place expression = rule.at("expression");
        if (expression.text().isEmpty()) {
            return;
        }
        try {
            Expression.compile(expression.text());
        } catch (IllegalArgumentException refused) {
            problems.add(expression.pointer(), refused.getMessage());
        }
    }

    private void checkEach(Place rule, boolean inElement) {
        Place each = rule.at("each");
        if (inElement) {
            problems.add(each.pointer(), "stands within another each; elements hold no arrays of sources");
            return;
        }
        if (checkSource(each, each.text()) && !"many".equals(cardinalities.get(each.text()))) {
            problems.add(
                    each.pointer(),
                    "is \"" + each.text() + "\", a source of cardinality " + cardinalities.get(each.text())
                            + "; each needs many");
        }
        if (!rule.has("fields")) {
            problems.add(rule.pointer(), "has each, but no rules for the elements; add fields");
        }
        rule.at("fields").items().forEach(field -> check(field, true));
    }

    private void checkCount(Place rule, boolean inElement) {
        Place countOf = rule.at("countOf");
        if (inElement) {
            problems.add(countOf.pointer(), "stands within each; count in a rule of the target itself");
            return;
        }
        checkSource(countOf, countOf.text());
        String type = rule.at("type").text("int");
        if (!type.equals("int") && !type.equals("long")) {
            problems.add(rule.at("type").pointer(), "is \"" + type + "\"; a count is an int or a long");
        }
    }

    private void checkPreserved(Place rule, boolean inElement) {
        if (inElement) {
            problems.add(
                    rule.at("preserve").pointer(),
                    "stands within each; elements have no counterpart in live, so preserve the whole array or nothing");
        }
    }

    private boolean checkSource(Place place, String name) {
        if (!place.node().isTextual() || sources.contains(name)) {
            return place.node().isTextual();
        }
        problems.add(
                place.pointer(),
                "names the source \"" + name + "\", which the plan has not" + NearestName.hint(name, sources));
        return false;
    }
}

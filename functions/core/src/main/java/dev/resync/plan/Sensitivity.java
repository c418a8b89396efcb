package dev.resync.plan;

import dev.resync.plan.expression.Expression;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a plan keeps from being shown: in problems of quarantined bundles, receipts, gates, differences and errors, {@link
 * #HIDDEN} stands where a value would. Sensitive are the source fields that a source names, those that a sensitive rule
 * reads and, where the plan's key is, the key field of each source; and of the targets the fields of sensitive rules and of
 * rules that read a sensitive source field. An expression may read what it does not name, so that it is as sensitive as
 * anything it can see, unless its rule says otherwise. An array is as sensitive as anything in its elements, since it may be
 * shown as a whole. Immutable.
 */
public final class Sensitivity {

    /** What stands where a sensitive value would. */
    public static final String HIDDEN = "(sensitive)";

    /** Begins what stands for a name at any place in a path; no path of a plan begins like this. */
    public static final String ANYWHERE = "$**.";

    private final boolean key;
    private final Map<String, Set<String>> paths = new HashMap<>();
    private final Set<String> rules = new HashSet<>();
    private final Set<String> messages = new HashSet<>();

    /** @param plan the plan; never null */
    public Sensitivity(Plan plan) {
        key = plan.keySensitive();
        for (SourcePlan source : plan.sources()) {
            Set<String> named = new HashSet<>(source.sensitive());
            if (key) {
                named.add(source.key().field());
            }
            paths.put(source.name(), named);
        }
        forEach(plan, this::addPathsOf);
        forEach(plan, this::addIfSensitive);
        plan.targets().forEach(this::addArrays);
    }

    /** Returns whether the plan hides anything. */
    public boolean any() {
        return key || !rules.isEmpty() || paths.values().stream().anyMatch(named -> !named.isEmpty());
    }

    /** Returns whether keys are hidden. */
    public boolean key() {
        return key;
    }

    /**
     * Returns what is hidden of a source, ascending: dotted paths, and names that count at any depth after {@link #ANYWHERE}, which
     * are those that a sensitive expression uses.
     *
     * @param source name of a source of the plan
     */
    public List<String> fieldsOf(String source) {
        return paths.get(source).stream().sorted().toList();
    }

    /**
     * Returns whether the value of a source field is hidden: it is sensitive, holds a sensitive field, or lies in one.
     *
     * @param source name of a source; null for none
     * @param path dotted path in its documents; null for none
     */
    public boolean hidesField(String source, String path) {
        return source != null
                && path != null
                && paths.getOrDefault(source, Set.of()).stream().anyMatch(sensitive -> overlap(sensitive, path));
    }

    /** Returns whether a name is a step of a sensitive path of a source. */
    boolean hidesName(String source, String name) {
        return paths.get(source).stream()
                .anyMatch(sensitive -> List.of(sensitive.split("\\.")).contains(name));
    }

    /** Returns whether the values of a rule are hidden: of its own, of what it reads, or of any field in its elements. */
    public boolean hidesRule(String ruleId) {
        return rules.contains(ruleId);
    }

    /** Returns whether what an expression says of its failure is hidden, which may quote anything that it sees. */
    public boolean hidesMessage(String ruleId) {
        return messages.contains(ruleId);
    }

    /** Returns the value, or what stands for it where it is hidden; null stays null. */
    public static String shown(String value, boolean hidden) {
        return hidden && value != null ? HIDDEN : value;
    }

    /**
     * Tells of each rule with its id and the source whose documents its paths start from.
     *
     * @param sensitive what the rule says, or the array that it stands in
     * @param element null for rules of the target itself
     */
    private interface RuleVisitor {
        void visit(String id, FieldRule rule, Sensitive sensitive, String element);
    }

    private static void forEach(Plan plan, RuleVisitor visitor) {
        for (TargetPlan target : plan.targets()) {
            for (FieldRule rule : target.fields()) {
                String id = target.name() + "." + rule.path();
                visitor.visit(id, rule, rule.sensitive(), null);
                if (rule instanceof EachRule each) {
                    for (FieldRule field : each.fields()) {
                        Sensitive sensitive = each.sensitive() == Sensitive.YES ? Sensitive.YES : field.sensitive();
                        visitor.visit(id + "[]." + field.path(), field, sensitive, each.source());
                    }
                }
            }
        }
    }

    private void addPathsOf(String id, FieldRule rule, Sensitive sensitive, String element) {
        if (sensitive != Sensitive.YES) {
            return;
        }
        if (rule instanceof ValueRule value) {
            for (FieldOrigin origin : value.reads()) {
                if (origin instanceof FieldOrigin.Path path) {
                    paths.get(path.source()).add(path.path());
                }
            }
        } else if (rule instanceof ExpressionRule expression) {
            // A name may stand for a field at any depth, so each counts wherever it stands in a path.
            Set<String> names = Expression.compile(expression.expression()).names();
            (element == null ? paths.keySet() : Set.of(element))
                    .forEach(source -> names.forEach(name -> paths.get(source).add(ANYWHERE + name)));
        }
    }

    private void addIfSensitive(String id, FieldRule rule, Sensitive sensitive, String element) {
        boolean sees = rule instanceof ExpressionRule && sees(element);
        if (sees) {
            messages.add(id);
        }
        boolean derived = sees
                || (rule instanceof ValueRule value && value.reads().stream().anyMatch(this::reads));
        if (sensitive == Sensitive.YES || (sensitive == Sensitive.DERIVED && derived)) {
            rules.add(id);
            messages.add(id);
        }
    }

    private void addArrays(TargetPlan target) {
        for (FieldRule rule : target.fields()) {
            String id = target.name() + "." + rule.path();
            if (rule instanceof EachRule each
                    && each.fields().stream().anyMatch(field -> hidesRule(id + "[]." + field.path()))) {
                rules.add(id);
            }
        }
    }

    private boolean sees(String element) {
        return element == null
                ? paths.values().stream().anyMatch(named -> !named.isEmpty())
                : !paths.get(element).isEmpty() || key;
    }

    /** Returns whether a place that a value may come from holds what is sensitive. */
    boolean reads(FieldOrigin origin) {
        return (origin instanceof FieldOrigin.Key && key)
                || (origin instanceof FieldOrigin.Path path && hidesField(path.source(), path.path()));
    }

    /** Returns whether one path lies in the other, or is it. */
    static boolean overlap(String sensitive, String path) {
        if (sensitive.startsWith(ANYWHERE)) {
            return List.of(path.split("\\.")).contains(sensitive.substring(ANYWHERE.length()));
        }
        return path.equals(sensitive) || path.startsWith(sensitive + ".") || sensitive.startsWith(path + ".");
    }
}

package dev.resync.mapping;

import dev.resync.plan.EachRule;
import dev.resync.plan.ExpressionRule;
import dev.resync.plan.FieldOrigin;
import dev.resync.plan.FieldRule;
import dev.resync.plan.Plan;
import dev.resync.plan.SourcePlan;
import dev.resync.plan.ValueRule;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Works out which fields of each source the rules of a plan read. */
final class Projections {

    private final Map<String, Set<String>> names = new HashMap<>();
    private final Set<String> whole = new HashSet<>();

    Projections(Plan plan) {
        for (SourcePlan source : plan.sources()) {
            names.put(source.name(), new HashSet<>(Set.of("_id")));
            add(source.name(), source.latestBy());
            add(source.name(), source.identity());
        }
        plan.targets().forEach(target -> target.fields().forEach(rule -> add(rule, null)));
    }

    Projection of(String source) {
        return new Projection(whole.contains(source) ? null : Set.copyOf(names.get(source)));
    }

    private void add(FieldRule rule, String element) {
        if (rule instanceof ValueRule value) {
            value.reads().forEach(this::add);
        } else if (rule instanceof EachRule each) {
            each.orderBy().forEach(order -> add(each.source(), order.field()));
            each.fields().forEach(field -> add(field, each.source()));
        } else if (rule instanceof ExpressionRule) {
            // An expression may list a document's fields, so it must see them all.
            if (element == null) {
                whole.addAll(names.keySet());
            } else {
                whole.add(element);
            }
        }
    }

    private void add(FieldOrigin origin) {
        if (origin instanceof FieldOrigin.Path path) {
            add(path.source(), path.path());
        } else if (origin instanceof FieldOrigin.Constant constant && constant.whenPath() != null) {
            add(constant.whenSource(), constant.whenPath());
        }
    }

    private void add(String source, String path) {
        if (path != null) {
            names.get(source).add(new FieldPath(path).top());
        }
    }
}

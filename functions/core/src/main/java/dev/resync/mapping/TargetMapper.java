package dev.resync.mapping;

import dev.resync.plan.CountRule;
import dev.resync.plan.EachRule;
import dev.resync.plan.ExpressionRule;
import dev.resync.plan.FieldRule;
import dev.resync.plan.NullHandling;
import dev.resync.plan.Plan;
import dev.resync.plan.PreservedRule;
import dev.resync.plan.Sensitivity;
import dev.resync.plan.TargetPlan;
import dev.resync.plan.ValueRule;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bson.BsonDocument;

/** Makes the documents of one target. Thread-safe. */
final class TargetMapper {

    private final String name;
    private final FieldWriter fields;

    /**
     * @param sensitivity what the plan hides
     * @param sourceIndex positions of the sources in a bundle view, by name
     * @param firstRule position of the target's first rule in {@link BundleMapper#ruleIds()}
     */
    TargetMapper(
            TargetPlan target, Plan plan, Sensitivity sensitivity, Map<String, Integer> sourceIndex, int firstRule) {
        this.name = target.name();
        this.fields = new Compiler(target, plan.timeZone(), sensitivity, sourceIndex, firstRule).writer();
    }

    String name() {
        return name;
    }

    BsonDocument map(BundleView view) {
        return fields.write(new BsonDocument("_id", view.key()), view, null);
    }

    /** Makes the rules of a target ready, numbering them as {@link TargetPlan#ruleIds()} does. */
    private static final class Compiler {

        private final TargetPlan target;
        private final ZoneId zone;
        private final Sensitivity sensitivity;
        private final Map<String, Integer> sourceIndex;
        private final List<String> ids;
        private final int first;
        private int next;

        Compiler(TargetPlan target, ZoneId zone, Sensitivity sensitivity, Map<String, Integer> sourceIndex, int first) {
            this.target = target;
            this.zone = zone;
            this.sensitivity = sensitivity;
            this.sourceIndex = sourceIndex;
            this.ids = target.ruleIds();
            this.first = first;
        }

        FieldWriter writer() {
            return writer(target.fields(), false);
        }

        private FieldWriter writer(List<FieldRule> rules, boolean inElement) {
            List<FieldWriter.Field> compiled = new ArrayList<>();
            for (FieldRule rule : rules) {
                compiled.add(new FieldWriter.Field(new FieldPath(rule.path()), evaluator(rule, inElement)));
            }
            return new FieldWriter(compiled, target.nulls() == NullHandling.WRITE);
        }

        private RuleEvaluator evaluator(FieldRule rule, boolean inElement) {
            RuleTarget place = new RuleTarget(first + next, ids.get(next), sensitivity);
            next++;
            if (rule instanceof ValueRule value) {
                return new ValueEvaluator(value, place, inElement, sourceIndex);
            }
            if (rule instanceof ExpressionRule expression) {
                return new ExpressionEvaluator(expression, place);
            }
            if (rule instanceof CountRule count) {
                return new CountEvaluator(count, place, sourceIndex.get(count.source()));
            }
            if (rule instanceof PreservedRule preserved) {
                return new PreservedEvaluator(place, target.name(), new FieldPath(preserved.path()));
            }
            EachRule each = (EachRule) rule;
            return new EachEvaluator(each, place, sourceIndex.get(each.source()), writer(each.fields(), true), zone);
        }
    }
}

package dev.resync.mapping;

import dev.resync.plan.ValueRule;
import java.util.List;
import java.util.Map;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/** Evaluates {@code from}: the first origin that gives a value. */
final class ValueEvaluator implements RuleEvaluator {

    private final RuleTarget target;
    private final List<Origin> origins;
    private final BsonValue defaultValue;
    private final boolean required;
    private final boolean onlyConstants;

    ValueEvaluator(ValueRule rule, RuleTarget target, boolean inElement, Map<String, Integer> sourceIndex) {
        this.target = target;
        Origins ready =
                new Origins(target, rule.several(), inElement, new ValueConverter(rule.conversion()), sourceIndex);
        this.origins = rule.from().stream().map(ready::of).toList();
        this.defaultValue = rule.conversion().defaultValue();
        this.required = rule.required();
        this.onlyConstants = origins.stream().noneMatch(Origin::fromSource);
    }

    @Override
    public BsonValue evaluate(BundleView view, BsonDocument element) {
        int known = view.problems().size();
        for (Origin origin : origins) {
            BsonValue value = target.guarded(view, origin.source(), origin.field(), () -> origin.read(view, element));
            if (value != null) {
                // A rule of constants has nothing that could fail to match.
                if (origin.fromSource() || onlyConstants) {
                    view.hit(target.index());
                }
                return value;
            }
            if (view.problems().size() > known) {
                // The bundle is lost; a later origin would hide why.
                return null;
            }
        }
        return target.complete(view, null, defaultValue, required);
    }
}

package dev.resync.mapping;

import dev.resync.plan.CountRule;
import dev.resync.plan.value.ValueType;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonValue;

/** Evaluates {@code countOf}. */
final class CountEvaluator implements RuleEvaluator {

    private final RuleTarget target;
    private final int source;
    private final boolean asLong;

    CountEvaluator(CountRule rule, RuleTarget target, int source) {
        this.target = target;
        this.source = source;
        this.asLong = rule.type() == ValueType.LONG;
    }

    @Override
    public BsonValue evaluate(BundleView view, BsonDocument element) {
        int count = view.documents(source).size();
        if (count > 0) {
            view.hit(target.index());
        }
        return asLong ? new BsonInt64(count) : new BsonInt32(count);
    }
}

package dev.resync.mapping;

import dev.resync.plan.ExpressionRule;
import dev.resync.plan.expression.Expression;
import dev.resync.plan.expression.ExpressionFailed;
import java.util.Map;
import java.util.TreeMap;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/** Evaluates {@code expression}. */
final class ExpressionEvaluator implements RuleEvaluator {

    private final RuleTarget target;
    private final Expression expression;
    private final ValueConverter converter;
    private final BsonValue defaultValue;
    private final boolean required;

    ExpressionEvaluator(ExpressionRule rule, RuleTarget target) {
        this.target = target;
        this.expression = Expression.compile(rule.expression());
        this.converter = new ValueConverter(rule.conversion());
        this.defaultValue = rule.conversion().defaultValue();
        this.required = rule.required();
    }

    @Override
    public BsonValue evaluate(BundleView view, BsonDocument element) {
        int known = view.problems().size();
        BsonValue value = target.guarded(view, null, null, () -> converter.convert(result(view, element)));
        if (value != null) {
            view.hit(target.index());
        } else if (view.problems().size() > known) {
            return null;
        }
        return target.complete(view, value, defaultValue, required);
    }

    private BsonValue result(BundleView view, BsonDocument element) {
        Map<String, Object> input = element == null ? view.expressionInput() : ExpressionValues.toJava(element);
        Map<String, Object> variables = new TreeMap<>();
        variables.put("key", ExpressionValues.toJava(view.key()));
        variables.put(
                "runStart",
                ExpressionValues.toJava(new BsonDateTime(view.runStart().toEpochMilli())));
        try {
            return ExpressionValues.toBson(expression.evaluate(input, variables));
        } catch (ExpressionFailed failure) {
            throw new MappingFailure(MappingFailure.EXPRESSION_FAILED, ShortText.cut(failure.getMessage()));
        }
    }
}

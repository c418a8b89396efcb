package dev.resync.mapping;

import dev.resync.plan.value.Unconvertible;
import java.util.function.Supplier;
import org.bson.BsonValue;

/**
 * The place of a rule in reports.
 *
 * @param index position in {@link BundleMapper#ruleIds()}
 * @param id id of the rule
 */
record RuleTarget(int index, String id) {

    /** Returns what the supplier gives; null, with the view told why, if that fails. */
    BsonValue guarded(BundleView view, String source, String field, Supplier<BsonValue> supplier) {
        try {
            return supplier.get();
        } catch (Unconvertible failure) {
            view.problem(new MappingProblem(failure.reason(), source, field, ShortText.of(failure.value()), id));
        } catch (MappingFailure failure) {
            view.problem(new MappingProblem(failure.reason(), source, field, failure.value(), id));
        }
        return null;
    }

    /** Returns the value, or the default where there is none; tells the view where one is required and missing. */
    BsonValue complete(BundleView view, BsonValue value, BsonValue defaultValue, boolean required) {
        BsonValue complete = value == null ? defaultValue : value;
        if (complete == null && required) {
            view.problem(new MappingProblem(MappingFailure.REQUIRED_MISSING, null, null, null, id));
        }
        return complete;
    }
}

package dev.resync.mapping;

import dev.resync.plan.Sensitivity;
import dev.resync.plan.value.Unconvertible;
import java.util.function.Supplier;
import org.bson.BsonValue;

/**
 * The place of a rule in reports.
 *
 * @param index position in {@link BundleMapper#ruleIds()}
 * @param id id of the rule
 * @param sensitivity what the plan hides
 */
record RuleTarget(int index, String id, Sensitivity sensitivity) {

    /** Returns what the supplier gives; null, with the view told why, if that fails. */
    BsonValue guarded(BundleView view, String source, String field, Supplier<BsonValue> supplier) {
        try {
            return supplier.get();
        } catch (Unconvertible failure) {
            view.problem(problem(failure.reason(), source, field, ShortText.of(failure.value())));
        } catch (MappingFailure failure) {
            view.problem(problem(failure.reason(), source, field, failure.value()));
        }
        return null;
    }

    private MappingProblem problem(String reason, String source, String field, String value) {
        boolean hidden = sensitivity.hidesRule(id)
                || (reason.equals(MappingFailure.EXPRESSION_FAILED) && sensitivity.hidesMessage(id))
                || (source == null ? showsLive(reason) : sensitivity.hidesField(source, shownPath(reason, field)));
        return new MappingProblem(reason, source, field, Sensitivity.shown(value, hidden), id);
    }

    /** Of live an array on the way may hold anything, and what of it is sensitive nobody has said. */
    private boolean showsLive(String reason) {
        return reason.equals(MappingFailure.ARRAY_ON_PATH) && sensitivity.any();
    }

    /** An array on the way is shown itself, with all that lies beside the field. */
    private static String shownPath(String reason, String field) {
        return field != null && reason.equals(MappingFailure.ARRAY_ON_PATH) ? new FieldPath(field).top() : field;
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

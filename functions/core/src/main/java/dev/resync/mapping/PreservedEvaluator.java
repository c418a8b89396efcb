package dev.resync.mapping;

import org.bson.BsonDocument;
import org.bson.BsonValue;

/** Evaluates {@code preserve}. */
final class PreservedEvaluator implements RuleEvaluator {

    private final RuleTarget place;
    private final String target;
    private final FieldPath path;

    PreservedEvaluator(RuleTarget place, String target, FieldPath path) {
        this.place = place;
        this.target = target;
        this.path = path;
    }

    @Override
    public BsonValue evaluate(BundleView view, BsonDocument element) {
        BsonDocument live = view.live(target);
        BsonValue value = live == null ? null : place.guarded(view, null, path.text(), () -> path.value(live));
        if (value == null || value.isNull()) {
            return null;
        }
        view.hit(place.index());
        return value;
    }
}

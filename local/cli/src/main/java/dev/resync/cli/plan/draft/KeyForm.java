package dev.resync.cli.plan.draft;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.BsonType;
import org.bson.BsonValue;

/**
 * How the raw keys of a source and the keys of the plan become each other.
 *
 * @param type type of the raw key as a plan names it
 * @param transform steps to the plan's key
 */
record KeyForm(String type, List<String> transform) {

    KeyForm {
        transform = List.copyOf(transform);
    }

    /** Share of values that must be of the key's type; some documents have odd keys. */
    static final double MOSTLY = 0.9;

    /** Returns the plan's name for the type of nearly all values; empty where these are no keys. */
    static Optional<String> typeOf(Profile.Field field) {
        if (mostly(field, BsonType.STRING)) {
            return Optional.of("string");
        }
        if (mostly(field, BsonType.OBJECT_ID)) {
            return Optional.of("objectId");
        }
        if (mostly(field, BsonType.INT32)) {
            return Optional.of("int");
        }
        return mostly(field, BsonType.INT32, BsonType.INT64) ? Optional.of("long") : Optional.empty();
    }

    private static boolean mostly(Profile.Field field, BsonType... types) {
        Set<BsonType> wanted = Set.of(types);
        long fitting = field.values().stream()
                .filter(value -> wanted.contains(value.getBsonType()))
                .count();
        return fitting > 0 && fitting >= MOSTLY * field.values().size();
    }

    /** Returns the form that brings keys of one type to those of the plan; empty where there is none. */
    static Optional<KeyForm> between(String raw, String plan, boolean trim) {
        List<String> steps = new ArrayList<>();
        if (trim && raw.equals("string")) {
            steps.add("trim");
        }
        boolean rawNumber = raw.equals("int") || raw.equals("long");
        boolean planNumber = plan.equals("int") || plan.equals("long");
        if (plan.equals("string") && !raw.equals("string")) {
            steps.add("toString");
        } else if (planNumber && raw.equals("string")) {
            steps.add("toNumber");
        } else if (!plan.equals(raw) && !(rawNumber && planNumber)) {
            return Optional.empty();
        }
        return Optional.of(new KeyForm(raw, steps));
    }

    /** Returns the raw key that becomes a key of the plan. */
    BsonValue raw(BsonValue planKey) {
        if (transform.contains("toNumber") && planKey.isNumber()) {
            return new BsonString(Long.toString(planKey.asNumber().longValue()));
        }
        if (transform.contains("toString")
                && planKey instanceof BsonString text
                && text.getValue().matches("-?\\d{1,18}")) {
            return new BsonInt64(Long.parseLong(text.getValue()));
        }
        return planKey;
    }
}

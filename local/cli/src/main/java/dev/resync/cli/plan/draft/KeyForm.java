package dev.resync.cli.plan.draft;

import dev.resync.plan.value.Numbers;
import dev.resync.plan.value.WhiteSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.bson.BsonInt64;
import org.bson.BsonString;
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
        if (mostly(field, BsonValue::isString)) {
            return Optional.of("string");
        }
        if (mostly(field, BsonValue::isObjectId)) {
            return Optional.of("objectId");
        }
        if (mostly(field, BsonValue::isInt32)) {
            return Optional.of("int");
        }
        // Many clients write every number as a double; whole ones are keys, and may come to need more than 32 bits.
        return mostly(field, value -> Numbers.whole(value).isPresent()) ? Optional.of("long") : Optional.empty();
    }

    private static boolean mostly(Profile.Field field, Predicate<BsonValue> wanted) {
        long fitting = field.values().stream().filter(wanted).count();
        return fitting > 0 && fitting >= MOSTLY * field.values().size();
    }

    /** Returns the same for values that are one key: whole numbers that compare equal, whatever their type. */
    static BsonValue comparable(BsonValue value) {
        return Numbers.whole(value).<BsonValue>map(BsonInt64::new).orElse(value);
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

    /** Returns the key of the plan that a raw key becomes, as {@link #comparable} gives it. */
    BsonValue planKey(BsonValue raw) {
        if (raw instanceof BsonString text) {
            String stripped = WhiteSpace.strip(text.getValue());
            return transform.contains("toNumber")
                    ? Numbers.parse(stripped)
                            .flatMap(Numbers::whole)
                            .<BsonValue>map(BsonInt64::new)
                            .orElse(raw)
                    : new BsonString(stripped);
        }
        return transform.contains("toString")
                ? Numbers.whole(raw)
                        .<BsonValue>map(number -> new BsonString(Long.toString(number)))
                        .orElse(raw)
                : comparable(raw);
    }

    /** Returns the raw key that becomes a key of the plan; of a number, one that compares equal. */
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

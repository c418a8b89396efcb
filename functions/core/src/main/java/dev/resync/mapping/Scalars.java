package dev.resync.mapping;

import dev.resync.plan.value.Numbers;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.bson.BsonString;
import org.bson.BsonValue;

/** A set of texts, numbers and booleans; numbers that compare equal are one. */
final class Scalars {

    private final boolean ignoreCase;
    private final Set<Object> members = new HashSet<>();

    Scalars(List<BsonValue> values, boolean ignoreCase) {
        this.ignoreCase = ignoreCase;
        values.forEach(value -> members.add(comparable(value)));
    }

    /** @param value any value; null for missing */
    boolean contains(BsonValue value) {
        return value != null && members.contains(comparable(value));
    }

    private Object comparable(BsonValue value) {
        if (value instanceof BsonString text) {
            return ignoreCase ? text.getValue().toLowerCase(Locale.ROOT) : text.getValue();
        }
        // Stripped, since BigDecimal tells 1 from 1.0.
        return Numbers.finite(value)
                .map(BigDecimal::stripTrailingZeros)
                .<Object>map(n -> n)
                .orElse(value);
    }
}

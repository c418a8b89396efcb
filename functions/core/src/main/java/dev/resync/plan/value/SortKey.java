package dev.resync.plan.value;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.bson.BsonDateTime;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;

/**
 * A value made comparable for "the latest" and for the order of arrays. Dates compare as moments, whether they are BSON
 * dates or text. Null and missing come lowest.
 *
 * @param kind what the value is; kinds are ordered as declared
 * @param moment the moment, for {@link Kind#MOMENT}; null for other kinds
 * @param value the value; BSON null for missing
 */
public record SortKey(Kind kind, Instant moment, BsonValue value) implements Comparable<SortKey> {

    private static final SortKey NULL = new SortKey(Kind.NULL, null, BsonNull.VALUE);

    /** What a value is for sorting. */
    public enum Kind {
        /** Null or missing. */
        NULL,
        /** Number other than NaN. */
        NUMBER,
        /** BSON date, or text that is a date. */
        MOMENT,
        /** ObjectId. */
        OBJECT_ID,
        /** BSON timestamp. */
        TIMESTAMP,
        /** Everything else: it has an order, but none that could tell which is the latest. */
        OTHER
    }

    @Override
    public int compareTo(SortKey other) {
        int byKind = kind.compareTo(other.kind);
        if (byKind != 0) {
            return byKind;
        }
        return kind == Kind.MOMENT ? moment.compareTo(other.moment) : BsonOrder.INSTANCE.compare(value, other.value);
    }

    /** Makes sort keys in one time zone. Thread-safe. */
    public static final class Factory {

        private final ZoneId zone;
        private final DateTexts texts;

        /** @param zone time zone of local dates and times; never null */
        public Factory(ZoneId zone) {
            this.zone = zone;
            this.texts = new DateTexts(zone, List.of());
        }

        /** @param value any value; null for missing */
        public SortKey of(BsonValue value) {
            if (value == null) {
                return NULL;
            }
            return switch (value.getBsonType()) {
                case NULL, UNDEFINED -> NULL;
                case INT32, INT64, DOUBLE, DECIMAL128 ->
                    new SortKey(Numbers.isNumber(value) ? Kind.NUMBER : Kind.OTHER, null, value);
                case DATE_TIME, STRING ->
                    moment(value)
                            .map(moment -> new SortKey(Kind.MOMENT, moment, value))
                            .orElseGet(() -> new SortKey(Kind.OTHER, null, value));
                case OBJECT_ID -> new SortKey(Kind.OBJECT_ID, null, value);
                case TIMESTAMP -> new SortKey(Kind.TIMESTAMP, null, value);
                default -> new SortKey(Kind.OTHER, null, value);
            };
        }

        private Optional<Instant> moment(BsonValue value) {
            if (value instanceof BsonDateTime date) {
                return Optional.of(Instant.ofEpochMilli(date.getValue()));
            }
            return value instanceof BsonString text
                    ? texts.parse(text.getValue())
                            .map(read -> DateConversion.zoned(read, zone).toInstant())
                    : Optional.empty();
        }
    }
}

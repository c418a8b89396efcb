package dev.resync.catchup;

import dev.resync.chunk.KeyPath;
import dev.resync.plan.SourcePlan;
import dev.resync.plan.value.SortKey;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.bson.BsonArray;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonString;

/**
 * Says which documents of a source may have been changed since a moment, by the source's {@code modifiedField}. A date without a
 * time of day says so of the whole day. Documents whose field is missing or no date say nothing, and are not found.
 */
final class ChangedSince {

    /** How much the clock of whoever writes to a source may be behind. */
    static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);

    private final String field;
    private final KeyPath path;
    private final SortKey.Factory moments;
    private final ZoneId zone;
    private final Instant since;
    private final Instant day;

    /**
     * @param source with a {@code modifiedField}
     * @param zone time zone of local dates
     * @param moment when reading began
     */
    ChangedSince(SourcePlan source, ZoneId zone, Instant moment) {
        this.field = source.modifiedField();
        this.path = new KeyPath(field);
        this.moments = new SortKey.Factory(zone);
        this.zone = zone;
        this.since = moment.minus(CLOCKS_DIFFER);
        this.day = firstMidnight();
    }

    /** The start of that day as whoever writes a date alone may mean it: here or in UTC, kept as here or as in UTC. */
    private Instant firstMidnight() {
        LocalDate here = since.atZone(zone).toLocalDate();
        return Stream.of(
                        here.atStartOfDay(zone).toInstant(),
                        here.atStartOfDay(ZoneOffset.UTC).toInstant(),
                        since.truncatedTo(ChronoUnit.DAYS))
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    /** Returns a query that finds all those documents, and others. Dates in texts have no order, so that each text is found. */
    BsonDocument filter() {
        BsonDocument dates = new BsonDocument("$gte", new BsonDateTime(day.toEpochMilli()));
        BsonDocument texts = new BsonDocument("$gte", new BsonString(""));
        return new BsonDocument(
                "$or", new BsonArray(List.of(new BsonDocument(field, dates), new BsonDocument(field, texts))));
    }

    /** Returns whether a document that the query found is one of them. */
    boolean test(BsonDocument document) {
        Instant at = moments.of(path.read(document)).moment();
        return at != null && !at.isBefore(withoutTime(at) ? day : since);
    }

    private boolean withoutTime(Instant at) {
        return startsDay(at, zone) || startsDay(at, ZoneOffset.UTC);
    }

    private static boolean startsDay(Instant at, ZoneId zone) {
        return at.equals(at.atZone(zone).toLocalDate().atStartOfDay(zone).toInstant());
    }
}

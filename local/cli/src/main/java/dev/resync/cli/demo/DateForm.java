package dev.resync.cli.demo;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.bson.BsonDateTime;
import org.bson.BsonString;
import org.bson.BsonValue;

/**
 * The forms in which the sources hold dates and date-times. A date is stored as midnight in London, so that in summer its
 * UTC form shows the day before: a reader that forgets the zone is one day off.
 */
enum DateForm {
    /** A BSON date. */
    BSON(null, "UTC", true),
    /** {@code 2026-03-31}; for dates only. */
    DAY("uuuu-MM-dd", "Europe/London", false),
    /** {@code 2026-03-31 00:00:00}. */
    SPACED("uuuu-MM-dd HH:mm:ss", "Europe/London", false),
    /** {@code 2026-03-31T00:00:00}. */
    ISO("uuuu-MM-dd'T'HH:mm:ss", "Europe/London", false),
    /** {@code 2026-03-31T00:00:00.000}. */
    ISO_MILLIS("uuuu-MM-dd'T'HH:mm:ss.SSS", "Europe/London", true),
    /** {@code 2026-03-31T00:00:00+01:00}. */
    ISO_OFFSET("uuuu-MM-dd'T'HH:mm:ssxxx", "Europe/London", false),
    /** {@code 2026-03-30T23:00:00.000Z}. */
    ISO_UTC_MILLIS("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", "UTC", true);

    /** The zone of the revalidation example. */
    static final ZoneId LONDON = ZoneId.of("Europe/London");

    private final DateTimeFormatter formatter;
    private final boolean keepsMillis;

    DateForm(String pattern, String zone, boolean keepsMillis) {
        this.formatter = pattern == null
                ? null
                : DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneId.of(zone));
        this.keepsMillis = keepsMillis;
    }

    /** Returns the moment as this form can hold it. */
    Instant fit(Instant moment) {
        return forMoments().keepsMillis ? moment : moment.truncatedTo(ChronoUnit.SECONDS);
    }

    BsonValue write(Instant moment) {
        return forMoments().text(moment);
    }

    BsonValue write(LocalDate date) {
        return text(date.atStartOfDay(LONDON).toInstant());
    }

    // A bare day cannot hold a date-time.
    private DateForm forMoments() {
        return this == DAY ? BSON : this;
    }

    private BsonValue text(Instant moment) {
        return formatter == null ? new BsonDateTime(moment.toEpochMilli()) : new BsonString(formatter.format(moment));
    }
}

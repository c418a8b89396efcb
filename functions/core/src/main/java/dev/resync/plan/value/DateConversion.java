package dev.resync.plan.value;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import org.bson.BsonDateTime;
import org.bson.BsonString;
import org.bson.BsonValue;

/** Converts BSON dates and texts to the dates of a target. Thread-safe. */
final class DateConversion {

    private final ValueType type;
    private final DateForm form;
    private final DateTexts texts;
    private final DateTimeFormatter output;

    /** @throws IllegalArgumentException if a pattern is not valid, or the output pattern asks for what the type has not */
    DateConversion(ValueType type, DateForm form) {
        this.type = type;
        this.form = form;
        this.texts = new DateTexts(form.zone(), form.inputFormats());
        this.output = form.format() == null ? null : DateTimeFormatter.ofPattern(form.format(), Locale.ENGLISH);
        try {
            print(LocalDateTime.of(2000, 1, 1, 0, 0).atZone(form.zone()));
        } catch (DateTimeException notPrintable) {
            throw new IllegalArgumentException(
                    "a " + type.jsonName() + " cannot be written so: " + notPrintable.getMessage(), notPrintable);
        }
    }

    BsonValue convert(BsonValue value) {
        TemporalAccessor read = read(value);
        int year = read.get(ChronoField.YEAR);
        if (year < 1 || year > 9999) {
            throw Unconvertible.badDate(value);
        }
        if (form.asBsonDate()) {
            return new BsonDateTime(instant(read).toEpochMilli());
        }
        return new BsonString(print(read));
    }

    private TemporalAccessor read(BsonValue value) {
        if (value instanceof BsonDateTime date) {
            return Instant.ofEpochMilli(date.getValue()).atZone(form.zone());
        }
        if (value instanceof BsonString text) {
            return texts.parse(text.getValue()).orElseThrow(() -> Unconvertible.badDate(value));
        }
        throw Unconvertible.wrongType(value, type);
    }

    private String print(TemporalAccessor read) {
        if (type == ValueType.DATE) {
            LocalDate date = LocalDate.from(read);
            return form.format() == null ? date.toString() : output.format(date);
        }
        if (form.format() == null) {
            // Local as it was written: a local time that the zone skips must not move.
            return PlainDates.write(read instanceof LocalDate date ? date.atStartOfDay() : LocalDateTime.from(read));
        }
        return output.format(zoned(read, form.zone()));
    }

    private Instant instant(TemporalAccessor read) {
        return type == ValueType.DATE
                ? LocalDate.from(read).atStartOfDay(form.zone()).toInstant()
                : zoned(read, form.zone()).toInstant();
    }

    static ZonedDateTime zoned(TemporalAccessor read, ZoneId zone) {
        if (read instanceof ZonedDateTime zoned) {
            return zoned;
        }
        return read instanceof LocalDate date
                ? date.atStartOfDay(zone)
                : LocalDateTime.from(read).atZone(zone);
    }
}

package dev.resync.plan.value;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads dates from text: {@code yyyy-MM-dd}, {@code yyyy-MM-dd HH:mm:ss}, ISO 8601 date-times with or without zone and
 * with any number of fraction digits, and the patterns a plan gives. Strict: the 30th of February is no date.
 */
final class DateTexts {

    private static final Pattern ISO = Pattern.compile("(\\d{4}-\\d{2}-\\d{2})"
            + "(?: (\\d{2}:\\d{2}:\\d{2})"
            + "|T(\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d+)?)?)(Z|[+-]\\d{2}(?::?\\d{2})?)?(?:\\[([\\w/+-]+)])?)?");
    /** Characters of a time with nanoseconds; what is finer is cut off. */
    private static final int NANOSECONDS = "HH:mm:ss.nnnnnnnnn".length();

    private final ZoneId zone;
    private final List<DateTimeFormatter> more;

    DateTexts(ZoneId zone, List<String> patterns) {
        this.zone = zone;
        this.more = patterns.stream().map(pattern -> reader(pattern, zone)).toList();
    }

    /** Returns a formatter that reads this pattern strictly, with years of our era. */
    private static DateTimeFormatter reader(String pattern, ZoneId zone) {
        DateTimeFormatter formatter = new DateTimeFormatterBuilder()
                .appendPattern(pattern)
                .parseDefaulting(ChronoField.ERA, 1)
                .toFormatter(Locale.ENGLISH)
                .withResolverStyle(ResolverStyle.STRICT);
        try {
            read(
                    formatter,
                    formatter.format(LocalDateTime.of(2003, 11, 21, 13, 7, 43).atZone(zone)));
        } catch (DateTimeException incomplete) {
            throw new IllegalArgumentException("no date can be read with it: " + incomplete.getMessage(), incomplete);
        }
        return formatter;
    }

    private static TemporalAccessor read(DateTimeFormatter formatter, String text) {
        return formatter.parseBest(text, ZonedDateTime::from, LocalDateTime::from, LocalDate::from);
    }

    /**
     * Reads a date.
     *
     * @return a {@link LocalDate}, a {@link LocalDateTime}, or a {@link ZonedDateTime} in this zone where the text says
     *     which instant it means; empty if the text is no date
     */
    Optional<TemporalAccessor> parse(String text) {
        try {
            TemporalAccessor plain = PlainDates.read(text);
            if (plain != null) {
                return Optional.of(plain);
            }
            Matcher iso = ISO.matcher(text);
            if (iso.matches()) {
                return Optional.of(fromIso(iso));
            }
        } catch (DateTimeException noSuchDate) {
            return Optional.empty();
        }
        for (DateTimeFormatter formatter : more) {
            try {
                TemporalAccessor read = read(formatter, text);
                return Optional.of(read instanceof ZonedDateTime zoned ? zoned.withZoneSameInstant(zone) : read);
            } catch (DateTimeException otherFormat) {
                continue;
            }
        }
        return Optional.empty();
    }

    private TemporalAccessor fromIso(Matcher iso) {
        LocalDate date = LocalDate.parse(iso.group(1));
        String time = iso.group(2) == null ? iso.group(3) : iso.group(2);
        if (time == null) {
            return date;
        }
        LocalDateTime local =
                date.atTime(LocalTime.parse(time.length() > NANOSECONDS ? time.substring(0, NANOSECONDS) : time));
        ZoneId region = iso.group(5) == null ? null : ZoneId.of(iso.group(5));
        ZoneId offset = iso.group(4) == null ? region : ZoneOffset.of(iso.group(4));
        return offset == null ? local : local.atZone(offset).withZoneSameInstant(zone);
    }
}

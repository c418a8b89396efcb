package dev.resync.plan.value;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.Temporal;

/** The forms that nearly all dates have, read and written without patterns, which take ten times as long. */
final class PlainDates {

    private static final int DATE = "yyyy-MM-dd".length();
    private static final int SECONDS = "yyyy-MM-ddTHH:mm:ss".length();
    private static final int NANO_DIGITS = 9;
    private static final int NANOS_A_MILLI = 1_000_000;

    private PlainDates() {}

    /**
     * Reads {@code yyyy-MM-dd}, {@code yyyy-MM-dd HH:mm:ss}, and {@code yyyy-MM-ddTHH:mm:ss} with any number of fraction digits,
     * of which those beyond nanoseconds are cut off.
     *
     * @return a {@link LocalDate} or a {@link LocalDateTime}; null where the text has another form
     * @throws DateTimeException where it has one of these and there is no such date or time
     */
    static Temporal read(String text) {
        int length = text.length();
        if (length != DATE && length < SECONDS
                || text.charAt(4) != '-'
                || text.charAt(7) != '-'
                || !digits(text, 0, 4)
                || !digits(text, 5, 7)
                || !digits(text, 8, DATE)) {
            return null;
        }
        if (length == DATE) {
            return date(text);
        }
        char between = text.charAt(DATE);
        boolean spaced = between == ' ' && length == SECONDS;
        if (!spaced && between != 'T'
                || text.charAt(13) != ':'
                || text.charAt(16) != ':'
                || !digits(text, 11, 13)
                || !digits(text, 14, 16)
                || !digits(text, 17, SECONDS)
                || !fraction(text)) {
            return null;
        }
        LocalTime time =
                LocalTime.of(number(text, 11, 13), number(text, 14, 16), number(text, 17, SECONDS), nanos(text));
        return date(text).atTime(time);
    }

    /** Returns {@code yyyy-MM-ddTHH:mm:ss.SSS}, cut off at milliseconds; years have at most four digits. */
    static String write(LocalDateTime time) {
        StringBuilder text = new StringBuilder(SECONDS + 4);
        append(text, time.getYear(), 1000);
        append(text.append('-'), time.getMonthValue(), 10);
        append(text.append('-'), time.getDayOfMonth(), 10);
        append(text.append('T'), time.getHour(), 10);
        append(text.append(':'), time.getMinute(), 10);
        append(text.append(':'), time.getSecond(), 10);
        append(text.append('.'), time.getNano() / NANOS_A_MILLI, 100);
        return text.toString();
    }

    private static LocalDate date(String text) {
        return LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, DATE));
    }

    private static boolean fraction(String text) {
        return text.length() == SECONDS
                || (text.charAt(SECONDS) == '.'
                        && text.length() > SECONDS + 1
                        && digits(text, SECONDS + 1, text.length()));
    }

    private static int nanos(String text) {
        int nanos = 0;
        for (int digit = 0; digit < NANO_DIGITS; digit++) {
            int at = SECONDS + 1 + digit;
            nanos = nanos * 10 + (at < text.length() ? text.charAt(at) - '0' : 0);
        }
        return nanos;
    }

    private static boolean digits(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            number = number * 10 + text.charAt(i) - '0';
        }
        return number;
    }

    private static void append(StringBuilder text, int number, int highest) {
        for (int unit = highest; unit > 0; unit /= 10) {
            text.append((char) ('0' + number / unit % 10));
        }
    }
}

package dev.resync.plan.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.Temporal;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Reads and writes as the platform's own parsers and formatters do. */
class PlainDatesPropertiesTest {

    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS", Locale.ENGLISH);

    @Provide
    Arbitrary<LocalDateTime> times() {
        return Combinators.combine(
                        Arbitraries.longs()
                                .between(0, LocalDate.of(9999, 12, 31).toEpochDay() + 719_528),
                        Arbitraries.longs().between(0, 86_399_999_999_999L))
                .as((day, nano) ->
                        LocalDate.ofEpochDay(day - 719_528).atStartOfDay().plusNanos(nano));
    }

    /** Texts of the right form, most of which are no date or time. */
    @Provide
    Arbitrary<String> nearly() {
        Arbitrary<Integer> number = Arbitraries.integers().between(0, 99);
        return Combinators.combine(
                        Arbitraries.integers().between(0, 9999),
                        number,
                        number,
                        Arbitraries.integers().between(0, 25),
                        number,
                        number)
                .as((year, month, day, hour, minute, second) -> String.format(
                        Locale.ROOT,
                        "%04d-%02d-%02dT%02d:%02d:%02d",
                        year,
                        month % 14,
                        day % 33,
                        hour,
                        minute % 62,
                        second % 62));
    }

    @Property
    void readsWhatItWrites(@ForAll("times") LocalDateTime time) {
        String text = MILLIS.format(time);

        assertThat(PlainDates.write(time)).isEqualTo(text);
        assertThat(PlainDates.read(text)).isEqualTo(LocalDateTime.parse(text));
    }

    @Property
    void readsAsThePlatformDoes(@ForAll("times") LocalDateTime time, @ForAll @IntRange(max = 9) int digits) {
        String whole =
                DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS").format(time);
        String text = whole.substring(0, digits == 0 ? 19 : 20 + digits);

        assertThat(PlainDates.read(text)).isEqualTo(LocalDateTime.parse(text));
        assertThat(PlainDates.read(whole + "987")).isEqualTo(time);
        assertThat(PlainDates.read(whole.substring(0, 10))).isEqualTo(time.toLocalDate());
        assertThat(PlainDates.read(text.substring(0, 19).replace('T', ' ')))
                .isEqualTo(LocalDateTime.parse(text.substring(0, 19)));
    }

    @Property
    void refusesWhatThePlatformRefuses(@ForAll("nearly") String text) {
        assertThat(read(text)).isEqualTo(platform(text));
        assertThat(read(text.substring(0, 10))).isEqualTo(platform(text.substring(0, 10)));
    }

    /** Anything else is left to others, also what differs by one character. */
    @Property
    void knowsItsOwnFormsOnly(@ForAll("times") LocalDateTime time, @ForAll @IntRange(max = 22) int at) {
        StringBuilder text = new StringBuilder(MILLIS.format(time));
        text.setCharAt(at, 'x');

        assertThat(PlainDates.read(text.toString())).isNull();
    }

    @Example
    void leavesZonesAndShorterFormsToOthers() {
        for (String text : new String[] {
            "",
            "2024",
            "2024-01-0",
            "2024-01-01T",
            "2024-01-01T10:00",
            "2024-01-01T10:00:00Z",
            "2024-01-01T10:00+01:00",
            "2024-01-01T10:00:00.",
            "2024-01-01T10:00:00.5Z",
            "2024-01-01 10:00:00.5",
            "2024-01-01T10:00:00,5",
            "٢٠٢٤-01-01"
        }) {
            assertThat(PlainDates.read(text)).as(text).isNull();
        }
        assertThatThrownBy(() -> PlainDates.read("2023-02-29")).isInstanceOf(DateTimeException.class);
    }

    private static Temporal read(String text) {
        try {
            return PlainDates.read(text);
        } catch (DateTimeException noSuchDate) {
            return null;
        }
    }

    private static Temporal platform(String text) {
        try {
            return text.length() == 10 ? LocalDate.parse(text) : LocalDateTime.parse(text);
        } catch (DateTimeException noSuchDate) {
            return null;
        }
    }
}

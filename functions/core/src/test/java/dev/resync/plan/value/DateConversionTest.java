package dev.resync.plan.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.bson.BsonDateTime;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DateConversionTest {

    private static final ZoneId LONDON = ZoneId.of("Europe/London");

    private static ValueConversion text(ValueType type, String format, String... inputs) {
        return new ValueConversion(type, new DateForm(LONDON, List.of(inputs), format, false));
    }

    private static ValueConversion bsonDate(ValueType type) {
        return new ValueConversion(type, new DateForm(LONDON, List.of(), null, true));
    }

    private static BsonDateTime date(String instant) {
        return new BsonDateTime(Instant.parse(instant).toEpochMilli());
    }

    private static String written(ValueConversion conversion, BsonValue value) {
        return conversion.convert(value).asString().getValue();
    }

    private static String reason(ValueConversion conversion, BsonValue value) {
        return catchThrowableOfType(Unconvertible.class, () -> conversion.convert(value))
                .reason();
    }

    @ParameterizedTest
    @CsvSource({
        "2024-07-01, 2024-07-01, 2024-07-01T00:00:00.000",
        "2024-07-01 23:59:58, 2024-07-01, 2024-07-01T23:59:58.000",
        "2024-07-01T23:59, 2024-07-01, 2024-07-01T23:59:00.000",
        "2024-07-01T23:59:58, 2024-07-01, 2024-07-01T23:59:58.000",
        "2024-07-01T23:59:58.9, 2024-07-01, 2024-07-01T23:59:58.900",
        "2024-07-01T23:59:58.9999999999999, 2024-07-01, 2024-07-01T23:59:58.999",
        "2024-07-01T23:59:58Z, 2024-07-02, 2024-07-02T00:59:58.000",
        "2024-07-01T23:59:58.001Z, 2024-07-02, 2024-07-02T00:59:58.001",
        "2024-12-01T23:59:58Z, 2024-12-01, 2024-12-01T23:59:58.000",
        "2024-07-01T23:59:58+01:00, 2024-07-01, 2024-07-01T23:59:58.000",
        "2024-07-01T23:59:58-0500, 2024-07-02, 2024-07-02T05:59:58.000",
        "2024-07-01T23:59:58+02, 2024-07-01, 2024-07-01T22:59:58.000",
        "2024-07-01T23:59:58+02:00[Europe/Paris], 2024-07-01, 2024-07-01T22:59:58.000",
        "2024-07-01T23:59:58[Europe/Paris], 2024-07-01, 2024-07-01T22:59:58.000",
        "0001-01-01, 0001-01-01, 0001-01-01T00:00:00.000",
        "9999-12-31, 9999-12-31, 9999-12-31T00:00:00.000",
        "2024-03-31T01:30:00, 2024-03-31, 2024-03-31T01:30:00.000",
    })
    void aDateTextIsReadInThePlansZone(String text, String date, String datetime) {
        assertThat(written(text(ValueType.DATE, null), new BsonString(text))).isEqualTo(date);
        assertThat(written(text(ValueType.DATETIME, null), new BsonString(text)))
                .isEqualTo(datetime);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "soon",
                "2024",
                "2024-07",
                "2024-7-1",
                "20240701",
                "01/07/2024",
                "2024-02-30",
                "2023-02-29",
                "2024-13-01",
                "2024-07-01 ",
                "2024-07-01T",
                "2024-07-01T24:00:00",
                "2024-07-01 23:59",
                "2024-07-01 23:59:58.0",
                "2024-07-01 23:59:58Z",
                "2024-07-01T23:59:60",
                "2024-07-01T23:59:58,5",
                "2024-07-01T23:59:58+25:00",
                "2024-07-01T23:59:58[Not/AZone]",
                "0000-01-01",
                "-2024-07-01",
                "+12024-07-01",
                "٢٠٢٤-٠٧-٠١"
            })
    void anythingElseIsRefused(String text) {
        assertThat(reason(text(ValueType.DATE, null), new BsonString(text))).isEqualTo("bad-date");
        assertThat(reason(text(ValueType.DATETIME, null), new BsonString(text))).isEqualTo("bad-date");
    }

    @Test
    void valuesThatAreNeitherDateNorTextAreRefused() {
        assertThat(reason(text(ValueType.DATE, null), new BsonInt64(1720000000000L)))
                .isEqualTo("wrong-type");
        assertThat(reason(text(ValueType.DATE, null), new BsonDateTime(Long.MAX_VALUE)))
                .isEqualTo("bad-date");
        assertThat(reason(text(ValueType.DATE, null), new BsonDateTime(Long.MIN_VALUE)))
                .isEqualTo("bad-date");
    }

    @Test
    void aBsonDateIsADayInThePlansZone() {
        assertThat(written(text(ValueType.DATE, null), date("2024-06-30T23:00:00Z")))
                .isEqualTo("2024-07-01");
        assertThat(written(text(ValueType.DATETIME, null), date("2024-06-30T23:00:00.007Z")))
                .isEqualTo("2024-07-01T00:00:00.007");
    }

    @Test
    void plansMayAddFormsToReadAndChooseTheFormToWrite() {
        ValueConversion conversion = text(ValueType.DATE, "d MMM yyyy", "dd/MM/yyyy", "d MMMM uuuu HH:mm");

        assertThat(written(conversion, new BsonString("01/07/2024"))).isEqualTo("1 Jul 2024");
        assertThat(written(conversion, new BsonString("3 July 2024 10:15"))).isEqualTo("3 Jul 2024");
        assertThat(written(conversion, new BsonString("2024-07-01"))).isEqualTo("1 Jul 2024");
        assertThat(reason(conversion, new BsonString("30/02/2024"))).isEqualTo("bad-date");
        assertThat(written(text(ValueType.DATETIME, "yyyy-MM-dd HH:mm xxx"), new BsonString("2024-07-01T10:00:00Z")))
                .isEqualTo("2024-07-01 11:00 +01:00");
        assertThat(written(
                        text(ValueType.DATETIME, null, "dd.MM.yyyy HH:mm:ss XXX"),
                        new BsonString("01.07.2024 10:00:00 Z")))
                .isEqualTo("2024-07-01T11:00:00.000");
    }

    @Test
    void datesMayLeaveAsBsonDates() {
        assertThat(bsonDate(ValueType.DATE).convert(new BsonString("2024-07-01")))
                .isEqualTo(date("2024-06-30T23:00:00Z"));
        assertThat(bsonDate(ValueType.DATE).convert(date("2024-07-01T10:00:00Z")))
                .isEqualTo(date("2024-06-30T23:00:00Z"));
        assertThat(bsonDate(ValueType.DATETIME).convert(new BsonString("2024-07-01 10:00:00")))
                .isEqualTo(date("2024-07-01T09:00:00Z"));
        // Twice on the clock: the instant that is given must not move by an hour.
        BsonDateTime second = date("2024-10-27T01:30:00.123Z");
        assertThat(bsonDate(ValueType.DATETIME).convert(second)).isEqualTo(second);
    }

    @Test
    void patternsThatCannotWorkAreRefusedWhenTheRuleIsMade() {
        assertThatThrownBy(() -> text(ValueType.DATE, "HH:mm")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> text(ValueType.DATE, "{")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> text(ValueType.DATE, null, "MM/yyyy")).isInstanceOf(IllegalArgumentException.class);
    }
}

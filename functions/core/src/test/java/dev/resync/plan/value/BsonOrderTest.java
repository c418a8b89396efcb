package dev.resync.plan.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.junit.jupiter.api.Test;

class BsonOrderTest {

    private static BsonValue bson(String json) {
        return BsonDocument.parse("{v: " + json + "}").get("v");
    }

    private static int compare(String left, String right) {
        return Integer.signum(BsonOrder.INSTANCE.compare(bson(left), bson(right)));
    }

    @Test
    void kindsAndValuesHaveOneOrder() {
        List<String> ascending = List.of(
                "{$minKey: 1}",
                "null",
                "{$numberDouble: 'NaN'}",
                "{$numberDouble: '-Infinity'}",
                "{$numberDecimal: '-1E+6000'}",
                "-1",
                "{$numberDecimal: '-0.5'}",
                "0",
                "0.1",
                "{$numberLong: '9007199254740992'}",
                "{$numberLong: '9007199254740993'}",
                "{$numberDecimal: 'Infinity'}",
                "''",
                "'A'",
                "'Aa'",
                "'a'",
                "'\uFFFD'",
                "'\uD83D\uDE00'",
                "{a: 1}",
                "{a: 1, b: 1}",
                "{a: 2}",
                "{b: 0}",
                "[]",
                "[1]",
                "[1, 0]",
                "[2]",
                "{$binary: {base64: 'AA==', subType: '00'}}",
                "{$oid: '000000000000000000000001'}",
                "{$oid: 'f00000000000000000000000'}",
                "false",
                "true",
                "{$date: '1900-01-01T00:00:00Z'}",
                "{$date: '2024-01-01T00:00:00Z'}",
                "{$timestamp: {t: 1, i: 1}}",
                "{$timestamp: {t: 1, i: 2}}",
                "{$maxKey: 1}");
        List<BsonValue> expected = ascending.stream().map(BsonOrderTest::bson).toList();
        List<BsonValue> shuffled = new ArrayList<>(expected);
        Collections.shuffle(shuffled, new Random(7));
        shuffled.sort(BsonOrder.INSTANCE);

        assertThat(shuffled).isEqualTo(expected);
    }

    @Test
    void numbersAreEqualWhateverTypeHoldsThem() {
        assertThat(compare("1", "{$numberDecimal: '1.00'}")).isZero();
        assertThat(compare("1.0", "{$numberLong: '1'}")).isZero();
        assertThat(compare("0", "{$numberDecimal: '-0'}")).isZero();
        assertThat(compare("{$numberDouble: 'Infinity'}", "{$numberDecimal: 'Infinity'}"))
                .isZero();
    }

    @Test
    void theOrderOfFieldsDoesNotMatter() {
        assertThat(compare("{a: 1, b: 2}", "{b: 2, a: 1}")).isZero();
    }

    @Test
    void sortKeysCompareDatesAsMomentsAndPutNullFirst() {
        SortKey.Factory keys = new SortKey.Factory(ZoneOffset.UTC);
        SortKey text = keys.of(bson("'2024-01-01 00:00:01'"));
        SortKey date = keys.of(bson("{$date: '2024-01-01T00:00:00Z'}"));

        assertThat(text).isGreaterThan(date);
        assertThat(keys.of(null)).isLessThan(keys.of(bson("-5"))).isEqualByComparingTo(keys.of(bson("null")));
        assertThat(keys.of(bson("'x'")).kind()).isEqualTo(SortKey.Kind.OTHER);
        assertThat(keys.of(bson("{$numberDouble: 'NaN'}")).kind()).isEqualTo(SortKey.Kind.OTHER);
        assertThat(keys.of(bson("{$oid: '000000000000000000000001'}")).kind()).isEqualTo(SortKey.Kind.OBJECT_ID);
        assertThat(keys.of(bson("{$timestamp: {t: 1, i: 1}}")).kind()).isEqualTo(SortKey.Kind.TIMESTAMP);
    }
}

package dev.resync.plan.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class ValueConversionTest {

    private static BsonValue bson(String json) {
        return BsonDocument.parse("{v: " + json + "}").get("v");
    }

    private static ValueConversion to(String type) {
        return new ValueConversion(ValueType.of(type).orElseThrow(), null);
    }

    @ParameterizedTest(name = "{1} to {0} gives {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "any      | [1, {a: 2}]                            | [1, {a: 2}]",
                "string   | 'x'                                    | 'x'",
                "string   | 7                                      | '7'",
                "string   | {$numberLong: '-7'}                    | '-7'",
                "string   | {$numberDecimal: '7.50'}               | '7.50'",
                "string   | {$oid: '0123456789abcdef01234567'}     | '0123456789abcdef01234567'",
                "int      | 7                                      | 7",
                "int      | {$numberLong: '7'}                     | 7",
                "int      | 7.0                                    | 7",
                "int      | {$numberDecimal: '7E+1'}               | 70",
                "int      | '-7'                                   | -7",
                "int      | '7.00'                                 | 7",
                "long     | 7                                      | {$numberLong: '7'}",
                "long     | '9223372036854775807'                  | {$numberLong: '9223372036854775807'}",
                "double   | 7                                      | 7.0",
                "double   | '42.53176'                             | 42.53176",
                "double   | '-1.50'                                | -1.5",
                "double   | {$numberLong: '1152921504606846976'}   | 1152921504606846976.0",
                "double   | {$numberDecimal: '0.1'}                | 0.1",
                "double   | {$numberDouble: 'NaN'}                 | {$numberDouble: 'NaN'}",
                "decimal  | 7                                      | {$numberDecimal: '7'}",
                "decimal  | 0.1                                    | {$numberDecimal: '0.1'}",
                "decimal  | '12345678901234567890.123'             | {$numberDecimal: '12345678901234567890.123'}",
                "decimal  | {$numberDecimal: '-0'}                 | {$numberDecimal: '-0'}",
                "boolean  | true                                   | true",
                "boolean  | 'true'                                 | true",
                "boolean  | 'false'                                | false",
                "objectId | {$oid: '0123456789abcdef01234567'}     | {$oid: '0123456789abcdef01234567'}",
                "objectId | '0123456789ABCDEF01234567'             | {$oid: '0123456789abcdef01234567'}",
            })
    void aValueThatFitsIsConverted(String type, String from, String to) {
        assertThat(to(type).convert(bson(from))).isEqualTo(bson(to));
    }

    @ParameterizedTest(name = "{1} to {0} is {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "string   | 1.5                                   | wrong-type",
                "string   | true                                  | wrong-type",
                "string   | {$date: '2024-01-01T00:00:00Z'}       | wrong-type",
                "string   | ['a']                                 | wrong-type",
                "string   | {a: 1}                                | wrong-type",
                "int      | 1.5                                   | lossy-conversion",
                "int      | {$numberLong: '2147483648'}           | lossy-conversion",
                "int      | {$numberDouble: 'NaN'}                | lossy-conversion",
                "int      | {$numberDecimal: 'Infinity'}          | lossy-conversion",
                "int      | '1e999999999'                         | lossy-conversion",
                "int      | 'seven'                               | bad-number",
                "int      | ''                                    | bad-number",
                "int      | ' 7'                                  | bad-number",
                "int      | true                                  | wrong-type",
                "int      | [7]                                   | wrong-type",
                "long     | '9223372036854775808'                 | lossy-conversion",
                "long     | {$numberDecimal: '1E+6000'}           | lossy-conversion",
                "long     | {$numberDecimal: '1E-6000'}           | lossy-conversion",
                "double   | {$numberLong: '9007199254740993'}     | lossy-conversion",
                "double   | '0.30000000000000004001'              | lossy-conversion",
                "double   | '1e400'                               | lossy-conversion",
                "double   | '1e-400'                              | lossy-conversion",
                "double   | {$numberDecimal: 'NaN'}               | lossy-conversion",
                "decimal  | '1.2345678901234567890123456789012345' | lossy-conversion",
                "decimal  | {$numberDouble: 'NaN'}                | lossy-conversion",
                "boolean  | 1                                     | wrong-type",
                "boolean  | 'TRUE'                                | wrong-type",
                "objectId | 'xyz'                                 | wrong-type",
                "objectId | 7                                     | wrong-type",
            })
    void aValueThatDoesNotFitIsRefusedWithAReason(String type, String from, String reason) {
        Unconvertible refused = catchThrowableOfType(Unconvertible.class, () -> to(type).convert(bson(from)));

        assertThat(refused).isNotNull();
        assertThat(refused.reason()).isEqualTo(reason);
        assertThat(refused.value()).isEqualTo(bson(from));
    }

    @Test
    void endlessDigitsAreNoNumber() {
        BsonValue digits = bson("'" + "9".repeat(100_000) + "'");

        assertThat(catchThrowableOfType(Unconvertible.class, () -> to("long").convert(digits))
                        .reason())
                .isEqualTo("bad-number");
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"DATE", "DATETIME"})
    void everyTypeHasANameAndRefusesOrConvertsWithoutCrash(ValueType type) {
        assertThat(ValueType.of(type.jsonName())).contains(type);
        for (String json :
                new String[] {"{$minKey: 1}", "{$binary: {base64: 'AA==', subType: '00'}}", "{$timestamp: {t: 1, i: 1}}"
                }) {
            try {
                assertThat(new ValueConversion(type, null).convert(bson(json))).isEqualTo(bson(json));
            } catch (Unconvertible refused) {
                assertThat(refused.reason()).isEqualTo("wrong-type");
            }
        }
    }
}

package dev.resync.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple3;
import org.bson.BsonDecimal128;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.types.Decimal128;

/** The order of keys is the one that MongoDB documents, and a total one. */
class KeyOrderPropertiesTest {

    @Property(seed = "13", tries = 3000)
    void isTotal(@ForAll("three") Tuple3<BsonValue, BsonValue, BsonValue> three) {
        BsonValue a = three.get1();
        BsonValue b = three.get2();
        BsonValue c = three.get3();
        KeyFamily family = familyOf(a);
        assertThat(sign(family, a, a)).isZero();
        assertThat(sign(family, a, b)).isEqualTo(-sign(family, b, a));
        if (sign(family, a, b) <= 0 && sign(family, b, c) <= 0) {
            assertThat(sign(family, a, c)).isLessThanOrEqualTo(0);
        }
        assertThat(sign(family, family.lowest(), a)).isLessThanOrEqualTo(0);
    }

    @Property(seed = "13", tries = 2000)
    void stringsAreInOrderOfTheirUtf8Bytes(@ForAll("strings") BsonValue a, @ForAll("strings") BsonValue b) {
        byte[] first = a.asString().getValue().getBytes(StandardCharsets.UTF_8);
        byte[] second = b.asString().getValue().getBytes(StandardCharsets.UTF_8);
        assertThat(sign(KeyFamily.STRING, a, b)).isEqualTo(Integer.signum(Arrays.compareUnsigned(first, second)));
    }

    @Property(seed = "13", tries = 200)
    void objectIdsAreInOrderOfTheirBytes(@ForAll("objectIds") BsonValue a, @ForAll("objectIds") BsonValue b) {
        byte[] first = a.asObjectId().getValue().toByteArray();
        byte[] second = b.asObjectId().getValue().toByteArray();
        assertThat(sign(KeyFamily.OBJECT_ID, a, b)).isEqualTo(Integer.signum(Arrays.compareUnsigned(first, second)));
    }

    @Property(seed = "13", tries = 1000)
    void infinitiesAreTheEndsOfTheNumbers(@ForAll("numbers") BsonValue number) {
        List<BsonValue> highest = List.of(new BsonDouble(Double.POSITIVE_INFINITY), decimal("Infinity"));
        List<BsonValue> lowest = List.of(new BsonDouble(Double.NEGATIVE_INFINITY), decimal("-Infinity"));
        for (BsonValue infinity : highest) {
            assertThat(sign(KeyFamily.NUMBER, number, infinity)).isEqualTo(highest.contains(number) ? 0 : -1);
        }
        for (BsonValue infinity : lowest) {
            assertThat(sign(KeyFamily.NUMBER, number, infinity)).isEqualTo(lowest.contains(number) ? 0 : 1);
        }
    }

    @Property(seed = "13", tries = 2000)
    void wholeNumbersAreOneKeyWhateverTheirType(@ForAll int number) {
        BsonValue[] alike = {
            new BsonInt32(number),
            new BsonInt64(number),
            new BsonDouble(number),
            new BsonDecimal128(new Decimal128(new BigDecimal(number))),
            new BsonDecimal128(new Decimal128(new BigDecimal(number).setScale(2)))
        };
        for (BsonValue a : alike) {
            for (BsonValue b : alike) {
                assertThat(sign(KeyFamily.NUMBER, a, b)).isZero();
            }
        }
    }

    @Property(seed = "13", tries = 1000)
    void longsNextToEachOtherAreTwoKeys(@ForAll long number) {
        if (number < Long.MAX_VALUE) {
            assertThat(sign(KeyFamily.NUMBER, new BsonInt64(number), new BsonInt64(number + 1)))
                    .isNegative();
        }
    }

    @Example
    void zeroesAreOneKey() {
        BsonValue[] zeroes = {
            new BsonInt32(0),
            new BsonInt64(0),
            new BsonDouble(0.0),
            new BsonDouble(-0.0),
            decimal("0"),
            decimal("-0"),
            decimal("-0.000"),
            decimal("-0E+100"),
            decimal("0E-6176")
        };
        for (BsonValue a : zeroes) {
            for (BsonValue b : zeroes) {
                assertThat(sign(KeyFamily.NUMBER, a, b)).as("%s and %s", a, b).isZero();
            }
        }
    }

    @Example
    void aTinyNegativeNumberIsBelowZero() {
        assertThat(sign(KeyFamily.NUMBER, decimal("-1E-6176"), new BsonInt32(0)))
                .isNegative();
        assertThat(sign(KeyFamily.NUMBER, decimal("-1E-6176"), decimal("-0"))).isNegative();
    }

    @Example
    void aSurrogatePairIsAboveEveryPlainCharacter() {
        assertThat(sign(KeyFamily.STRING, new BsonString("\uFFFD"), new BsonString("\uD83D\uDE00")))
                .isNegative();
    }

    @Provide
    Arbitrary<BsonValue> strings() {
        return AnyKey.strings();
    }

    @Provide
    Arbitrary<BsonValue> numbers() {
        return AnyKey.numbers();
    }

    @Provide
    Arbitrary<BsonValue> objectIds() {
        return AnyKey.objectIds();
    }

    @Provide
    Arbitrary<Tuple3<BsonValue, BsonValue, BsonValue>> three() {
        return Arbitraries.of(KeyFamily.class).flatMap(family -> {
            Arbitrary<BsonValue> keys = AnyKey.of(family);
            return Combinators.combine(keys, keys, keys).as(Tuple::of);
        });
    }

    private static KeyFamily familyOf(BsonValue key) {
        return Arrays.stream(KeyFamily.values())
                .filter(family -> family.holds(key))
                .findFirst()
                .orElseThrow();
    }

    private static int sign(KeyFamily family, BsonValue a, BsonValue b) {
        return Integer.signum(family.order().compare(a, b));
    }

    private static BsonValue decimal(String text) {
        return new BsonDecimal128(Decimal128.parse(text));
    }
}

package dev.resync.chunk;

import java.math.BigDecimal;
import java.util.List;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import org.bson.BsonArray;
import org.bson.BsonBinary;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonMaxKey;
import org.bson.BsonMinKey;
import org.bson.BsonNull;
import org.bson.BsonObjectId;
import org.bson.BsonRegularExpression;
import org.bson.BsonString;
import org.bson.BsonSymbol;
import org.bson.BsonTimestamp;
import org.bson.BsonUndefined;
import org.bson.BsonValue;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;

/** Keys of every kind, odd ones often. */
final class AnyKey {

    private AnyKey() {}

    /** Texts with surrogate pairs and characters above them, which UTF-16 and UTF-8 order differently. */
    static Arbitrary<BsonValue> strings() {
        return Arbitraries.of(
                        "",
                        "a",
                        "b",
                        "ab",
                        "\uFFFD",
                        "\uE000",
                        "\uD83D\uDE00",
                        "\uD83D\uDE01",
                        "a\uD83D\uDE00",
                        "é",
                        " ")
                .list()
                .ofMinSize(0)
                .ofMaxSize(3)
                .map(parts -> new BsonString(String.join("", parts)));
    }

    /** Numbers of all four types; with NaN only where wanted. */
    static Arbitrary<BsonValue> numbers() {
        Arbitrary<BsonValue> ints = Arbitraries.integers().between(-5, 5).map(BsonInt32::new);
        Arbitrary<BsonValue> longs = Arbitraries.longs().map(BsonInt64::new);
        Arbitrary<BsonValue> nearInts = Arbitraries.longs().between(-5, 5).map(BsonInt64::new);
        Arbitrary<BsonValue> doubles = Arbitraries.of(
                        -0.0,
                        0.0,
                        0.5,
                        -0.5,
                        1.0,
                        4.0,
                        1e300,
                        -1e300,
                        9007199254740993.0,
                        Double.POSITIVE_INFINITY,
                        Double.NEGATIVE_INFINITY,
                        Double.MIN_VALUE,
                        -Double.MIN_VALUE)
                .map(BsonDouble::new);
        Arbitrary<BsonValue> decimals = Arbitraries.of(
                        "0",
                        "-0",
                        "-0.00",
                        "-0E+3",
                        "1",
                        "1.0",
                        "0.5",
                        "-4",
                        "9007199254740993",
                        "1E+6000",
                        "-1E-6000",
                        "Infinity",
                        "-Infinity")
                .map(text -> new BsonDecimal128(Decimal128.parse(text)));
        return Arbitraries.oneOf(ints, longs, nearInts, doubles, decimals);
    }

    /** Numbers that the embedded server, which compares them as doubles, orders as a server does. */
    static Arbitrary<BsonValue> plainNumbers() {
        Arbitrary<BsonValue> ints = Arbitraries.integers().between(-9, 9).map(BsonInt32::new);
        Arbitrary<BsonValue> longs = Arbitraries.longs().between(-9, 9).map(BsonInt64::new);
        Arbitrary<BsonValue> doubles =
                Arbitraries.of(-0.5, 0.5, 1.0, 7.25, 1e300, -1e300).map(BsonDouble::new);
        Arbitrary<BsonValue> decimals = Arbitraries.of("0.5", "3", "-2.25")
                .map(text -> new BsonDecimal128(new Decimal128(new BigDecimal(text))));
        return Arbitraries.oneOf(ints, longs, doubles, decimals);
    }

    static Arbitrary<BsonValue> objectIds() {
        return Arbitraries.of(
                        "000000000000000000000000",
                        "0000000000000000000000ff",
                        "7fffffffffffffffffffffff",
                        "800000000000000000000000",
                        "ffffffffffffffffffffffff")
                .map(hex -> new BsonObjectId(new ObjectId(hex)));
    }

    /** Values that no range holds. */
    static Arbitrary<BsonValue> strangers() {
        return Arbitraries.of(List.<BsonValue>of(
                BsonNull.VALUE,
                BsonBoolean.TRUE,
                new BsonDateTime(0),
                new BsonBinary(new byte[] {1, 2}),
                new BsonDocument("a", new BsonInt32(1)),
                new BsonDouble(Double.NaN),
                new BsonDecimal128(Decimal128.NaN),
                new BsonMinKey(),
                new BsonMaxKey(),
                new BsonRegularExpression("a", "i")));
    }

    /** Values that only control of the wire protocol can make. */
    static Arbitrary<BsonValue> relics() {
        return Arbitraries.of(List.<BsonValue>of(new BsonUndefined(), new BsonSymbol("a"), new BsonTimestamp(1, 1)));
    }

    static Arbitrary<BsonValue> of(KeyFamily family) {
        return switch (family) {
            case STRING -> strings();
            case NUMBER -> numbers();
            case OBJECT_ID -> objectIds();
        };
    }

    /** Arrays of one or two of these. */
    static Arbitrary<BsonValue> arraysOf(Arbitrary<BsonValue> elements) {
        return elements.list().ofMaxSize(2).map((Function<List<BsonValue>, BsonValue>) BsonArray::new);
    }
}

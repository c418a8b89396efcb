package dev.resync.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resync.plan.PlanDocument;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.types.Decimal128;

/** An expression that only names a field gives its value, with its type, as the field holds it. */
class ExpressionValuesPropertiesTest {

    private final BundleMapper mapper = new BundleMapper(
            PlanDocument.small()
                    .rules("{path: 'v', expression: 'people.held.v'}")
                    .read(),
            Bundles.RUN_START);

    @Property(seed = "41", tries = 300)
    void passThroughAnExpression(@ForAll("values") BsonValue value) {
        assertThat(throughExpression(value)).isEqualTo(value);
    }

    @Example
    void infiniteDecimalsAreTextSinceJsonHasNone() {
        assertThat(throughExpression(new BsonDecimal128(Decimal128.NEGATIVE_INFINITY)))
                .isEqualTo(new BsonString("-Infinity"));
    }

    private BsonValue throughExpression(BsonValue value) {
        BsonDocument person = new BsonDocument("held", new BsonDocument("v", value));
        MappingResult result = mapper.map(new Bundle(new BsonString("K"), Map.of("people", List.of(person))));
        assertThat(result).isInstanceOf(MappingResult.Mapped.class);
        return ((MappingResult.Mapped) result).documents().get("view").get("v");
    }

    @Provide
    Arbitrary<BsonValue> values() {
        Arbitrary<BsonValue> scalars = Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(5).map(BsonString::new),
                Arbitraries.integers().map(BsonInt32::new),
                Arbitraries.longs().map(BsonInt64::new),
                Arbitraries.doubles().map(BsonDouble::new),
                Arbitraries.bigDecimals()
                        .between(new BigDecimal("-1E20"), new BigDecimal("1E20"))
                        .ofScale(6)
                        .map(number -> new BsonDecimal128(new Decimal128(number))),
                Arbitraries.of(BsonBoolean.TRUE, BsonBoolean.FALSE, BsonNull.VALUE));
        Arbitrary<BsonValue> arrays = scalars.list().ofMaxSize(4).map(BsonArray::new);
        return Arbitraries.oneOf(
                scalars, arrays, Arbitraries.oneOf(scalars, arrays).map(value -> new BsonDocument("a", value)
                        .append("b", BsonNull.VALUE)));
    }
}

package dev.resync.bson;

import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Tuple;
import org.bson.BsonArray;
import org.bson.BsonBinary;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDbPointer;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonJavaScript;
import org.bson.BsonJavaScriptWithScope;
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
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;

/** Documents with values of every type, nested and not. */
final class AnyDocument {

    static final BsonDocumentCodec CODEC = new BsonDocumentCodec();

    /** Among them some of one length, one that is the beginning of another, and some of the same hash. */
    static final List<String> NAMES = List.of("", "_id", "id", "a", "ab", "abc", "Aa", "BB", "é", "名", "😀");

    private static final ObjectId ID = new ObjectId("0123456789abcdef01234567");

    private AnyDocument() {}

    static Arbitrary<BsonDocument> any() {
        return document(nested(scalar(), 2)).withoutEdgeCases();
    }

    private static Arbitrary<BsonValue> scalar() {
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(20).map(BsonString::new),
                Arbitraries.of("", "text", "é", "名", "😀", "a😀b").map(BsonString::new),
                Arbitraries.integers().map(BsonInt32::new),
                Arbitraries.longs().map(BsonInt64::new),
                Arbitraries.longs().map(BsonDateTime::new),
                Arbitraries.doubles().map(BsonDouble::new),
                Arbitraries.of(
                        new BsonDouble(Double.NaN),
                        new BsonDouble(-0.0),
                        BsonBoolean.TRUE,
                        BsonBoolean.FALSE,
                        BsonNull.VALUE,
                        new BsonObjectId(ID),
                        new BsonDecimal128(Decimal128.parse("1.50")),
                        new BsonBinary((byte) 2, new byte[] {1, 2, 3}),
                        new BsonBinary(new byte[0]),
                        new BsonUndefined(),
                        new BsonTimestamp(1, 2),
                        new BsonRegularExpression("^a", "i"),
                        new BsonJavaScript("x"),
                        new BsonJavaScriptWithScope("x", new BsonDocument("y", new BsonInt32(1))),
                        new BsonSymbol("s"),
                        new BsonDbPointer("a.b", ID),
                        new BsonMinKey(),
                        new BsonMaxKey()));
    }

    private static Arbitrary<BsonValue> nested(Arbitrary<BsonValue> values, int levels) {
        if (levels == 0) {
            return values;
        }
        return nested(
                Arbitraries.frequencyOf(
                        Tuple.of(6, values),
                        Tuple.of(1, document(values).map(document -> document)),
                        Tuple.of(1, document(values).map(AnyDocument::raw)),
                        Tuple.of(1, values.list().ofMaxSize(12).map(BsonArray::new))),
                levels - 1);
    }

    private static Arbitrary<BsonDocument> document(Arbitrary<BsonValue> values) {
        return Arbitraries.maps(Arbitraries.of(NAMES), values).ofMaxSize(6).map(AnyDocument::of);
    }

    private static BsonDocument of(Map<String, BsonValue> fields) {
        BsonDocument document = new BsonDocument();
        document.putAll(fields);
        return document;
    }

    static RawBsonDocument raw(BsonDocument document) {
        return new RawBsonDocument(document, CODEC);
    }
}

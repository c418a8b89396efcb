package dev.resync.hash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.bson.BsonArray;
import org.bson.BsonBinary;
import org.bson.BsonBinaryWriter;
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
import org.bson.codecs.EncoderContext;
import org.bson.io.BasicOutputBuffer;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DocumentHashTest {

    private static final ObjectId ID = new ObjectId("0123456789abcdef01234567");

    private final DocumentHash hash = new DocumentHash();

    static Stream<BsonValue> everyType() {
        return Stream.of(
                new BsonDouble(1.5),
                new BsonString("text"),
                new BsonString(""),
                new BsonDocument("a", new BsonDocument("_id", new BsonInt32(1))),
                new BsonArray(List.of(new BsonInt32(1), new BsonString("_id"))),
                new BsonBinary(new byte[] {1, 2, 3}),
                new BsonBinary((byte) 2, new byte[] {1, 2, 3}),
                new BsonUndefined(),
                new BsonObjectId(ID),
                BsonBoolean.TRUE,
                new BsonDateTime(-1),
                BsonNull.VALUE,
                new BsonRegularExpression("^a", "i"),
                new BsonRegularExpression("", ""),
                new BsonDbPointer("db.c", ID),
                new BsonJavaScript("return 1"),
                new BsonSymbol("symbol"),
                new BsonJavaScriptWithScope("return x", new BsonDocument("x", new BsonInt32(1))),
                new BsonInt32(7),
                new BsonTimestamp(1, 2),
                new BsonInt64(7),
                new BsonDecimal128(Decimal128.parse("1.50")),
                new BsonMinKey(),
                new BsonMaxKey());
    }

    @ParameterizedTest
    @MethodSource("everyType")
    void isTheSameWhereverTheIdStands(BsonValue value) {
        BsonValue id = new BsonObjectId(ID);
        byte[] first = hash.of(raw("_id", id, "v", value, "w", value));
        assertThat(hash.of(raw("v", value, "_id", id, "w", value))).isEqualTo(first);
        assertThat(hash.of(raw("v", value, "w", value, "_id", id))).isEqualTo(first);
    }

    @ParameterizedTest
    @MethodSource("everyType")
    void isTheSameForAnIdOfThisType(BsonValue id) {
        BsonValue value = new BsonString("v");
        assertThat(hash.of(raw("v", value, "_id", id))).isEqualTo(hash.of(raw("_id", id, "v", value)));
    }

    @ParameterizedTest
    @MethodSource("everyType")
    void differsFromThatOfEveryOtherValue(BsonValue value) {
        byte[] one = hash.of(raw("_id", new BsonInt32(1), "v", value));
        everyType().filter(other -> !other.equals(value)).forEach(other -> assertThat(
                        hash.of(raw("_id", new BsonInt32(1), "v", other)))
                .as("%s and %s", value, other)
                .isNotEqualTo(one));
    }

    @Test
    void dependsOnTheOrderOfOtherFieldsAndOnTypes() {
        BsonValue id = new BsonInt32(1);
        byte[] one = hash.of(raw("_id", id, "a", new BsonInt32(1), "b", new BsonInt32(2)));
        assertThat(hash.of(raw("_id", id, "b", new BsonInt32(2), "a", new BsonInt32(1))))
                .isNotEqualTo(one);
        assertThat(hash.of(raw("_id", id, "a", new BsonInt64(1), "b", new BsonInt32(2))))
                .isNotEqualTo(one);
        assertThat(hash.of(raw("_id", id, "a", new BsonDouble(0.0))))
                .isNotEqualTo(hash.of(raw("_id", id, "a", new BsonDouble(-0.0))));
    }

    @Test
    void takesNoOtherNameForTheId() {
        for (String name : List.of("_", "_i", "_ids", "id", "_ID")) {
            byte[] behind = hash.of(raw("a", new BsonInt32(1), name, new BsonInt32(2)));
            assertThat(hash.of(raw(name, new BsonInt32(2), "a", new BsonInt32(1))))
                    .as(name)
                    .isNotEqualTo(behind);
        }
    }

    @Test
    void takesADocumentInTheMiddleOfABuffer() {
        RawBsonDocument alone = raw("a", new BsonInt32(1), "_id", new BsonInt32(2));
        byte[] bytes = new byte[alone.getByteBuffer().remaining()];
        alone.getByteBuffer().asNIO().get(bytes);
        byte[] padded = new byte[bytes.length + 20];
        System.arraycopy(bytes, 0, padded, 10, bytes.length);
        assertThat(hash.of(new RawBsonDocument(padded, 10, bytes.length))).isEqualTo(hash.of(alone));
        assertThat(hash.of(alone)).as("asked again").isEqualTo(hash.of(alone)).hasSize(DocumentHash.LENGTH);
    }

    @Test
    void takesAnEmptyDocument() {
        assertThat(hash.of(raw())).hasSize(DocumentHash.LENGTH);
    }

    private static RawBsonDocument raw(Object... namesAndValues) {
        BsonDocument document = new BsonDocument();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            document.append((String) namesAndValues[i], (BsonValue) namesAndValues[i + 1]);
        }
        BasicOutputBuffer buffer = new BasicOutputBuffer();
        // Not as a document to be stored: the codec would move _id to the front.
        new BsonDocumentCodec()
                .encode(
                        new BsonBinaryWriter(buffer),
                        document,
                        EncoderContext.builder()
                                .isEncodingCollectibleDocument(false)
                                .build());
        return new RawBsonDocument(buffer.toByteArray());
    }
}

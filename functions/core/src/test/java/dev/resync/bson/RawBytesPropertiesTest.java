package dev.resync.bson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonSerializationException;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;

/** Reading and writing bytes gives what the driver gives. */
class RawBytesPropertiesTest {

    private final RawWriter writer = new RawWriter();

    @Provide
    Arbitrary<BsonDocument> documents() {
        return AnyDocument.any();
    }

    @Property(tries = 200)
    void writesTheBytesThatTheDriverWrites(@ForAll("documents") BsonDocument document) {
        assertThat(bytes(writer.encode(document))).isEqualTo(bytes(AnyDocument.raw(document)));
        assertThat(bytes(writer.encode(AnyDocument.raw(document)))).isEqualTo(bytes(AnyDocument.raw(document)));
    }

    @Property(tries = 200)
    void readsWhatTheDriverReads(@ForAll("documents") BsonDocument document) {
        RawBsonDocument raw = AnyDocument.raw(document);
        List<Map.Entry<String, BsonValue>> found = new ArrayList<>();
        RawElements elements = RawElements.of(raw);
        while (elements.next()) {
            found.add(Map.entry(elements.name(), elements.value()));
        }
        assertThat(found)
                .containsExactlyElementsOf(raw.decode(AnyDocument.CODEC).entrySet());
    }

    @Property(tries = 200)
    void findsWhatTheDriverFinds(@ForAll("documents") BsonDocument document) {
        // In the midst of other bytes, as embedded documents are.
        RawBsonDocument raw = inside(AnyDocument.raw(document));
        for (String name : AnyDocument.NAMES) {
            assertThat(new FieldName(name).in(raw)).as(name).isEqualTo(raw.get(name));
            assertThat(new FieldName(name).in(document)).as(name).isEqualTo(document.get(name));
        }
    }

    @Property(tries = 200)
    void tellsNamesApart(@ForAll("documents") BsonDocument document) {
        List<String> known = AnyDocument.NAMES.subList(0, AnyDocument.NAMES.size() / 2);
        FieldNames names = new FieldNames(known);
        RawElements elements = RawElements.of(AnyDocument.raw(document));
        while (elements.next()) {
            assertThat(names.indexOf(elements)).isEqualTo(known.indexOf(elements.name()));
        }
    }

    @Example
    void readsBytesThatAreNoTextAsTheDriverDoes() {
        RawBsonDocument raw = AnyDocument.raw(new BsonDocument("a", new BsonString("xyz")));
        byte[] bytes = bytes(raw);
        bytes[new String(bytes, StandardCharsets.ISO_8859_1).indexOf('y')] = (byte) 0xff;
        RawBsonDocument broken = new RawBsonDocument(bytes);

        assertThat(new FieldName("a").in(broken)).isEqualTo(broken.get("a"));
    }

    @Example
    void writesHalfASurrogatePairAsTheDriverDoes() {
        BsonDocument document = new BsonDocument("\ud800", new BsonString("a\udc00\ud800"))
                .append("\udc00b", new BsonString("\ud800b"));

        assertThat(bytes(writer.encode(document))).isEqualTo(bytes(AnyDocument.raw(document)));
    }

    @Example
    void refusesANameThatWouldEndEarly() {
        BsonDocument document = new BsonDocument("a\0b", new BsonInt32(1));

        assertThatThrownBy(() -> writer.encode(document)).isInstanceOf(BsonSerializationException.class);
        assertThatThrownBy(() -> AnyDocument.raw(document)).isInstanceOf(BsonSerializationException.class);
    }

    @Example
    void looksIntoNothingThatHoldsNothing() {
        RawElements elements = RawElements.of(AnyDocument.raw(new BsonDocument("a", new BsonInt32(1))));
        elements.next();

        assertThatThrownBy(elements::inside)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("INT32");
        assertThatThrownBy(elements::raw)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("INT32");
    }

    private static RawBsonDocument inside(RawBsonDocument document) {
        BsonDocument around = new BsonDocument("before", new BsonInt32(1))
                .append("it", document)
                .append("after", new BsonInt32(2));
        return (RawBsonDocument) AnyDocument.raw(around).getDocument("it");
    }

    private static byte[] bytes(RawBsonDocument document) {
        byte[] bytes = new byte[document.getByteBuffer().remaining()];
        document.getByteBuffer().get(bytes);
        return bytes;
    }
}

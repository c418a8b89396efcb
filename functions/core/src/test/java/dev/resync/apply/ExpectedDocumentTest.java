package dev.resync.apply;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoCollection;
import dev.resync.fixture.EmbeddedMongo;
import java.util.List;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.RawBsonDocument;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A write that expects a document finds it while it is the same, and not after any change. */
class ExpectedDocumentTest {

    @RegisterExtension
    static final EmbeddedMongo MONGO = new EmbeddedMongo();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "{$numberLong: '5'}",
                "1.5",
                "{$numberDecimal: '1.10'}",
                "true",
                "'text'",
                "''",
                "null",
                "{$date: '2026-01-02T03:04:05.678Z'}",
                "{$oid: '507f1f77bcf86cd799439011'}",
                "[]",
                "[[], 1]",
                "{a: [], b: {c: [{d: []}]}}",
                "[1, 2]",
                "[null]",
                "[[1], [2]]",
                "[{a: 1, b: null}, {a: {$date: '2026-01-02T03:04:05Z'}}]",
                "{}",
                "{a: 1}",
                "{a: null, b: {c: [1, {d: 'x'}]}}",
                "{$numberDouble: 'NaN'}",
                "{$binary: {base64: 'AQID', subType: '00'}}"
            })
    void isFoundWhileItIsTheSame(String value) {
        MongoCollection<RawBsonDocument> live =
                MONGO.client().getDatabase("d").getCollection("live", RawBsonDocument.class);
        RawBsonDocument document =
                RawBsonDocument.parse("{_id: 'k', before: 1, value: %s, after: 'x'}".formatted(value));
        live.insertOne(document);
        assertThat(live.countDocuments(ExpectedDocument.query(document))).isEqualTo(1);
        for (String changed : List.of(
                "{_id: 'k', before: 1, value: 'other', after: 'x'}",
                "{_id: 'k', before: 1, after: 'x'}",
                "{_id: 'k', before: 1, value: %s, after: 'x', more: 1}".formatted(value),
                "{_id: 'k', before: 1, value: %s, after: null}".formatted(value),
                "{_id: 'k', before: 1, value: %s, after: ['x']}".formatted(value))) {
            live.replaceOne(new BsonDocument(), RawBsonDocument.parse(changed));
            assertThat(live.countDocuments(ExpectedDocument.query(document)))
                    .as(changed)
                    .isZero();
        }
    }

    /** Not every name can be asked for as a path. */
    @ParameterizedTest
    @ValueSource(strings = {"a.b", "$a", ""})
    void isFoundWhateverItsFieldsAreCalled(String name) {
        MongoCollection<RawBsonDocument> live =
                MONGO.client().getDatabase("d").getCollection("live", RawBsonDocument.class);
        RawBsonDocument document =
                RawBsonDocument.parse("{_id: 'k', nested: {'%s': 1}, list: [{'%s': 1}]}".formatted(name, name));
        live.insertOne(document);
        assertThat(live.countDocuments(ExpectedDocument.query(document))).isEqualTo(1);
        live.deleteMany(new BsonDocument());
        live.insertOne(RawBsonDocument.parse("{_id: 'k', nested: {'%s': 2}, list: [{'%s': 1}]}".formatted(name, name)));
        assertThat(live.countDocuments(ExpectedDocument.query(document))).isZero();
    }

    /** Not every name is a path, on the outermost level either: then the document is compared as a whole. */
    @ParameterizedTest
    @ValueSource(strings = {"a.b", "$a", ""})
    void isComparedAsAWholeWhereAFieldCannotBeAskedFor(String name) {
        RawBsonDocument document = RawBsonDocument.parse("{_id: 'k', value: 1, '%s': 2}".formatted(name));
        assertThat(ExpectedDocument.query(document))
                .isEqualTo(new BsonDocument("_id", document.get("_id"))
                        .append(
                                "$expr",
                                new BsonDocument(
                                        "$eq",
                                        new BsonArray(List.of(
                                                new BsonString("$$ROOT"), new BsonDocument("$literal", document))))));
    }
}

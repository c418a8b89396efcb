package dev.resync.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.MongoNotPrimaryException;
import com.mongodb.MongoSocketReadException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.MongoWriteException;
import com.mongodb.ServerAddress;
import com.mongodb.WriteError;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.bulk.BulkWriteResult;
import com.mongodb.bulk.WriteConcernError;
import dev.resync.error.DatabaseFailed;
import dev.resync.error.DatabaseUnavailable;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseErrorsTest {

    private static final ServerAddress SERVER = new ServerAddress();

    @ParameterizedTest
    @ValueSource(ints = {6, 7, 64, 89, 91, 112, 134, 175, 189, 262, 9001, 10107, 11600, 11602, 13435, 13436})
    void aServerThatChangesItsRoleIsTriedAgain(int code) {
        assertThat(DatabaseErrors.named(command(code))).isInstanceOf(DatabaseUnavailable.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 13, 18, 26, 48, 59, 66, 121, 11000, 17280, 8000})
    void aRefusalIsNot(int code) {
        assertThat(DatabaseErrors.named(command(code))).isInstanceOf(DatabaseFailed.class);
    }

    static Stream<MongoException> unreachable() {
        return Stream.of(
                new MongoSocketReadException("reset", SERVER),
                new MongoTimeoutException("no server"),
                new MongoNotPrimaryException(new BsonDocument("code", new BsonInt32(10107)), SERVER),
                bulk(List.of(), new WriteConcernError(64, "WriteConcernFailed", "waited too long", new BsonDocument())),
                labelled("RetryableWriteError"),
                labelled("TransientTransactionError"));
    }

    @ParameterizedTest
    @MethodSource("unreachable")
    void aServerThatCannotBeReachedIsTriedAgain(MongoException error) {
        assertThat(DatabaseErrors.named(error))
                .isInstanceOf(DatabaseUnavailable.class)
                .hasCause(error);
    }

    @Test
    void aWriteThatTheServerRefusesIsNot() {
        WriteError refused = new WriteError(121, "Document failed validation", new BsonDocument());
        assertThat(DatabaseErrors.named(new MongoWriteException(refused, SERVER, Set.of())))
                .isInstanceOf(DatabaseFailed.class);
        assertThat(DatabaseErrors.named(bulk(List.of(new BulkWriteError(121, "no", new BsonDocument(), 0)), null)))
                .isInstanceOf(DatabaseFailed.class);
    }

    /** Servers quote documents, keys and filters, which may be sensitive; the driver repeats the whole answer. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "not authorized on db to execute command { find: \"people\", filter: { mail: \"zq9word\" } }",
                "error processing query: ns=db.peopleTree: mail $eq \"zq9word\"",
                "Can't extract geo keys: { _id: 1, mail: \"zq9word\" }",
                "E11000 duplicate key error collection: db.people index: mail_1 dup key: { mail: \"zq9word\" }",
                "language override unsupported: zq9word"
            })
    void whatTheServerQuotesIsLeftOut(String message) {
        BsonDocument answer = new BsonDocument("ok", new BsonInt32(0))
                .append("code", new BsonInt32(13))
                .append("codeName", new BsonString("Unauthorized"))
                .append("errmsg", new BsonString(message));
        assertQuotesNothing(new MongoCommandException(answer, SERVER), "error 13 (Unauthorized)");
        WriteError refused = new WriteError(17261, message, BsonDocument.parse("{keyValue: {mail: 'zq9word'}}"));
        assertQuotesNothing(new MongoWriteException(refused, SERVER, Set.of()), "error 17261");
        assertQuotesNothing(
                bulk(List.of(new BulkWriteError(17261, message, new BsonDocument(), 0)), null), "error 17261");
    }

    private static void assertQuotesNothing(MongoException error, String code) {
        StringWriter all = new StringWriter();
        DatabaseErrors.named(error).printStackTrace(new PrintWriter(all));
        assertThat(all.toString()).contains(code).doesNotContain("zq9word");
    }

    private static MongoCommandException command(int code) {
        return new MongoCommandException(
                new BsonDocument("ok", new BsonInt32(0)).append("code", new BsonInt32(code)), SERVER);
    }

    private static MongoException labelled(String label) {
        MongoException error = new MongoException("labelled");
        error.addLabel(label);
        return error;
    }

    private static MongoBulkWriteException bulk(List<BulkWriteError> errors, WriteConcernError concern) {
        return new MongoBulkWriteException(
                BulkWriteResult.acknowledged(0, 0, 0, 0, List.of(), List.of()), errors, concern, SERVER, Set.of());
    }
}

package dev.resync.pace;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoNamespace;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import dev.resync.fixture.EmbeddedMongo;
import dev.resync.store.MongoStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A read that is broken off gives its cursor back. */
class PacedDocumentsTest {

    @RegisterExtension
    static final EmbeddedMongo MONGO = new EmbeddedMongo();

    private final List<String> asked = new CopyOnWriteArrayList<>();

    @Test
    void theCursorIsGivenBackWhereThePaceRaisesAnError() {
        MongoNamespace numbers = new MongoNamespace("db", "numbers");
        MONGO.client()
                .getDatabase("db")
                .getCollection("numbers", BsonDocument.class)
                .insertMany(IntStream.range(0, 5_000)
                        .mapToObj(i -> new BsonDocument("_id", new BsonInt32(i)))
                        .toList());
        MongoStore store = new MongoStore(MONGO.newClient("", new CommandListener() {
            @Override
            public void commandStarted(CommandStartedEvent event) {
                asked.add(event.getCommandName());
            }
        }));
        assertThatThrownBy(() -> new PacedDocuments<>(store.scan(numbers), () -> {
                            throw new IllegalStateException("held");
                        })
                        .forEach(document -> {}))
                .hasMessage("held");
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> asked.contains("killCursors"));
    }
}

package dev.resync.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoNamespace;
import com.mongodb.ServerAddress;
import com.mongodb.client.MongoClient;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import dev.resync.fixture.EmbeddedMongo;
import dev.resync.fixture.MongoProxy;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Key ranges are ranges of bytes. */
class SimpleCollationTest {

    @RegisterExtension
    static final EmbeddedMongo MONGO = new EmbeddedMongo();

    private static final MongoNamespace PEOPLE = new MongoNamespace("data", "people");
    private static final MongoNamespace NAMES = new MongoNamespace("data", "names");
    private static final BsonDocument SIMPLE = BsonDocument.parse("{locale: 'simple'}");

    private final List<BsonDocument> sent = new CopyOnWriteArrayList<>();
    private final MongoClient client = MONGO.newClient("/", new CommandListener() {
        @Override
        public void commandStarted(CommandStartedEvent event) {
            sent.add(event.getCommand().clone());
        }
    });

    @Test
    void isGivenWithEveryQueryAndAsksForNothingBefore() {
        MongoStore store = new MongoStore(client);
        read(store, PEOPLE);
        sent.clear();
        read(store, PEOPLE);
        read(store, NAMES);

        assertThat(sent)
                .extracting(BsonDocument::getFirstKey, command -> command.get("collation"))
                .containsExactly(tuple("find", SIMPLE), tuple("find", SIMPLE));
    }

    @Test
    void isLeftOutWhereTheServerKnowsNoneAndTheCollectionHasNone() {
        MongoStore store = new MongoStore(MongoProxy.around(client, call -> {
            if (call.name().equals("find") && call.database().equals(MongoStore.CONTROL_DATABASE)) {
                throw new MongoCommandException(
                        BsonDocument.parse("{ok: 0, code: 303, errmsg: 'Feature not supported: collation'}"),
                        new ServerAddress());
            }
            return call.proceed();
        }));
        read(store, PEOPLE);

        assertThat(sent)
                .filteredOn(command -> command.getFirstKey().equals("find"))
                .extracting(command -> command.get("collation"))
                .containsOnlyNulls();
        assertThat(sent).extracting(BsonDocument::getFirstKey).contains("listCollections", "find");
    }

    private static void read(MongoStore store, MongoNamespace namespace) {
        assertThat(store.find(namespace, new BsonDocument())).isEmpty();
    }
}

package dev.resync.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import dev.resync.fixture.EmbeddedMongo;
import dev.resync.fixture.RunFixture;
import dev.resync.run.Ending;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Majority for all that decides, whatever the URI says (I11). */
class DurabilityTest {

    private static final Set<String> WRITES = Set.of(
            "insert", "update", "delete", "findAndModify", "renameCollection", "drop", "create", "createIndexes");
    private static final Set<String> READS = Set.of("find", "aggregate", "count");

    @RegisterExtension
    static final EmbeddedMongo MONGO = new EmbeddedMongo();

    private final List<BsonDocument> sent = new CopyOnWriteArrayList<>();

    @Test
    void everyCommandAsksForTheMajority() {
        CommandListener listener = new CommandListener() {
            @Override
            public void commandStarted(CommandStartedEvent event) {
                sent.add(event.getCommand().clone());
            }
        };
        MongoClient careless = MONGO.newClient("/?w=1&readConcernLevel=local", listener);
        RunFixture fixture = new RunFixture(MONGO.client(), careless, false).filled(20);
        assertThat(fixture.execute().toEnd().ending()).isEqualTo(Ending.CUT_OVER);
        List<BsonDocument> writes = named(WRITES);
        List<BsonDocument> reads = named(READS);
        assertThat(writes)
                .extracting(BsonDocument::getFirstKey)
                .contains("insert", "update", "findAndModify", "renameCollection", "create");
        assertThat(writes).allSatisfy(command -> assertThat(
                        command.getDocument("writeConcern", new BsonDocument()).get("w"))
                .as(command.toJson())
                .isEqualTo(new BsonString("majority")));
        assertThat(reads).isNotEmpty().allSatisfy(command -> assertThat(
                        command.getDocument("readConcern", new BsonDocument()).get("level"))
                .as(command.toJson())
                .isEqualTo(new BsonString("majority")));
    }

    private List<BsonDocument> named(Set<String> names) {
        return sent.stream()
                .filter(command -> names.contains(command.getFirstKey()))
                .toList();
    }
}

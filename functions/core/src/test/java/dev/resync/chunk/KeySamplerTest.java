package dev.resync.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoNamespace;
import com.mongodb.ServerAddress;
import com.mongodb.client.MongoClient;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import dev.resync.fixture.EmbeddedMongo;
import dev.resync.fixture.MongoProxy;
import dev.resync.store.CollectionSize;
import dev.resync.store.MongoStore;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Which keys are read, by what the statistics say of the size. */
class KeySamplerTest {

    @RegisterExtension
    static final EmbeddedMongo MONGO = new EmbeddedMongo();

    private static final MongoNamespace NOTES = new MongoNamespace("sampled", "notes");

    private final List<BsonDocument> reads = new CopyOnWriteArrayList<>();
    private final MongoClient client = MONGO.newClient("", new CommandListener() {
        @Override
        public void commandStarted(CommandStartedEvent event) {
            if (event.getCommandName().equals("find")) {
                reads.add(event.getCommand().clone());
            }
        }
    });

    @Test
    void everyKeyOfASmallCollectionIsASample() {
        fill(9);
        assertThat(sample(client, "_id", 9)).containsExactlyInAnyOrderElementsOf(keys(1, 9));
        assertThat(sample(client, "of.person", KeySampler.MAX_SAMPLES - 1))
                .containsExactlyInAnyOrderElementsOf(keys(1, 9));
    }

    @Test
    void everyNthKeyIsASampleWhereMoreAreReadThanKept() {
        fill(9);
        assertThat(sample(client, "of.person", KeySampler.MAX_SAMPLES)).hasSize(5);
        assertThat(sample(client, "of.person", 3 * KeySampler.MAX_SAMPLES - 1)).hasSize(3);
        assertThat(sample(client, "of.person", KeySampler.READ_WHOLE)).hasSize(1);
    }

    @Test
    void noMoreAreKeptThanOneOfSeveralSourcesMayHave() {
        fill(9);
        assertThat(sample(client, "of.person", 9, 10)).hasSize(9);
        assertThat(sample(client, "of.person", 9, 9)).hasSize(5);
        assertThat(sample(client, "of.person", 9, 4)).hasSize(3);
        assertThat(sample(client, "of.person", KeySampler.READ_WHOLE + 1, 4)).hasSize(4);
    }

    @Test
    void aLargeCollectionIsSampledByTheServer() {
        fill(9);
        assertThat(sample(client, "of.person", KeySampler.READ_WHOLE + 1))
                .containsExactlyInAnyOrderElementsOf(keys(1, 9));
        assertThat(reads).isEmpty();
    }

    @Test
    void aLargeCollectionIsReadWhereTheServerCannotSample() {
        fill(24);
        MongoClient unable = MongoProxy.around(client, call -> {
            if (call.name().equals("aggregate")) {
                throw new MongoCommandException(BsonDocument.parse("{ok: 0, code: 40324}"), new ServerAddress());
            }
            return call.proceed();
        });
        assertThat(sample(unable, "of.person", KeySampler.READ_WHOLE + 1)).hasSize(3);
        assertThat(reads).hasSize(1);
    }

    @Test
    void aMissingKeyAndOneInAnArrayAreNoSamples() {
        fill(2);
        insert("{_id: 5}", "{_id: 6, of: null}", "{_id: 7, of: [{person: 1}]}", "{_id: 8, of: {person: [1]}}");
        assertThat(sample(client, "of.person", 6)).containsExactlyInAnyOrderElementsOf(keys(1, 2));
    }

    /** An index on the key alone can answer, and no document is read. */
    @Test
    void nothingButTheKeyIsAskedFor() {
        fill(1);
        sample(client, "of.person", 1);
        sample(client, "_id", 1);
        assertThat(reads)
                .extracting(find -> find.get("projection"))
                .containsExactly(BsonDocument.parse("{'of.person': 1, _id: 0}"), BsonDocument.parse("{_id: 1}"));
    }

    private void fill(int documents) {
        for (int i = 1; i <= documents; i++) {
            insert("{_id: %d, of: {person: %d}, text: 'any'}".formatted(i, i));
        }
    }

    private static void insert(String... documents) {
        for (String json : documents) {
            MONGO.client()
                    .getDatabase(NOTES.getDatabaseName())
                    .getCollection(NOTES.getCollectionName(), BsonDocument.class)
                    .insertOne(BsonDocument.parse(json));
        }
    }

    private static List<BsonValue> sample(MongoClient client, String field, long documents) {
        return sample(client, field, documents, KeySampler.MAX_SAMPLES);
    }

    private static List<BsonValue> sample(MongoClient client, String field, long documents, int most) {
        return new KeySampler(new MongoStore(client))
                .sample(NOTES, field, new CollectionSize(documents, 50, false), most);
    }

    private static List<BsonValue> keys(int from, int to) {
        return IntStream.rangeClosed(from, to)
                .mapToObj(key -> (BsonValue) new BsonInt32(key))
                .toList();
    }
}

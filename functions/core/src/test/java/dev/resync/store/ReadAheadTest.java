package dev.resync.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoInterruptedException;
import com.mongodb.MongoNamespace;
import com.mongodb.MongoSocketReadException;
import com.mongodb.ServerAddress;
import com.mongodb.client.MongoCollection;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import com.mongodb.event.CommandSucceededEvent;
import dev.resync.fixture.EmbeddedMongo;
import dev.resync.fixture.Stops;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.RawBsonDocument;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadAheadTest {

    private static final MongoNamespace NUMBERS = new MongoNamespace("db", "numbers");
    private static final Duration BOUND = Duration.ofSeconds(30);

    @RegisterExtension
    static final EmbeddedMongo MONGO = new EmbeddedMongo();

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> answered = new CopyOnWriteArrayList<>();
    private final ExecutorService readers = Executors.newCachedThreadPool();
    private MongoCollection<BsonDocument> numbers;
    private MongoStore store;

    @BeforeEach
    void listen() {
        numbers = MONGO.client().getDatabase("db").getCollection("numbers", BsonDocument.class);
        store = new MongoStore(MONGO.newClient("", new CommandListener() {
            @Override
            public void commandStarted(CommandStartedEvent event) {
                asked.add(event.getCommandName());
            }

            @Override
            public void commandSucceeded(CommandSucceededEvent event) {
                answered.add(event.getCommandName());
            }
        }));
    }

    @AfterEach
    void stop() {
        readers.shutdownNow();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 999, 1_000, 1_001, 2_000, 3_500})
    void readsEachDocumentOnceAndInOrder(int documents) {
        fill(documents);
        List<Integer> read = new ArrayList<>();
        store.findSorted(NUMBERS, new BsonDocument(), new BsonDocument("_id", new BsonInt32(1)))
                .forEach(document -> read.add(document.getInt32("_id").getValue()));
        assertThat(read).isEqualTo(IntStream.range(0, documents).boxed().toList());
        assertThat(store.scan(NUMBERS)).hasSize(documents);
    }

    @Test
    void fetchesOneBatchAheadAndNoMore() {
        fill(3_500);
        Iterator<RawBsonDocument> each = store.scan(NUMBERS).iterator();
        Awaitility.await().atMost(BOUND).until(() -> answered.contains("getMore"));
        for (int i = 0; i < 1_000; i++) {
            each.next();
        }
        assertThat(asked)
                .filteredOn("getMore"::equals)
                .as("the first is at hand")
                .hasSize(1);
        each.next();
        Awaitility.await()
                .atMost(BOUND)
                .until(() -> answered.stream().filter("getMore"::equals).count() == 2);
        assertThat(asked).filteredOn("getMore"::equals).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void givesTheCursorBackWhereSomebodyStops(boolean whileOneIsFetched) throws Exception {
        fill(3_500);
        CountDownLatch goOn = new CountDownLatch(whileOneIsFetched ? 1 : 0);
        Iterator<RawBsonDocument> each = new ReadAhead(
                        store.raw(NUMBERS).find().batchSize(1_000),
                        work -> readers.execute(() -> {
                            Stops.await(goOn);
                            work.run();
                        }))
                .iterator();
        if (!whileOneIsFetched) {
            Awaitility.await().atMost(BOUND).until(() -> answered.contains("getMore"));
        }
        ((AutoCloseable) each).close();
        if (whileOneIsFetched) {
            assertThat(asked).as("the reader has the cursor").doesNotContain("killCursors");
        }
        goOn.countDown();
        Awaitility.await().atMost(BOUND).until(() -> asked.contains("killCursors"));
    }

    @Test
    void givesTheCursorBackWhereTheConsumerRaisesAnError() {
        fill(3_500);
        assertThatThrownBy(() -> store.scan(NUMBERS).forEach(document -> {
                    throw new IllegalStateException("held");
                }))
                .hasMessage("held");
        Awaitility.await().atMost(BOUND).until(() -> asked.contains("killCursors"));
    }

    @Test
    void asksForNoMoreThanThereIs() {
        fill(999);
        assertThat(store.scan(NUMBERS)).hasSize(999);
        assertThat(asked).doesNotContain("getMore");
    }

    @Test
    void raisesWhatTheDriverRaised() {
        fill(2_500);
        MongoSocketReadException lost = new MongoSocketReadException("lost", new ServerAddress("db"));
        Iterator<RawBsonDocument> failing = new ReadAhead(
                        store.raw(NUMBERS)
                                .find()
                                .map(document -> {
                                    if (document.getInt32("_id").getValue() == 1_500) {
                                        throw lost;
                                    }
                                    return document;
                                })
                                .batchSize(1_000),
                        readers)
                .iterator();
        for (int i = 0; i < 1_000; i++) {
            failing.next();
        }
        assertThatThrownBy(failing::next).isSameAs(lost);
        Awaitility.await().atMost(BOUND).until(() -> asked.contains("killCursors"));
    }

    @Test
    void canBeInterruptedWhileItWaits() throws Exception {
        fill(2_500);
        CompletableFuture<Void> released = new CompletableFuture<>();
        Iterator<RawBsonDocument> each = new ReadAhead(
                        store.raw(NUMBERS).find().batchSize(1_000),
                        work -> readers.execute(() -> {
                            released.join();
                            work.run();
                        }))
                .iterator();
        for (int i = 0; i < 1_000; i++) {
            each.next();
        }
        CompletableFuture<Throwable> raised = new CompletableFuture<>();
        Thread reading = new Thread(() -> {
            try {
                each.next();
                raised.complete(null);
            } catch (RuntimeException e) {
                raised.complete(e);
            }
        });
        reading.start();
        reading.interrupt();
        assertThat(raised.get(BOUND.toSeconds(), TimeUnit.SECONDS)).isInstanceOf(MongoInterruptedException.class);
        released.complete(null);
        Awaitility.await().atMost(BOUND).until(() -> asked.contains("killCursors"));
    }

    private void fill(int documents) {
        if (documents > 0) {
            numbers.insertMany(IntStream.range(0, documents)
                    .mapToObj(i -> new BsonDocument("_id", new BsonInt32(i)))
                    .toList());
        }
    }
}

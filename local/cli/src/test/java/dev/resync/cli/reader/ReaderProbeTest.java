package dev.resync.cli.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.ConnectionString;
import com.mongodb.MongoNamespace;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.resync.cli.local.TestServer;
import dev.resync.cli.wire.WireProxy;
import dev.resync.cli.wire.WireRule.Fate;
import dev.resync.cli.wire.WireRule.Refused;
import java.lang.Thread.State;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cursors that a rename kills in the middle of a read, as a server does it, played on the wire. */
class ReaderProbeTest {

    private static final MongoNamespace VIEW = new MongoNamespace("reader_probe", "view");
    private static final int DOCUMENTS = 30;
    private static final int BATCH = 10;
    /** Enough that several reads have come to their end. */
    private static final int COMMANDS = 20;

    private static final Set<State> IDLE = Set.of(State.WAITING, State.TIMED_WAITING, State.TERMINATED);

    private static final int QUERY_PLAN_KILLED = 175;

    private TestServer server;
    private MongoClient client;
    private WireProxy proxy;

    @BeforeEach
    void open() {
        server = new TestServer();
        client = MongoClients.create(server.uri());
        client.getDatabase(VIEW.getDatabaseName()).drop();
        List<BsonDocument> documents = new ArrayList<>();
        for (int i = 0; i < DOCUMENTS; i++) {
            documents.add(new BsonDocument("_id", new BsonInt32(i)));
        }
        client.getDatabase(VIEW.getDatabaseName())
                .getCollection(VIEW.getCollectionName(), BsonDocument.class)
                .insertMany(documents);
        String[] host = new ConnectionString(server.uri()).getHosts().get(0).split(":");
        proxy = new WireProxy(InetSocketAddress.createUnresolved(host[0], Integer.parseInt(host[1])));
    }

    @AfterEach
    void close() {
        proxy.close();
        client.getDatabase(VIEW.getDatabaseName()).drop();
        client.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {43, QUERY_PLAN_KILLED})
    void aReadThatIsKilledOnceIsBegunAgain(int code) {
        ReaderProbe.Account account = read(code, Set.of(1));
        assertThat(account.errors()).isEmpty();
        assertThat(account.reopened()).isEqualTo(1);
        assertThat(account.reads()).isPositive();
        assertThat(account.others()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {43, QUERY_PLAN_KILLED})
    void aReadThatIsKilledTwiceIsAnError(int code) {
        ReaderProbe.Account account = read(code, Set.of(1, 2));
        assertThat(account.errors()).singleElement().asString().contains("killed twice");
        assertThat(account.others()).isZero();
    }

    @Test
    void twoReadsMayBeKilledOnceEach() {
        // The first read, begun again, asks for more at least twice.
        ReaderProbe.Account account = read(QUERY_PLAN_KILLED, Set.of(1, 6));
        assertThat(account.errors()).isEmpty();
        assertThat(account.reopened()).isEqualTo(2);
    }

    /** A read that is answered after its database was dropped brings it back, on a server that makes what is asked for. */
    @Test
    void isClosedWhenItsLastReadIsAnswered() throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        AtomicReference<Thread> closing = new AtomicReference<>();
        AtomicBoolean waitedFor = new AtomicBoolean();
        proxy.use(command -> {
            if (command.name().equals("find")) {
                asked.countDown();
                await().until(() ->
                        closing.get() != null && IDLE.contains(closing.get().getState()));
                waitedFor.set(closing.get().isAlive());
            }
            return Fate.PASSED;
        });
        ReaderProbe reader = new ReaderProbe("mongodb://" + proxy.address(), List.of(VIEW), DOCUMENTS + 1, 0);
        assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
        Thread closer = new Thread(reader::close);
        closer.start();
        closing.set(closer);
        closer.join();
        await().untilTrue(waitedFor);
    }

    /** Reads on and on, while the so-manieth requests for more are answered with an error. */
    private ReaderProbe.Account read(int code, Set<Integer> killed) {
        AtomicInteger asked = new AtomicInteger();
        proxy.use(command -> command.name().equals("getMore") && killed.contains(asked.incrementAndGet())
                ? new Refused(code, "Killed", false)
                : Fate.PASSED);
        try (ReaderProbe reader = new ReaderProbe("mongodb://" + proxy.address(), List.of(VIEW), BATCH, 0)) {
            await().until(() -> asked.get() >= COMMANDS);
            return reader.finish(Map.of("whole", new LiveViews(client, List.of(VIEW), BATCH).hashes()));
        }
    }
}

package dev.resync.cli.local;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.resync.run.ExecutionStatus;
import dev.resync.store.ControlJson;
import dev.resync.store.MongoStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two processes on one database: what each can tell of the other's executions. */
class StoredLeasesTest {

    private static final String EXECUTION = "arn:aws:states:local:000000000000:execution:resync:one";
    private static final Duration BEAT = Duration.ofMillis(50);
    private static final Duration LEASE = Duration.ofMillis(1500);
    private static final JsonNode INPUT =
            ControlJson.mapper().createObjectNode().put("plan", "world");

    private EmbeddedDatabase database;
    private MongoClient client;
    private StoredLeases holder;
    private StoredLeases other;

    @BeforeEach
    void open() {
        database = new EmbeddedDatabase(0);
        client = MongoClients.create(database.uri());
        holder = new StoredLeases(new MongoStore(client), "/plans/world.json", BEAT, LEASE);
        other = new StoredLeases(new MongoStore(client), "/plans/world.json", BEAT, LEASE);
    }

    @AfterEach
    void close() {
        holder.close();
        other.close();
        client.close();
        database.close();
    }

    @Test
    void anExecutionThatNobodyHeldIsUnknown() {
        assertThat(other.status(EXECUTION)).isEqualTo(ExecutionStatus.UNKNOWN);
        assertThat(other.input(EXECUTION)).isEmpty();
        assertThat(other.takeOver(EXECUTION)).isFalse();
    }

    @Test
    void anExecutionIsRunningAsLongAsItsHolderIsAlive() {
        holder.begin(execution -> {});
        holder.hold(EXECUTION, INPUT);
        assertThat(other.status(EXECUTION)).isEqualTo(ExecutionStatus.RUNNING);
        assertThat(other.takeOver(EXECUTION)).isFalse();
        holder.close();
        assertThat(other.status(EXECUTION)).isEqualTo(ExecutionStatus.UNKNOWN);
    }

    @Test
    void anExecutionThatEndedSaysHow() {
        holder.hold(EXECUTION, INPUT);
        holder.release(EXECUTION, ExecutionStatus.FAILED);
        assertThat(other.status(EXECUTION)).isEqualTo(ExecutionStatus.FAILED);
    }

    @Test
    void whatItsHolderLeftIsTakenOverByOne() {
        holder.hold(EXECUTION, INPUT);
        assertThat(other.takeOver(EXECUTION)).isTrue();
        other.begin(execution -> {});
        assertThat(other.input(EXECUTION)).contains(INPUT);
        assertThat(other.planOf(EXECUTION)).contains("/plans/world.json");
        StoredLeases third = new StoredLeases(new MongoStore(client), "/plans/world.json", BEAT, LEASE);
        assertThat(third.takeOver(EXECUTION)).isFalse();
        holder.release(EXECUTION, ExecutionStatus.SUCCEEDED);
        assertThat(third.status(EXECUTION))
                .as("a holder that lost its lease has no say")
                .isEqualTo(ExecutionStatus.RUNNING);
    }

    /** An execution is held before it is started, so that a stop may come when there is nothing to stop yet. */
    @Test
    void aStopThatFailsDoesNotEndTheLease() {
        List<String> stops = new CopyOnWriteArrayList<>();
        holder.begin(execution -> {
            stops.add(execution);
            throw new IllegalStateException("not started yet");
        });
        holder.hold(EXECUTION, INPUT);
        other.requestStop(EXECUTION);
        await().atMost(30, SECONDS).until(() -> stops.size() >= 2);
        assertThat(other.status(EXECUTION)).isEqualTo(ExecutionStatus.RUNNING);
    }

    @Test
    void theHolderHearsThatAStopIsWanted() {
        List<String> stops = new CopyOnWriteArrayList<>();
        holder.begin(stops::add);
        holder.hold(EXECUTION, INPUT);
        other.requestStop(EXECUTION);
        await().atMost(30, SECONDS).until(() -> stops.contains(EXECUTION));
    }
}

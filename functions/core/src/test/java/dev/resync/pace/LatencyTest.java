package dev.resync.pace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import dev.resync.chunk.Chunk;
import dev.resync.chunk.ChunkResult;
import dev.resync.chunk.ChunkStage;
import dev.resync.chunk.StageProgress;
import dev.resync.fixture.EmbeddedMongo;
import dev.resync.fixture.RunDriver;
import dev.resync.fixture.RunFixture;
import dev.resync.fixture.SimulatedTime;
import dev.resync.pace.Throttle.Limit;
import dev.resync.run.AuditTrail.Asked;
import dev.resync.stage.ChunkInput;
import dev.resync.stage.ChunkWork;
import dev.resync.stage.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.bson.BsonString;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A database that answers slower than its environment's profile allows, and recovers. */
class LatencyTest {

    @RegisterExtension
    static final EmbeddedMongo MONGO = new EmbeddedMongo();

    private static final String PROFILE = RunFixture.profile(
            "\"confirmation\": \"plan-hash\", \"dryRun\": {\"required\": false}, \"latency\": {\"maxMillis\": 50}",
            false);
    /** Of a document, without anything that slows it down. */
    private static final Duration WORK = Duration.ofMillis(1);

    private volatile SimulatedTime time;
    private volatile Duration latency = Duration.ofMillis(5);
    private RunFixture fixture;
    private RunDriver run;
    private Pace pace;

    @BeforeEach
    void begin() {
        CommandListener slow = new CommandListener() {
            @Override
            public void commandStarted(CommandStartedEvent event) {
                boolean measured = List.of("update", "findAndModify").contains(event.getCommandName())
                        && new BsonString("chunks").equals(event.getCommand().get(event.getCommandName()));
                if (measured && time != null) {
                    time.pass(latency);
                }
            }
        };
        fixture = new RunFixture(MONGO.client(), MONGO.newClient("", slow), PROFILE).filled(96);
        run = fixture.execute().through("plan-chunks");
        time = fixture.time();
    }

    private void beginChunk() {
        Chunk chunk = fixture.context().chunks().begin(run.runId(), run.epoch(), ChunkStage.SYNC, 0);
        pace = new Pace(
                fixture.context(), Deadline.NONE, fixture.context().runs().enter(run.runId(), run.epoch()), chunk);
        pace.begin();
    }

    /** Works for so long; returns documents a second. */
    private double work(int seconds) {
        Duration from = time.passed();
        int documents = 0;
        while (time.passed().minus(from).compareTo(Duration.ofSeconds(seconds)) < 0) {
            time.pass(WORK);
            pace.take(1);
            documents++;
        }
        return documents * 1e9 / time.passed().minus(from).toNanos();
    }

    /** Each would be done before anything could be said, if it were judged by itself. */
    @Test
    void isRememberedFromChunkToChunk() {
        latency = Duration.ofMillis(120);
        ChunkWork chunks = new ChunkWork(fixture.context(), ChunkStage.SYNC);
        Duration last = Duration.ZERO;
        for (int index = 0; index < run.count("sync"); index++) {
            Duration before = time.passed();
            chunks.run(new ChunkInput(run.runId(), run.epoch(), index), Deadline.NONE, (run, chunk, pace) -> {
                for (int i = 0; i < 1_000; i++) {
                    time.pass(WORK);
                    pace.take(1);
                }
                return new ChunkResult(1_000, Map.of(), Map.of(), Map.of(), List.of());
            });
            last = time.passed().minus(before);
        }
        assertThat(run.count("sync")).isGreaterThan(10);
        assertThat(last).isGreaterThan(Duration.ofSeconds(7));
    }

    private StageProgress progress() {
        return fixture.context().chunks().progress(run.runId(), run.epoch()).stream()
                .filter(stage -> stage.stage() == ChunkStage.SYNC)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void slowsARunDownAndLetsItComeBack() {
        beginChunk();
        assertThat(work(20)).as("unslowed").isCloseTo(1_000, within(10.0));
        assertThat(progress().slowedTo()).isNull();
        assertThat(progress().latencyMillis()).isEqualTo(5);

        latency = Duration.ofMillis(120);
        work(14);
        assertThat(progress().slowedTo()).as("halved").isLessThanOrEqualTo(0.5);
        assertThat(progress().latencyMillis()).isEqualTo(120);
        work(30);
        assertThat(work(60)).as("at its slowest").isCloseTo(100, within(15.0));
        assertThat(progress().slowedTo()).isEqualTo(LatencyBackoff.LEAST);

        latency = Duration.ofMillis(5);
        work(60);
        assertThat(work(20)).as("recovered").isCloseTo(1_000, within(10.0));
        assertThat(progress().slowedTo()).isNull();
    }

    @Test
    void aHoldMeanwhileIsNoWorkToRestFor() {
        latency = Duration.ofMillis(120);
        beginChunk();
        work(60);
        Asked ada = new Asked("Ada", null, "command-line", null, null, "the database is busy");
        control().hold(run.runId(), ada);
        time.after(Duration.ofSeconds(60), () -> control().release(run.runId(), ada));
        assertThat(work(62)).as("held").isLessThan(10);
        assertThat(work(20)).isCloseTo(100, within(15.0));
    }

    private PaceControl control() {
        return new PaceControl(
                fixture.context().runs(),
                fixture.context().audit(),
                fixture.clock(),
                fixture.context().environment().name());
    }

    @Test
    void slowsDownWhatIsLimitedAlready() {
        for (int index = 1; index < run.count("sync"); index++) {
            run.chunk("sync", index);
        }
        control()
                .throttle(
                        run.runId(),
                        new Throttle(new Limit(200), null),
                        new Asked("Ada", null, "command-line", null, null, null));
        beginChunk();
        assertThat(work(20)).isCloseTo(200, within(5.0));
        latency = Duration.ofMillis(120);
        work(44);
        assertThat(work(60)).isCloseTo(20, within(2.0));
    }
}

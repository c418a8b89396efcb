package dev.resync.stage;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.MongoSocketReadException;
import com.mongodb.ServerAddress;
import dev.resync.error.ChunkChanged;
import dev.resync.error.DatabaseUnavailable;
import dev.resync.fixture.EmbeddedMongo;
import dev.resync.fixture.FaultyMongo;
import dev.resync.fixture.RunDriver;
import dev.resync.fixture.RunFixture;
import dev.resync.hash.ContentHash;
import dev.resync.run.Ending;
import dev.resync.run.ExecutionStatus;
import dev.resync.run.Run;
import java.util.List;
import java.util.Random;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A run in which one write fails, anywhere, and whose state machine then repeats the stage or the run is closed. */
class CrashAnywhereTest {

    private static final int ROUNDS = Integer.getInteger("resync.crash.rounds", 25);

    @RegisterExtension
    static final EmbeddedMongo MONGO = new EmbeddedMongo();

    private final FaultyMongo faulty = new FaultyMongo(MONGO.client());
    private final Random random = new Random(Long.getLong("resync.crash.seed", 4));

    @Test
    void publishesWhereTheStageIsRepeated() {
        int writes = writesOfARun();
        for (int round = 0; round < ROUNDS; round++) {
            RunFixture fixture = newFixture();
            RunDriver run = fixture.execute();
            run.repeating(CrashAnywhereTest::passes);
            int write = random.nextInt(writes);
            boolean after = random.nextBoolean();
            fail(write, after);
            Run ended = run.toEnd();
            assertThat(faulty.heal()).isTrue();
            String where = "write " + write + (after ? " lost its answer" : " was lost");
            assertThat(ended.ending()).as(where).isEqualTo(Ending.CUT_OVER);
            assertThat(fixture.collection("personView").countDocuments(BsonDocument.parse("{note: /^note/}")))
                    .as(where)
                    .isEqualTo(10);
            assertThat(fixture.control("locks").countDocuments(BsonDocument.parse("{holder: {$ne: null}}")))
                    .isZero();
        }
    }

    @Test
    void endsWithTheOldViewOrTheNewWhereTheRunIsClosed() {
        int writes = writesOfARun();
        for (int round = 0; round < ROUNDS; round++) {
            RunFixture fixture = newFixture();
            List<ContentHash> old = fixture.live();
            RunDriver run = fixture.execute();
            int write = random.nextInt(writes);
            fail(write, random.nextBoolean());
            try {
                run.toEnd();
            } catch (DatabaseUnavailable e) {
                run.closed(ExecutionStatus.ABORTED);
            }
            faulty.heal();
            assertThat(run.run().ending()).as("write %d", write).isNotNull();
            if (run.run().ending() == Ending.CUT_OVER) {
                assertThat(fixture.live()).isNotEqualTo(old);
            } else {
                assertThat(fixture.live()).as("write %d", write).isEqualTo(old);
            }
        }
    }

    private int writesOfARun() {
        RunDriver run = newFixture().execute();
        faulty.count();
        run.toEnd();
        return faulty.count();
    }

    private RunFixture newFixture() {
        MONGO.empty();
        return new RunFixture(MONGO.client(), faulty.client(), false).filled(10);
    }

    private void fail(int write, boolean after) {
        faulty.failAt(write, after, () -> {
            throw new MongoSocketReadException("connection lost", new ServerAddress());
        });
    }

    /** Errors after which the state machine repeats a stage. */
    private static boolean passes(Throwable error) {
        return error instanceof DatabaseUnavailable || error instanceof ChunkChanged;
    }
}

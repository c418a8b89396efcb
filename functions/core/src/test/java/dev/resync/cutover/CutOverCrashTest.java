package dev.resync.cutover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.mongodb.MongoSocketReadException;
import com.mongodb.ServerAddress;
import dev.resync.fixture.EmbeddedMongo;
import dev.resync.fixture.FaultyMongo;
import dev.resync.fixture.RunDriver;
import dev.resync.fixture.RunFixture;
import dev.resync.fixture.Stops.Died;
import dev.resync.hash.ContentHash;
import dev.resync.run.Ending;
import dev.resync.run.ExecutionStatus;
import dev.resync.run.Run;
import dev.resync.run.RunState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A cut-over of two targets that fails at every single write in turn, before the write and after it. */
class CutOverCrashTest {

    /** More writes than a cut-over of two targets has: the loops end where the failure no longer comes. */
    private static final int MORE_THAN_ALL = 40;

    @RegisterExtension
    static final EmbeddedMongo MONGO = new EmbeddedMongo();

    private final FaultyMongo faulty = new FaultyMongo(MONGO.client());

    enum Fault {
        DIES_BEFORE(false, () -> {
            throw new Died("before a write");
        }),
        LOSES_THE_REQUEST(false, Fault::loseConnection),
        LOSES_THE_ANSWER(true, Fault::loseConnection);

        private final boolean after;
        private final Runnable failure;

        Fault(boolean after, Runnable failure) {
            this.after = after;
            this.failure = failure;
        }

        boolean after() {
            return after;
        }

        Runnable failure() {
            return failure;
        }

        private static void loseConnection() {
            throw new MongoSocketReadException("connection lost", new ServerAddress());
        }
    }

    @ParameterizedTest
    @EnumSource
    void goesOnWhenCalledAgain(Fault fault) {
        int write = 0;
        boolean failed;
        do {
            RunFixture fixture = newFixture();
            RunDriver run = fixture.execute().upTo("cut-over");
            failed = fail(run, write, fault);
            assertThat(run.step("cut-over").get("targets").intValue()).isEqualTo(2);
            run.step("finish");
            assertThat(run.run().ending()).as("%s at write %d", fault, write).isEqualTo(Ending.CUT_OVER);
            assertThat(fixture.live()).as("%s at write %d", fault, write).isEqualTo(sealed(run));
        } while (failed && ++write < MORE_THAN_ALL);
        assertThat(write).as("writes of a cut-over").isBetween(6, MORE_THAN_ALL - 1);
    }

    @ParameterizedTest
    @EnumSource(names = {"DIES_BEFORE", "LOSES_THE_ANSWER"})
    void endsOldOrNewWhereTheExecutionFailed(Fault fault) {
        closesWell(fault, ExecutionStatus.FAILED);
    }

    @ParameterizedTest
    @EnumSource(names = {"DIES_BEFORE", "LOSES_THE_ANSWER"})
    void endsOldWhereTheExecutionWasAborted(Fault fault) {
        closesWell(fault, ExecutionStatus.ABORTED);
    }

    private void closesWell(Fault fault, ExecutionStatus cause) {
        List<Ending> endings = new ArrayList<>();
        int write = 0;
        while (write < MORE_THAN_ALL) {
            RunFixture fixture = newFixture();
            List<ContentHash> before = fixture.live();
            RunDriver run = fixture.execute().upTo("cut-over");
            boolean failed = fail(run, write, fault);
            if (!failed) {
                break;
            }
            List<ContentHash> wanted = sealed(run);
            Run closed = run.closed(cause);
            if (closed.state() == RunState.SUSPENDED) {
                fixture.clock().pass(Duration.ofHours(2));
                closed = run.closed(cause);
            }
            assertThat(closed.state()).as("%s at write %d", fault, write).isEqualTo(RunState.CLOSED);
            assertThat(closed.receipt().get("ending").textValue())
                    .isEqualTo(closed.ending().name());
            assertThat(fixture.live())
                    .as("%s at write %d: %s", fault, write, closed.ending())
                    .isEqualTo(closed.ending() == Ending.CUT_OVER ? wanted : before);
            endings.add(closed.ending());
            write++;
        }
        if (cause == ExecutionStatus.ABORTED) {
            assertThat(endings).contains(Ending.UNTOUCHED, Ending.RESTORED).doesNotContain(Ending.CUT_OVER);
        } else {
            assertThat(endings).contains(Ending.UNTOUCHED, Ending.RESTORED, Ending.CUT_OVER);
        }
    }

    private RunFixture newFixture() {
        MONGO.empty();
        return new RunFixture(MONGO.client(), faulty.client(), false).filled(3);
    }

    private boolean fail(RunDriver run, int write, Fault fault) {
        faulty.failAt(write, fault.after, fault.failure);
        catchThrowable(() -> run.step("cut-over"));
        return faulty.heal();
    }

    private static List<ContentHash> sealed(RunDriver run) {
        return List.of(
                run.run().sealed().get("shadow-0").content(),
                run.run().sealed().get("shadow-1").content());
    }
}

package dev.resync.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import dev.resync.error.ResumeRefused;
import dev.resync.error.RunClosed;
import dev.resync.error.RunSuspended;
import dev.resync.fixture.Background;
import dev.resync.fixture.EmbeddedMongo;
import dev.resync.fixture.RunDriver;
import dev.resync.fixture.RunFixture;
import dev.resync.fixture.Stops;
import dev.resync.hash.ContentHash;
import dev.resync.run.Ending;
import dev.resync.run.ExecutionStatus;
import dev.resync.run.Run;
import dev.resync.run.RunState;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A resume from MAP beside whatever else may want the same run. */
class ResumeRaceTest {

    @RegisterExtension
    static final EmbeddedMongo MONGO = new EmbeddedMongo();

    private RunFixture fixture;
    private RunDriver old;
    private List<ContentHash> before;
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);

    @BeforeEach
    void suspendBeforeCutOver() {
        fixture = new RunFixture(MONGO.client()).filled(10);
        before = fixture.live();
        old = fixture.execute().through("pre-cut-over");
        assertThat(old.closed(ExecutionStatus.FAILED).state()).isEqualTo(RunState.SUSPENDED);
    }

    /** Wherever the resume stands: the closing of its own stopped execution wins, and the resume finds that out. */
    @ParameterizedTest
    @ValueSource(strings = {"resume:taken", "close:before-move:nameView", "resume:fenced"})
    void aStopDuringAResumeWins(String point) {
        String execution = fixture.newExecution();
        fixture.stops().waitAt(point, reached, goOn);
        try (Background<RunDriver> resume = Background.start(() -> fixture.admit(request(), execution))) {
            Stops.await(reached);
            fixture.executions().set(execution, ExecutionStatus.ABORTED);
            assertThat(fixture.close(execution, fixture.newExecution())
                            .get("outcome")
                            .textValue())
                    .isEqualTo("CLOSED");
            goOn.countDown();
            assertThat(resume.raised()).isInstanceOf(ResumeRefused.class);
        }
        assertThat(old.run().ending()).isEqualTo(Ending.UNTOUCHED);
        assertThat(fixture.live()).isEqualTo(before);
        assertThat(fixture.context().locks().heldBy(old.runId())).isEmpty();
    }

    /** The closing of the old execution looked before the resume, and is slower. */
    @Test
    void aClosingThatAskedAboutTheOldExecutionLeavesTheResumeAlone() {
        fixture.clock().pass(Duration.ofMinutes(61));
        fixture.executions().onStatus(() -> {
            reached.countDown();
            Stops.await(goOn);
        });
        try (Background<JsonNode> close =
                Background.start(() -> fixture.close(old.execution(), fixture.newExecution()))) {
            Stops.await(reached);
            fixture.stops().dieAt("resume:taken");
            assertThatThrownBy(() -> fixture.admit(request())).isInstanceOf(Stops.Died.class);
            goOn.countDown();
            assertThat(close.result().get("outcome").textValue()).isEqualTo("WAIT");
        }
        assertThat(old.run().state()).isEqualTo(RunState.RESUMING);
    }

    @RepeatedTest(10)
    void aRedriveOrAResumeWinsNotBoth() {
        old.ended(ExecutionStatus.RUNNING);
        try (Background<RunDriver> resume = Background.start(() -> fixture.admit(request()));
                Background<JsonNode> redrive = Background.start(() -> old.step("pre-cut-over"))) {
            Throwable resumeRefused = resume.raised();
            Throwable redriveRefused = redrive.raised();
            if (resumeRefused == null) {
                assertThat(redriveRefused).isInstanceOf(RunClosed.class);
                assertThatThrownBy(() -> old.step("cut-over")).isInstanceOf(RunClosed.class);
                assertThat(resume.result().toEnd().ending()).isEqualTo(Ending.CUT_OVER);
            } else {
                assertThat(resumeRefused).isInstanceOf(ResumeRefused.class);
                assertThat(redriveRefused).isNull();
                assertThat(old.run().epoch()).isEqualTo(1);
                assertThat(old.toEnd().ending()).isEqualTo(Ending.CUT_OVER);
            }
        }
    }

    @RepeatedTest(10)
    void twoResumesAtOnceAreOne() {
        try (Background<RunDriver> first = Background.start(() -> fixture.admit(request()));
                Background<RunDriver> second = Background.start(() -> fixture.admit(request()))) {
            Throwable firstRefused = first.raised();
            Throwable secondRefused = second.raised();
            assertThat(firstRefused == null).isNotEqualTo(secondRefused == null);
            assertThat(firstRefused == null ? secondRefused : firstRefused).isInstanceOf(ResumeRefused.class);
            RunDriver winner = firstRefused == null ? first.result() : second.result();
            assertThat(winner.epoch()).isEqualTo(2);
            assertThat(winner.toEnd().ending()).isEqualTo(Ending.CUT_OVER);
        }
    }

    /** A Lambda call that timed out and is repeated may still be at work. */
    @RepeatedTest(10)
    void twoCallsOfOneResumeAtOnceAnswerTheSame() {
        String execution = fixture.newExecution();
        try (Background<RunDriver> first = Background.start(() -> fixture.admit(request(), execution));
                Background<RunDriver> second = Background.start(() -> fixture.admit(request(), execution))) {
            assertThat(first.result().epoch()).isEqualTo(2);
            assertThat(second.result().epoch()).isEqualTo(2);
            assertThat(second.result().toEnd().ending()).isEqualTo(Ending.CUT_OVER);
        }
    }

    /** A cut-over that was about to rename finds nothing to rename, however late it wakes up. */
    @Test
    void aCutOverInFlightRenamesNothingAfterAResume() {
        old.ended(ExecutionStatus.RUNNING);
        fixture.stops().waitAt("cut-over:before-rename:nameView", reached, goOn);
        try (Background<JsonNode> cutOver = Background.start(() -> old.step("cut-over"))) {
            Stops.await(reached);
            // Its closing died between suspending the run and looking at the journal.
            fixture.control("runs").updateOne(Filters.eq("_id", old.runId()), Updates.set("state", "SUSPENDED"));
            RunDriver resumed = fixture.admit(request());
            goOn.countDown();
            assertThat(cutOver.raised()).isInstanceOf(RunClosed.class);
            assertThat(fixture.live()).isEqualTo(before);
            assertThat(resumed.toEnd().ending()).isEqualTo(Ending.CUT_OVER);
        }
    }

    /** The state machine of the old execution begins again from its very first state, as the local engine does. */
    @Test
    void theAdmissionOfTheOldExecutionIsRefusedOnceAnotherIsInCharge() {
        RunDriver resumed = fixture.admit(request());
        old.ended(ExecutionStatus.RUNNING);
        ObjectNode again = fixture.admission(fixture.request("EXECUTE").put("confirm", "x.y"), old.execution());
        assertThatThrownBy(() -> fixture.call("admit", again)).as("OPEN").isInstanceOf(RunClosed.class);
        resumed.closed(ExecutionStatus.FAILED);
        resumed.ended(ExecutionStatus.RUNNING);
        assertThatThrownBy(() -> fixture.call("admit", again)).as("SUSPENDED").isInstanceOf(RunClosed.class);
        assertThat(resumed.run().state()).isEqualTo(RunState.SUSPENDED);
        assertThat(resumed.toEnd().ending()).isEqualTo(Ending.CUT_OVER);
    }

    @Test
    void aStageOfTheOldEpochIsToldByNameWhoIsInCharge() {
        String execution = fixture.newExecution();
        fixture.stops().dieAt("resume:taken");
        assertThatThrownBy(() -> fixture.admit(request(), execution)).isInstanceOf(Stops.Died.class);
        assertThatThrownBy(() -> old.step("verify"))
                .isInstanceOf(RunClosed.class)
                .isNotInstanceOf(RunSuspended.class)
                .hasMessageContaining(execution);
    }

    /** A Lambda call that was given up, and is at work once its execution has failed and everybody waits for a redrive. */
    @ParameterizedTest
    @EnumSource(
            value = ExecutionStatus.class,
            names = {"FAILED", "TIMED_OUT", "ABORTED", "SUCCEEDED"})
    void aLateCallOfAResumeThatHasFailedChangesNothing(ExecutionStatus status) {
        String execution = fixture.newExecution();
        RunDriver resumed = fixture.admit(request(), execution);
        assertThat(resumed.closed(ExecutionStatus.FAILED).state()).isEqualTo(RunState.SUSPENDED);
        fixture.executions().set(execution, status);
        Run suspended = resumed.run();
        assertThatThrownBy(() -> fixture.admit(request(), execution)).isInstanceOf(RunSuspended.class);
        assertThat(resumed.run()).isEqualTo(suspended);
        resumed.ended(ExecutionStatus.RUNNING);
        assertThat(resumed.toEnd().ending()).as("the redrive").isEqualTo(Ending.CUT_OVER);
    }

    /** The same, where another execution has resumed the run meanwhile and has failed as well. */
    @Test
    void aLateCallOfAnEarlierResumeTakesNothingFromALaterOne() {
        String earlier = fixture.newExecution();
        fixture.admit(request(), earlier).closed(ExecutionStatus.FAILED);
        RunDriver later = fixture.admit(request());
        assertThat(later.closed(ExecutionStatus.FAILED).state()).isEqualTo(RunState.SUSPENDED);
        Run suspended = later.run();
        assertThatThrownBy(() -> fixture.admit(request(), earlier))
                .isInstanceOf(ResumeRefused.class)
                .hasMessageContaining(earlier);
        assertThat(later.run()).isEqualTo(suspended);
        later.ended(ExecutionStatus.RUNNING);
        assertThat(later.toEnd().ending()).as("the redrive").isEqualTo(Ending.CUT_OVER);
    }

    /** The local engine redrives from the very first state; the epoch must stay, and with it the work that is done. */
    @Test
    void anAdmissionOfARedrivenResumeGoesOnInItsEpoch() {
        String execution = fixture.newExecution();
        RunDriver resumed = fixture.admit(request(), execution).through("seal-shadow");
        assertThat(resumed.closed(ExecutionStatus.FAILED).state()).isEqualTo(RunState.SUSPENDED);
        resumed.ended(ExecutionStatus.RUNNING);
        RunDriver redriven = fixture.admit(request(), execution);
        assertThat(redriven.epoch()).isEqualTo(resumed.epoch());
        assertThat(resumed.toEnd().ending()).isEqualTo(Ending.CUT_OVER);
    }

    private ObjectNode request() {
        return fixture.request("EXECUTE").put("resume", old.runId()).put("from", "MAP");
    }
}

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
import dev.resync.fixture.EmbeddedMongo;
import dev.resync.fixture.RunDriver;
import dev.resync.fixture.RunFixture;
import dev.resync.fixture.Stops;
import dev.resync.hash.ContentHash;
import dev.resync.run.Ending;
import dev.resync.run.ExecutionStatus;
import dev.resync.run.RunState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The admission that resumes a run dies between any two of its steps. */
class ResumeDeathTest {

    @RegisterExtension
    static final EmbeddedMongo MONGO = new EmbeddedMongo();

    private RunFixture fixture;
    private RunDriver old;
    private List<ContentHash> before;
    private String execution;

    /** Suspended as late as possible, with shadows and verdict: a cut-over would find all that it needs. */
    @BeforeEach
    void suspendBeforeCutOver() {
        fixture = new RunFixture(MONGO.client()).filled(10);
        before = fixture.live();
        old = fixture.execute().through("pre-cut-over");
        assertThat(old.closed(ExecutionStatus.FAILED).state()).isEqualTo(RunState.SUSPENDED);
        execution = fixture.newExecution();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "resume:checked",
                "resume:taken",
                "close:fenced",
                "close:before-move:nameView",
                "close:after-move:nameView",
                "close:after-move:personView",
                "resume:fenced",
                "resume:begun"
            })
    void theSameAdmissionAgainCompletesIt(String point) {
        die(point);
        old.ended(ExecutionStatus.RUNNING);
        if (!point.equals("resume:checked")) {
            // Until the new execution is in charge, a redrive of the old one may still win.
            assertThatThrownBy(() -> old.step("cut-over")).as("redrive").isInstanceOf(RunClosed.class);
        }
        RunDriver resumed = admit();
        assertThat(resumed.epoch()).isEqualTo(2);
        assertThatThrownBy(() -> old.step("cut-over")).as("redrive").isInstanceOf(RunClosed.class);
        assertThat(fixture.live()).isEqualTo(before);
        assertThat(resumed.toEnd().ending()).isEqualTo(Ending.CUT_OVER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "resume:taken",
                "close:fenced",
                "close:before-move:nameView",
                "close:after-move:nameView",
                "close:after-move:personView",
                "resume:fenced"
            })
    void aFailedResumeIsCompletedByTheClosingAndCanBeResumedAgain(String point) {
        die(point);
        assertThat(fixture.run(old.runId()).state()).isEqualTo(RunState.RESUMING);
        assertThat(ended(ExecutionStatus.FAILED)).isEqualTo("WAIT");
        assertThat(old.run().state()).isEqualTo(RunState.SUSPENDED);
        assertThat(old.run().epoch()).isEqualTo(2);
        assertThat(old.run().sealed()).containsOnlyKeys("staging-0");
        assertThat(old.run().error()).isNotNull();
        assertThat(fixture.context().locks().heldBy(old.runId())).hasSize(2);

        fixture.executions().set(execution, ExecutionStatus.RUNNING);
        old.ended(ExecutionStatus.RUNNING);
        assertThatThrownBy(() -> old.step("cut-over"))
                .as("redrive of the old execution while the new one is at work")
                .isInstanceOf(RunClosed.class);
        assertThat(admit().epoch())
                .as("redrive of the new one, in the epoch that is its own")
                .isEqualTo(2);
        fixture.executions().set(execution, ExecutionStatus.FAILED);
        assertThat(ended(ExecutionStatus.FAILED)).isEqualTo("WAIT");

        execution = fixture.newExecution();
        RunDriver another = admit();
        assertThat(another.epoch()).isEqualTo(3);
        assertThat(another.toEnd().ending()).isEqualTo(Ending.CUT_OVER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ABORTED", "TIMED_OUT", "UNKNOWN"})
    void aStoppedResumeIsClosed(ExecutionStatus status) {
        die("close:after-move:nameView");
        assertThat(ended(status)).isEqualTo("CLOSED");
        requireUntouched();
    }

    @Test
    void aFailedResumeIsClosedWhenItsTimeIsOver() {
        die("resume:taken");
        fixture.clock().pass(Duration.ofMinutes(61));
        assertThat(ended(ExecutionStatus.FAILED)).isEqualTo("CLOSED");
        requireUntouched();
    }

    @Test
    void aResumeAtWorkIsLeftAlone() {
        die("close:before-move:nameView");
        fixture.clock().pass(Duration.ofMinutes(61));
        assertThat(ended(ExecutionStatus.RUNNING)).isEqualTo("NOTHING");
        assertThat(fixture.close(old.execution(), fixture.newExecution())
                        .get("outcome")
                        .textValue())
                .isEqualTo("NOTHING");
        assertThat(reconciled()).isEmpty();
        assertThat(old.run().state()).isEqualTo(RunState.RESUMING);
        assertThat(admit().toEnd().ending()).isEqualTo(Ending.CUT_OVER);
    }

    @Test
    void reconcileFindsOneWhoseExecutionIsGone() {
        die("close:before-move:nameView");
        fixture.executions().set(execution, ExecutionStatus.FAILED);
        assertThat(reconciled()).containsExactly(old.runId());
    }

    @Test
    void nobodyElseMayResumeMeanwhile() {
        die("resume:taken");
        String first = execution;
        execution = fixture.newExecution();
        assertThatThrownBy(this::admit).isInstanceOf(ResumeRefused.class).hasMessageContaining(first);
        assertThat(old.run().execution()).isEqualTo(first);
    }

    /** The closing of the old execution waits for the end of the time; what it then does must not depend on who is asked. */
    @Test
    void theClosingOfTheOldExecutionCompletesItAsWell() {
        die("close:after-move:nameView");
        fixture.executions().set(execution, ExecutionStatus.FAILED);
        assertThat(fixture.close(old.execution(), fixture.newExecution())
                        .get("outcome")
                        .textValue())
                .isEqualTo("WAIT");
        assertThat(old.run().state()).isEqualTo(RunState.SUSPENDED);
        assertThatThrownBy(() -> fixture.call("verify", old.event().put("epoch", 2)))
                .as("nobody redrove the new execution")
                .isInstanceOf(RunSuspended.class);
    }

    /** Its journal says that a rename was under way, but live is what it was: nothing was cut over. */
    @Test
    void aCutOverThatRenamedNothingDoesNotEndTheTimeToResume() {
        old.ended(ExecutionStatus.RUNNING);
        fixture.stops().dieAt("cut-over:before-rename:nameView");
        assertThatThrownBy(() -> old.step("cut-over")).isInstanceOf(Stops.Died.class);
        fixture.control("runs").updateOne(Filters.eq("_id", old.runId()), Updates.set("state", "SUSPENDED"));
        die("resume:taken");
        assertThat(ended(ExecutionStatus.FAILED)).isEqualTo("WAIT");
        execution = fixture.newExecution();
        assertThat(admit().toEnd().ending()).isEqualTo(Ending.CUT_OVER);
    }

    /** Half of it was cut over by a function in flight: the resume closes the run instead, and live comes back. */
    @ParameterizedTest
    @ValueSource(strings = {"resume:checked", "resume:taken", "close:after-move:nameView"})
    void aCutOverThatBeganAfterAllClosesTheRun(String point) {
        halfCutOver();
        fixture.stops().dieAt(point);
        assertThatThrownBy(this::admit).isInstanceOf(Stops.Died.class);
        assertThatThrownBy(this::admit).isInstanceOf(ResumeRefused.class).hasMessageContaining("cut-over has begun");
        assertThat(old.run().state()).isEqualTo(RunState.RESTORING);
        requireRestored();
    }

    @Test
    void aClosingThatFindsACutOverInAFailedResumeBringsLiveBack() {
        halfCutOver();
        die("resume:taken");
        requireRestored();
    }

    private void requireRestored() {
        fixture.executions().set(execution, ExecutionStatus.FAILED);
        String by = fixture.newExecution();
        JsonNode answer = fixture.close(execution, by);
        assertThat(answer.get("outcome").textValue()).isEqualTo("RESTORE");
        assertThat(old.rollback(answer, by).toEnd().ending()).isEqualTo(Ending.RESTORED);
        assertThat(fixture.live()).isEqualTo(before);
    }

    /** A cut-over that a redrive began and that dies after its first rename; its closing died right after suspending it. */
    private void halfCutOver() {
        old.ended(ExecutionStatus.RUNNING);
        fixture.stops().dieAt("cut-over:after-rename:nameView");
        assertThatThrownBy(() -> old.step("cut-over")).isInstanceOf(Stops.Died.class);
        old.ended(ExecutionStatus.FAILED);
        fixture.control("runs").updateOne(Filters.eq("_id", old.runId()), Updates.set("state", "SUSPENDED"));
    }

    private void requireUntouched() {
        assertThat(old.run().ending()).isEqualTo(Ending.UNTOUCHED);
        assertThat(old.run().receipt()).isNotNull();
        assertThat(fixture.live()).isEqualTo(before);
        assertThat(fixture.context().locks().heldBy(old.runId())).isEmpty();
        assertThatThrownBy(this::admit).isInstanceOf(ResumeRefused.class);
        old.ended(ExecutionStatus.RUNNING);
        assertThatThrownBy(() -> old.step("cut-over")).isInstanceOf(RunClosed.class);
        assertThat(fixture.live()).isEqualTo(before);
    }

    private void die(String point) {
        fixture.stops().dieAt(point);
        assertThatThrownBy(this::admit).isInstanceOf(Stops.Died.class);
    }

    private RunDriver admit() {
        ObjectNode request =
                fixture.request("EXECUTE").put("resume", old.runId()).put("from", "MAP");
        return fixture.admit(request, execution);
    }

    private String ended(ExecutionStatus status) {
        fixture.executions().set(execution, status);
        return fixture.close(execution, fixture.newExecution()).get("outcome").textValue();
    }

    private List<String> reconciled() {
        List<String> given = new ArrayList<>();
        fixture.call("reconcile", fixture.request("EXECUTE")).get("closing").forEach(id -> given.add(id.textValue()));
        return given;
    }
}

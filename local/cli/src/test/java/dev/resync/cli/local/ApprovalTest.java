package dev.resync.cli.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resync.approval.Approvals;
import dev.resync.engine.VirtualTime;
import dev.resync.hash.ContentHash;
import dev.resync.run.Ending;
import dev.resync.run.Run;
import dev.resync.store.ControlJson;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where the environment asks for it, cut-over waits for a person other than the requester. */
class ApprovalTest {

    private Rehearsal rehearsal;
    private Map<String, ContentHash> old;

    @BeforeEach
    void seed() {
        rehearsal = new Rehearsal(1_000, true);
        old = rehearsal.live();
    }

    @AfterEach
    void tearDown() {
        rehearsal.close();
    }

    @Test
    void approvalByAnotherPersonLetsTheRunGoOn() {
        String execution = waiting(run -> approvals().approve(run.id(), "Grace Example", null, null));
        assertThat(rehearsal.finished(execution).ending()).isEqualTo(Ending.CUT_OVER);
    }

    /** Whoever may answer waiting tasks cannot approve by that alone. */
    @Test
    void anAnswerWithoutApprovalDoesNotCount() {
        String execution = waiting(run -> run);
        assertEndedUntouched(execution, "dev.resync.error.ApprovalInvalid");
    }

    @Test
    void refusalEndsTheRunUntouched() {
        String execution = waiting(run -> approvals().refuse(run.id(), "Grace Example", null, "too many changes"));
        assertEndedUntouched(execution, "dev.resync.error.ApprovalInvalid");
    }

    @Test
    void noAnswerAsLongAsTheVerdictCountsEndsTheRunUntouched() {
        String execution = rehearsal.execute();
        assertEndedUntouched(execution, "States.Timeout");
    }

    @Test
    void stopWhileWaitingEndsTheRunUntouched() {
        String confirm = rehearsal.confirmation();
        String execution;
        try (VirtualTime.Hold still = rehearsal.holdTime()) {
            assertThat(still).isNotNull();
            execution = rehearsal.platform.startResync(
                    null, rehearsal.request("EXECUTE").put("confirm", confirm));
            await().atMost(Duration.ofMinutes(1)).until(() -> token(execution) != null);
            rehearsal.platform.engine().stopExecution(execution, "Stopped", "rehearsal");
        }
        assertEndedUntouched(execution, "Stopped");
    }

    @Test
    void refusalUnderAnyNameEndsTheRunUntouched() {
        String confirm = rehearsal.confirmation();
        String execution;
        try (VirtualTime.Hold still = rehearsal.holdTime()) {
            assertThat(still).isNotNull();
            execution = rehearsal.platform.startResync(
                    null, rehearsal.request("EXECUTE").put("confirm", confirm));
            await().atMost(Duration.ofMinutes(1)).until(() -> token(execution) != null);
            rehearsal.platform.engine().sendTaskFailure(token(execution), "no", null);
        }
        assertEndedUntouched(execution, "no");
    }

    private void assertEndedUntouched(String execution, String error) {
        Run run = rehearsal.finished(execution);
        assertThat(run.ending()).isEqualTo(Ending.UNTOUCHED);
        assertThat(run.error().name()).isEqualTo(error);
        assertThat(rehearsal.live()).isEqualTo(old);
    }

    /** Starts a run, lets somebody look at it when it waits, and wakes it. Time stands still meanwhile. */
    private String waiting(UnaryOperator<Run> look) {
        String confirm = rehearsal.confirmation();
        try (VirtualTime.Hold still = rehearsal.holdTime()) {
            assertThat(still).isNotNull();
            String execution = rehearsal.platform.startResync(
                    null, rehearsal.request("EXECUTE").put("confirm", confirm));
            await().atMost(Duration.ofMinutes(1)).until(() -> token(execution) != null);
            look.apply(rehearsal
                    .platform
                    .context()
                    .runs()
                    .findByExecution(execution)
                    .orElseThrow());
            rehearsal
                    .platform
                    .engine()
                    .sendTaskSuccess(token(execution), ControlJson.mapper().createObjectNode());
            return execution;
        }
    }

    private Approvals approvals() {
        return new Approvals(rehearsal.platform.context());
    }

    private String token(String execution) {
        return rehearsal
                .platform
                .context()
                .runs()
                .findByExecution(execution)
                .map(Run::approvalToken)
                .orElse(null);
    }
}

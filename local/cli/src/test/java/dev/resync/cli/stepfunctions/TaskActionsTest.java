package dev.resync.cli.stepfunctions;

import static dev.resync.cli.stepfunctions.ServedRehearsal.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resync.approval.Approvals;
import dev.resync.engine.VirtualTime;
import dev.resync.run.Ending;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.model.InvalidOutputException;
import software.amazon.awssdk.services.sfn.model.InvalidTokenException;
import software.amazon.awssdk.services.sfn.model.TaskDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.TaskTimedOutException;
import software.amazon.awssdk.services.sfn.model.ValidationException;

/** The task that waits for an approval, answered by AWS' own client. Time stands still meanwhile. */
class TaskActionsTest {

    private ServedRehearsal rehearsal;

    @BeforeEach
    void serve() {
        rehearsal = new ServedRehearsal(true);
    }

    @AfterEach
    void close() {
        rehearsal.close();
    }

    @Test
    void aSuccessLetsAnApprovedRunGoOn() {
        String execution;
        String token;
        try (VirtualTime.Hold still = rehearsal.time.hold()) {
            assertThat(still).isNotNull();
            execution = rehearsal.execute();
            token = rehearsal.awaitToken(execution);
            rehearsal.client.sendTaskHeartbeat(beat -> beat.taskToken(token));
            new Approvals(rehearsal.platform.context())
                    .approve(rehearsal.run(execution).id(), "Grace Example", null, null);
            refused(
                    InvalidOutputException.class,
                    () -> rehearsal.client.sendTaskSuccess(
                            success -> success.taskToken(token).output("{")));
            refused(
                    ValidationException.class,
                    () -> rehearsal.client.sendTaskSuccess(success -> success.taskToken(token)));
            rehearsal.client.sendTaskSuccess(success -> success.taskToken(token).output("{}"));
        }
        rehearsal.settle(execution);
        assertThat(rehearsal.run(execution).ending()).isEqualTo(Ending.CUT_OVER);
        refused(
                TaskTimedOutException.class,
                () -> rehearsal.client.sendTaskSuccess(
                        success -> success.taskToken(token).output("{}")));
        refused(TaskTimedOutException.class, () -> rehearsal.client.sendTaskHeartbeat(beat -> beat.taskToken(token)));
    }

    @Test
    void aFailureEndsTheRunUntouched() {
        String execution;
        try (VirtualTime.Hold still = rehearsal.time.hold()) {
            assertThat(still).isNotNull();
            execution = rehearsal.execute();
            String token = rehearsal.awaitToken(execution);
            rehearsal.client.sendTaskFailure(
                    failure -> failure.taskToken(token).error("Mine").cause("because"));
        }
        rehearsal.settle(execution);
        assertThat(rehearsal.run(execution).ending()).isEqualTo(Ending.UNTOUCHED);
        assertThat(rehearsal.run(execution).error().name()).isEqualTo("Mine");
    }

    @Test
    void aTokenThatNobodyHasIsNamed() {
        refused(
                TaskDoesNotExistException.class,
                () -> rehearsal.client.sendTaskFailure(failure -> failure.taskToken("none")));
        refused(
                TaskDoesNotExistException.class,
                () -> rehearsal.client.sendTaskHeartbeat(beat -> beat.taskToken("none")));
        refused(
                InvalidTokenException.class,
                () -> rehearsal.client.sendTaskSuccess(
                        success -> success.taskToken("no token").output("{}")));
        refused(ValidationException.class, () -> rehearsal.client.sendTaskHeartbeat(beat -> {}));
        refused(
                ValidationException.class,
                () -> rehearsal.client.sendTaskHeartbeat(beat -> beat.taskToken("x".repeat(2_049))));
    }
}

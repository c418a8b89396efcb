package dev.resync.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resync.approval.Approvals;
import dev.resync.fixture.EmbeddedMongo;
import dev.resync.fixture.RunDriver;
import dev.resync.fixture.RunFixture;
import dev.resync.run.Ending;
import dev.resync.run.ExecutionStatus;
import dev.resync.run.Run;
import dev.resync.run.RunState;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who listens learns of every start that may change live, of what waits for them, and of every end, once. */
class RunNoticesTest {

    @RegisterExtension
    static final EmbeddedMongo MONGO = new EmbeddedMongo();

    private List<NotificationKind> told(RunFixture fixture) {
        return fixture.notifications().stream().map(Notification::kind).toList();
    }

    @Test
    void aRealRunIsToldOnceHoweverOftenItsStagesAreCalled() {
        RunFixture fixture = new RunFixture(MONGO.client()).filled(5);
        ObjectNode request = fixture.request("EXECUTE").put("confirm", fixture.planHash());
        RunDriver run = fixture.admit(request);
        fixture.admit(request, run.execution());
        assertThat(told(fixture)).containsExactly(NotificationKind.STARTED);
        assertThat(run.toEnd().ending()).isEqualTo(Ending.CUT_OVER);
        assertThatThrownBy(() -> run.step("cut-over")).isInstanceOf(RuntimeException.class);
        fixture.close(run.execution(), fixture.newExecution());
        assertThat(told(fixture)).containsExactly(NotificationKind.STARTED, NotificationKind.ENDED);
        Notification ended = fixture.notifications().get(1);
        assertThat(ended.subject()).isEqualTo("[test, test] people: EXECUTE ended CUT_OVER");
        assertThat(ended.text())
                .startsWith("ENVIRONMENT test (test, blue)\n")
                .contains("personView: 0 added, 5 changed, 0 removed, 0 unchanged")
                .contains("next ");
    }

    @Test
    void aStoppedRunAndADryRunAreToldWhenTheyEnd() {
        RunFixture fixture = new RunFixture(
                        MONGO.client(), MONGO.client(), RunFixture.profile("\"confirmation\": \"echo\"", false))
                .filled(5);
        RunDriver looking = fixture.admit(fixture.request("DRY_RUN")).through("verify");
        looking.step("finish");
        Run dryRun = looking.run();
        assertThat(told(fixture)).containsExactly(NotificationKind.ENDED);
        assertThat(dryRun.confirm().token()).isNotBlank();
        assertThat(fixture.notifications().get(0).text())
                .as("whoever has the token can start a real run")
                .doesNotContain(dryRun.confirm().token());
        fixture.admit(fixture.request("EXECUTE").put("confirm", dryRun.confirm().token()))
                .closed(ExecutionStatus.ABORTED);
        assertThat(told(fixture))
                .containsExactly(NotificationKind.ENDED, NotificationKind.STARTED, NotificationKind.ENDED);
        assertThat(fixture.notifications().get(2).ending()).isEqualTo(Ending.UNTOUCHED);
    }

    @Test
    void aFailedRunIsToldOnceWithTheTimeThatIsLeft() {
        RunFixture fixture = new RunFixture(MONGO.client()).filled(5);
        RunDriver run = fixture.execute().through("seal-staging");
        assertThat(run.closed(ExecutionStatus.FAILED).state()).isEqualTo(RunState.SUSPENDED);
        run.closed(ExecutionStatus.FAILED);
        assertThat(told(fixture)).containsExactly(NotificationKind.STARTED, NotificationKind.SUSPENDED);
        assertThat(fixture.notifications().get(1).summary())
                .contains("may be resumed until " + run.run().resumeUntil());
    }

    @Test
    void whoMayApproveIsAsked() {
        RunFixture fixture = new RunFixture(MONGO.client(), MONGO.client(), true).filled(5);
        RunDriver run = fixture.execute().through("verify");
        fixture.call("request-approval", run.event().put("taskToken", "token"));
        Notification wanted = fixture.notifications().get(1);
        assertThat(wanted.kind()).isEqualTo(NotificationKind.APPROVAL_WANTED);
        assertThat(wanted.summary()).contains("waits for approval by someone other than Ada");
        assertThat(wanted.figures()).hasSize(2).first().asString().contains("5 changed");
        assertThat(wanted.text()).doesNotContain("token");
        new Approvals(fixture.context()).approve(run.runId(), "Grace", null, null);
    }

    @Test
    void aViewThatIsBackIsToldApartFromANewOne() {
        RunFixture fixture = new RunFixture(MONGO.client()).filled(5);
        RunDriver published = fixture.execute();
        String snapshot = published.toEnd().snapshot();
        fixture.restore(snapshot).toEnd();
        assertThat(told(fixture))
                .containsExactly(
                        NotificationKind.STARTED,
                        NotificationKind.ENDED,
                        NotificationKind.STARTED,
                        NotificationKind.RESTORED);
        assertThat(fixture.notifications().get(3).summary())
                .isEqualTo("RESTORE ended RESTORED: live is snapshot " + snapshot + " again");
    }

    @Test
    void whatNeedsAnOperatorSaysSo() {
        RunFixture fixture = new RunFixture(MONGO.client()).filled(5);
        RunDriver run = fixture.execute().upTo("cut-over");
        fixture.stops().dieAt("cut-over:before-rename:personView");
        assertThatThrownBy(() -> run.step("cut-over")).isInstanceOf(Error.class);
        fixture.context().snapshots().require(run.run().snapshot()).targets().forEach(target -> fixture.byName(
                        target.collection())
                .drop());
        assertThat(run.closed(ExecutionStatus.ABORTED).state()).isEqualTo(RunState.NEEDS_OPERATOR);
        assertThat(told(fixture)).containsExactly(NotificationKind.STARTED, NotificationKind.NEEDS_OPERATOR);
        assertThat(fixture.notifications().get(1).summary())
                .contains("needs an operator")
                .contains("sealed were 5");
    }
}

package dev.resync.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resync.admission.RequestTickets;
import dev.resync.error.ApprovalInvalid;
import dev.resync.error.RequestInvalid;
import dev.resync.error.RunUnknown;
import dev.resync.error.VerdictExpired;
import dev.resync.fixture.EmbeddedMongo;
import dev.resync.fixture.RunDriver;
import dev.resync.fixture.RunFixture;
import dev.resync.hash.ContentHash;
import dev.resync.run.AuditTrail;
import dev.resync.run.Ending;
import dev.resync.run.ExecutionStatus;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose approval counts, and that nothing is published without it. */
class ApprovalsTest {

    @RegisterExtension
    static final EmbeddedMongo MONGO = new EmbeddedMongo();

    private static final String PRODUCTION = """
            {"name": "test", "colour": "red", "kind": "production", "maxConcurrency": 10, "approval": "one-other-person",
              "confirmation": "plan-hash", "dryRun": {"required": false},
              "starts": {"console": {"who": ["*"], "realRuns": true}, "api": {"who": ["*"], "realRuns": true}}}
            """;

    private RunFixture fixture;
    private Approvals approvals;

    private RunDriver waiting(boolean production) {
        fixture = (production
                        ? new RunFixture(MONGO.client(), MONGO.client(), PRODUCTION)
                        : new RunFixture(MONGO.client(), MONGO.client(), true))
                .filled(5);
        approvals = new Approvals(fixture.context());
        return waiting(fixture.execute());
    }

    private RunDriver waiting(RunDriver run) {
        run.upTo("pre-cut-over");
        fixture.call("request-approval", run.event().put("taskToken", "t-1"));
        return run;
    }

    /** A person who takes on another role, or the same one again, is no other person. */
    @Test
    void aSessionOfTheSameNameIsTheSamePerson() {
        RunDriver run = waiting(true);
        String role = "arn:aws:sts::123456789012:assumed-role/";
        approvals.approve(run.runId(), "x", role + "Approve/grace", null);
        approvals.approve(run.runId(), "x", role + "Admin/GRACE", null);
        assertThat(approvals.answered(run.run())).isFalse();
        approvals.approve(run.runId(), "x", role + "Approve/hedy", null);
        assertThat(approvals.answered(run.run())).isTrue();
    }

    @Test
    void whyIsOnRecordAndSoIsWhatWasRefused() {
        RunDriver run = waiting(false);
        assertThatThrownBy(() -> approvals.approve("none", "Grace", null, "looked at it"))
                .isInstanceOf(RunUnknown.class);
        assertThatThrownBy(() -> approvals.approve(run.runId(), "Ada\u200b", null, null))
                .as("as good as the requester's name")
                .isInstanceOf(RequestInvalid.class);
        approvals.approve(run.runId(), "Grace", null, "looked at it");
        List<AuditTrail.Entry> refused = fixture.context().audit().latest(null, "REFUSED", 9);
        assertThat(refused).extracting(AuditTrail.Entry::who).containsExactlyInAnyOrder("Grace", "Ada\\u200b");
        assertThat(refused).extracting(AuditTrail.Entry::why).containsExactlyInAnyOrder("looked at it", null);
        assertThat(fixture.context().audit().latest(null, "APPROVED", 9))
                .extracting(AuditTrail.Entry::why)
                .containsExactly("looked at it");
    }

    @Test
    void anotherPersonsApprovalLetsItGoOn() {
        RunDriver run = waiting(false);
        assertThat(approvals.answered(run.run())).isFalse();
        assertNotPublished(run);
        approvals.approve(run.runId(), "Grace", null, null);
        assertThat(approvals.answered(run.run())).isTrue();
        assertThat(run.toEnd().ending()).isEqualTo(Ending.CUT_OVER);
        assertThat(fixture.context().audit().all())
                .extracting(AuditTrail.Entry::event)
                .contains("APPROVAL_REQUESTED", "APPROVED");
        assertThatThrownBy(() -> approvals.approve(run.runId(), "Grace", "arn:grace", null))
                .isInstanceOf(ApprovalInvalid.class);
        AuditTrail.Entry refused =
                fixture.context().audit().latest(run.runId(), "REFUSED", 1).get(0);
        assertThat(refused.authenticatedAs()).isEqualTo("arn:grace");
        assertThat(refused.via()).isEqualTo("api");
        assertThat(refused.detail()).contains("ApprovalInvalid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Ada", " ada ", "ADA"})
    void theRequestersDoesNotCount(String who) {
        RunDriver run = waiting(false);
        assertThatThrownBy(() -> approvals.approve(run.runId(), who, null, null))
                .isInstanceOf(ApprovalInvalid.class)
                .hasMessageContaining("a person other than ada");
        assertNotPublished(run);
    }

    @Test
    void refusalEndsIt() {
        RunDriver run = waiting(false);
        approvals.refuse(run.runId(), "Grace", null, "too many changes");
        assertThat(approvals.answered(run.run())).isTrue();
        assertThatThrownBy(() -> approvals.approve(run.runId(), "Hedy", null, null))
                .isInstanceOf(ApprovalInvalid.class)
                .hasMessageContaining("refused by Grace");
        assertNotPublished(run);
    }

    @Test
    void aClaimDoesNotCountInProduction() {
        RunDriver run = waiting(true);
        assertThatThrownBy(() -> approvals.approve(run.runId(), "Grace", null, null))
                .isInstanceOf(ApprovalInvalid.class)
                .hasMessageContaining("two different persons")
                .hasMessageContaining("is a claim");
        assertNotPublished(run);
    }

    /** Whoever typed the request may be one of the approvers under another name, and so may not decide alone. */
    @Test
    void twoMustApproveInProductionWhereTheRequesterIsAClaim() {
        RunDriver run = waiting(true);
        approvals.approve(run.runId(), "Grace", "arn:grace", null);
        approvals.approve(run.runId(), "Somebody", "arn:grace", null);
        assertThat(approvals.answered(run.run())).isFalse();
        assertNotPublished(run);
        approvals.approve(run.runId(), "Hedy", "arn:hedy", null);
        assertThat(run.toEnd().ending()).isEqualTo(Ending.CUT_OVER);
    }

    @Test
    void oneMayApproveInProductionWhereTheRequesterIsAuthenticated() {
        fixture = new RunFixture(MONGO.client(), MONGO.client(), PRODUCTION).filled(5);
        approvals = new Approvals(fixture.context());
        ObjectNode request =
                fixture.request("EXECUTE").put("confirm", fixture.planHash()).put("via", "api");
        RunDriver run = waiting(fixture.admit(new RequestTickets(fixture.context()).issue(request, "arn:ada")));
        assertThatThrownBy(() -> approvals.approve(run.runId(), "Somebody", "ARN:ada", null))
                .isInstanceOf(ApprovalInvalid.class);
        assertNotPublished(run);
        approvals.approve(run.runId(), "Grace", "arn:grace", null);
        assertThat(run.toEnd().ending()).isEqualTo(Ending.CUT_OVER);
    }

    @Test
    void whoResumedItAskedForItToo() {
        RunDriver run = waiting(false);
        approvals.approve(run.runId(), "Grace", null, null);
        run.ended(ExecutionStatus.FAILED);
        fixture.close(run.execution(), fixture.newExecution());
        ObjectNode resume =
                fixture.request("EXECUTE").put("resume", run.runId()).put("from", "MAP");
        resume.remove("plan");
        RunDriver resumed = waiting(fixture.admit(resume.put("requestedBy", "Grace")));
        assertThat(resumed.run().approvals())
                .as("what was approved is another view")
                .isEmpty();
        assertThatThrownBy(() -> approvals.approve(run.runId(), "Grace", null, null))
                .isInstanceOf(ApprovalInvalid.class)
                .hasMessageContaining("ada and grace");
        assertNotPublished(resumed);
    }

    /** Whoever let it go on asked for it, however they call themselves, and whoever resumes it after them. */
    @Test
    void nobodyWhoResumedItApprovesItInProduction() {
        fixture = new RunFixture(MONGO.client(), MONGO.client(), PRODUCTION).filled(5);
        approvals = new Approvals(fixture.context());
        RequestTickets tickets = new RequestTickets(fixture.context());
        ObjectNode request =
                fixture.request("EXECUTE").put("confirm", fixture.planHash()).put("via", "api");
        RunDriver run = waiting(fixture.admit(tickets.issue(request, "arn:ada")));
        for (String resumer : List.of("arn:mallory", "arn:grace")) {
            run.ended(ExecutionStatus.FAILED);
            fixture.close(fixture.run(run.runId()).execution(), fixture.newExecution());
            ObjectNode resume = fixture.request("EXECUTE")
                    .put("resume", run.runId())
                    .put("from", "MAP")
                    .put("via", "api")
                    .put("requestedBy", "somebody");
            resume.remove("plan");
            run = waiting(fixture.admit(tickets.issue(resume, resumer)));
        }
        String id = run.runId();
        for (String person : List.of("arn:ada", "arn:mallory", "arn:grace")) {
            assertThatThrownBy(() -> approvals.approve(id, "another name", person, null))
                    .as(person)
                    .isInstanceOf(ApprovalInvalid.class);
        }
        assertNotPublished(run);
        approvals.approve(id, "Hedy", "arn:hedy", null);
        assertThat(run.toEnd().ending()).isEqualTo(Ending.CUT_OVER);
    }

    @Test
    void aRefusalIsObeyedUntilTheCutOverBegins() {
        RunDriver run = waiting(false);
        approvals.approve(run.runId(), "Grace", null, null);
        run.through("pre-cut-over");
        approvals.refuse(run.runId(), "Hedy", null, "wait");
        List<ContentHash> live = fixture.live();
        assertThatThrownBy(() -> run.step("cut-over")).isInstanceOf(ApprovalInvalid.class);
        assertThat(fixture.live()).isEqualTo(live);
    }

    @Test
    void itIsTooLateToRefuseACutOverThatHasBegun() {
        RunDriver run = waiting(false);
        approvals.approve(run.runId(), "Grace", null, null);
        run.through("pre-cut-over");
        fixture.stops().doAt("cut-over:planned", () -> assertThatThrownBy(
                        () -> approvals.refuse(run.runId(), "Hedy", null, "wait"))
                .isInstanceOf(ApprovalInvalid.class)
                .hasMessageContaining("can no longer be refused"));
        assertThat(run.toEnd().ending()).isEqualTo(Ending.CUT_OVER);
        assertThat(fixture.stops().passed()).contains("cut-over:planned");
    }

    @Test
    void nothingIsApprovedThatDoesNotWait() {
        RunDriver run = waiting(false);
        run.closed(ExecutionStatus.ABORTED);
        assertThatThrownBy(() -> approvals.approve(run.runId(), "Grace", null, null))
                .isInstanceOf(ApprovalInvalid.class)
                .hasMessageContaining("it is CLOSED and ended UNTOUCHED");
        assertThatThrownBy(() -> approvals.refuse(run.runId(), "Grace", null, "no"))
                .isInstanceOf(ApprovalInvalid.class);
        assertThatThrownBy(() -> approvals.approve("none", "Grace", null, null)).isInstanceOf(RunUnknown.class);
        assertThat(fixture.context().audit().latest("none", null, 1))
                .as("records of what is no run")
                .isEmpty();
    }

    private void assertNotPublished(RunDriver run) {
        List<ContentHash> live = fixture.live();
        assertThatThrownBy(() -> run.step("pre-cut-over")).isInstanceOf(ApprovalInvalid.class);
        assertThatThrownBy(() -> run.step("cut-over")).isInstanceOf(VerdictExpired.class);
        assertThat(fixture.live()).isEqualTo(live);
    }
}

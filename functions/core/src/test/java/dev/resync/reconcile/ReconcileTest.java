package dev.resync.reconcile;

import static java.time.temporal.ChronoUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.resync.approval.Approvals;
import dev.resync.fixture.EmbeddedMongo;
import dev.resync.fixture.FakeExecutions.Started;
import dev.resync.fixture.RunDriver;
import dev.resync.fixture.RunFixture;
import dev.resync.notification.Notification;
import dev.resync.notification.NotificationKind;
import dev.resync.pace.PaceControl;
import dev.resync.run.AuditTrail.Asked;
import dev.resync.run.ExecutionStatus;
import dev.resync.store.ControlJson;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.bson.BsonDocument;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ReconcileTest {

    @RegisterExtension
    static final EmbeddedMongo MONGO = new EmbeddedMongo();

    private RunFixture fixture;

    @BeforeEach
    void fill() {
        fixture = new RunFixture(MONGO.client()).filled(10);
    }

    @Test
    void leavesAWorkingRunAlone() {
        fixture.admit(fixture.request("DRY_RUN")).through("seal-snapshot");
        assertThat(reconcile("closing")).isEmpty();
        assertThat(fixture.executions().started()).isEmpty();
    }

    @Test
    void givesARunWhoseExecutionIsGoneToARestore() {
        RunDriver run = fixture.admit(fixture.request("DRY_RUN"))
                .through("seal-snapshot")
                .ended(ExecutionStatus.TIMED_OUT);
        assertThat(reconcile("closing")).containsExactly(run.runId());
        assertThat(fixture.executions().started()).extracting(Started::runId).containsExactly(run.runId());
    }

    /** An execution's name is taken for 90 days, so a restore that died needs another name to be started again. */
    @Test
    void triesAgainUnderAnotherNameWhereARestoreDiedBeforeItDidAnything() {
        fixture.admit(fixture.request("DRY_RUN")).through("seal-snapshot").ended(ExecutionStatus.ABORTED);
        reconcile("closing");
        fixture.clock().pass(Duration.ofHours(3));
        reconcile("closing");
        assertThat(fixture.executions().started()).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void retriesACloseThatDiedHalfWay() {
        RunDriver run = fixture.admit(fixture.request("DRY_RUN"))
                .through("seal-snapshot")
                .ended(ExecutionStatus.ABORTED);
        fixture.stops().dieAt("close:fenced");
        catchThrowable(() -> fixture.close(run.execution(), fixture.newExecution()));
        assertThat(reconcile("closing")).containsExactly(run.runId());
    }

    @Test
    void dropsStraysOfClosedRunsAndNothingElse() {
        RunDriver working = fixture.admit(fixture.request("DRY_RUN")).through("seal-snapshot");
        String stray = "resync.resync." + working.run().shortId() + ".1.shadow.0.open0";
        working.closed(ExecutionStatus.ABORTED);
        fixture.byName(stray).insertOne(new BsonDocument());
        fixture.insert("resyncing", "{_id: 1}");
        fixture.call("reconcile", NullNode.getInstance());
        assertThat(fixture.byName(stray).countDocuments()).isZero();
        assertThat(fixture.collection("resyncing").countDocuments()).isEqualTo(1);
    }

    @Test
    void keepsTheSnapshotsOfClosedRuns() {
        RunDriver run = fixture.execute();
        run.toEnd();
        fixture.call("reconcile", NullNode.getInstance());
        assertThat(fixture.context()
                        .snapshots()
                        .requireProven(run.run().snapshot())
                        .targets())
                .hasSize(2);
    }

    @Test
    void freesLocksThatAClosedRunStillHolds() {
        RunDriver run = fixture.admit(fixture.request("DRY_RUN")).through("seal-snapshot");
        run.ended(ExecutionStatus.ABORTED);
        fixture.stops().dieAt("close:after-ending");
        catchThrowable(() -> fixture.close(run.execution(), fixture.newExecution()));
        assertThat(fixture.context().locks().heldBy(run.runId())).isNotEmpty();
        fixture.call("reconcile", NullNode.getInstance());
        assertThat(fixture.context().locks().heldBy(run.runId())).isEmpty();
    }

    private List<Notification> stuck() {
        return fixture.notifications().stream()
                .filter(told -> told.kind() == NotificationKind.STUCK)
                .toList();
    }

    @Test
    void tellsOnceOfARunThatNoStageTouchesThoughItsExecutionGoesOn() {
        RunDriver run = fixture.admit(fixture.request("DRY_RUN")).through("seal-snapshot");
        Instant since = fixture.clock().instant();
        reconcile("closing");
        fixture.clock().pass(Standstills.LONGEST.minusSeconds(1));
        reconcile("closing");
        assertThat(stuck()).as("a call may take that long").isEmpty();
        fixture.clock().pass(Duration.ofSeconds(1));
        for (int i = 0; i < 3; i++) {
            reconcile("closing");
            fixture.clock().pass(Standstills.LONGEST);
        }
        assertThat(stuck()).singleElement().satisfies(told -> {
            assertThat(told.runId()).isEqualTo(run.runId());
            assertThat(told.summary()).contains("no stage has done anything since " + since.truncatedTo(SECONDS));
        });
    }

    @Test
    void tellsAgainWhereARunGotOnAndStandsStillAnew() {
        RunDriver run = fixture.admit(fixture.request("DRY_RUN")).through("seal-snapshot");
        for (int i = 0; i < 2; i++) {
            fixture.context().runs().enter(run.runId(), run.epoch());
            reconcile("closing");
            fixture.clock().pass(Standstills.LONGEST);
            reconcile("closing");
            assertThat(stuck()).hasSize(i + 1);
        }
    }

    @Test
    void whatWaitsForPeopleIsNotStuck() {
        RunDriver held = fixture.admit(fixture.request("DRY_RUN")).through("seal-snapshot");
        new PaceControl(
                        fixture.context().runs(),
                        fixture.context().audit(),
                        fixture.clock(),
                        fixture.context().environment().name())
                .hold(held.runId(), new Asked("Ada", null, "console", null, null, "the database is busy"));
        reconcile("closing");
        fixture.clock().pass(Standstills.LONGEST);
        reconcile("closing");
        assertThat(stuck()).isEmpty();
    }

    @Test
    void whoMayApproveMayTakeTheirTimeAndAnAnswerThatIsNotHeardIsStuck() {
        fixture = new RunFixture(MONGO.client(), MONGO.client(), true).filled(5);
        RunDriver run = fixture.execute().through("verify");
        fixture.call("request-approval", run.event().put("taskToken", "token"));
        reconcile("closing");
        fixture.clock().pass(Standstills.LONGEST);
        reconcile("closing");
        assertThat(stuck()).isEmpty();
        new Approvals(fixture.context()).approve(run.runId(), "Grace", null, null);
        reconcile("closing");
        fixture.clock().pass(Standstills.LONGEST);
        reconcile("closing");
        assertThat(stuck()).hasSize(1);
    }

    @Test
    void forgetsStandstillsOfRunsThatEnded() {
        RunDriver run = fixture.admit(fixture.request("DRY_RUN")).through("seal-snapshot");
        reconcile("closing");
        assertThat(fixture.control("standstills").countDocuments()).isEqualTo(1);
        run.closed(ExecutionStatus.ABORTED);
        reconcile("closing");
        assertThat(fixture.control("standstills").countDocuments()).isZero();
    }

    private List<String> reconcile(String field) {
        return ControlJson.mapper()
                .convertValue(
                        fixture.call("reconcile", ControlJson.mapper().createObjectNode())
                                .get(field),
                        new TypeReference<List<String>>() {});
    }
}

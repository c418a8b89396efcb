package dev.resync.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.resync.fixture.EmbeddedMongo;
import dev.resync.fixture.FakeExecutions.Started;
import dev.resync.fixture.RunDriver;
import dev.resync.fixture.RunFixture;
import dev.resync.run.ExecutionStatus;
import dev.resync.store.ControlJson;
import java.time.Duration;
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

    private List<String> reconcile(String field) {
        return ControlJson.mapper()
                .convertValue(
                        fixture.call("reconcile", ControlJson.mapper().createObjectNode())
                                .get(field),
                        new TypeReference<List<String>>() {});
    }
}

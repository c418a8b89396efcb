package dev.resync.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mongodb.MongoNamespace;
import dev.resync.engine.ExecutionStatus;
import dev.resync.engine.TransitionListener.Direction;
import dev.resync.hash.ContentHash;
import dev.resync.run.Ending;
import dev.resync.run.Run;
import dev.resync.store.ControlJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Targets that the first run creates are missing again after the way back, on the deployed state machines. */
class FirstRunTest {

    private Rehearsal rehearsal;

    @BeforeEach
    void seed(@TempDir Path plans) throws IOException {
        String file = "revalidation.json";
        ObjectNode plan = (ObjectNode)
                ControlJson.mapper().readTree(Rehearsal.PLANS.resolve(file).toFile());
        plan.path("targets").forEach(target -> ((ObjectNode) target).put("allowCreate", true));
        Files.writeString(plans.resolve(file), plan.toString());
        rehearsal = new Rehearsal(1_000, false, plans);
    }

    @AfterEach
    void tearDown() {
        rehearsal.close();
    }

    @Test
    void restoreTakesAwayTheOneTargetThatWasMissing() {
        drop(Rehearsal.RECOMMENDATION);
        ContentHash oldMaster = rehearsal.hash(Rehearsal.MASTER);
        Run run = rehearsal.finished(rehearsal.execute());
        assertThat(run.ending()).isEqualTo(Ending.CUT_OVER);
        Map<String, ContentHash> published = rehearsal.live();

        Run restored = restore(run.snapshot());
        assertThat(rehearsal.existing()).containsExactly("masterDoctorView");
        assertThat(rehearsal.hash(Rehearsal.MASTER)).isEqualTo(oldMaster);
        JsonNode account = restored.receipt().at("/targets/recommendationView");
        assertThat(account.path("before").asLong())
                .isEqualTo(account.path("removed").asLong())
                .isEqualTo(published.get("recommendationView").documents())
                .isPositive();
        assertThat(account.path("after").asLong()).isZero();

        restore(restored.snapshot());
        assertThat(rehearsal.live()).isEqualTo(published);
    }

    @Test
    void restoreTakesAwayAllTargetsWhereNoneExisted() {
        Rehearsal.LIVE.forEach(this::drop);
        Run run = rehearsal.finished(rehearsal.execute());
        assertThat(rehearsal.existing()).hasSize(2);

        Run restored = restore(run.snapshot());
        assertThat(rehearsal.existing()).isEmpty();
        restore(run.snapshot());
        assertThat(rehearsal.existing()).isEmpty();

        assertThat(displaced()).hasSize(4);
        rehearsal.pass(Duration.ofHours(1));
        rehearsal.platform.stages().call("reconcile", null);
        assertThat(displaced()).isEmpty();
        restore(restored.snapshot());
        assertThat(rehearsal.existing()).hasSize(2);
    }

    @Test
    void runStoppedAfterItsCutOverTakesAwayWhatItCreated() {
        drop(Rehearsal.RECOMMENDATION);
        ContentHash oldMaster = rehearsal.hash(Rehearsal.MASTER);
        AtomicBoolean stopped = new AtomicBoolean();
        String confirm = rehearsal.confirmation();
        rehearsal.transitions.set(transition -> {
            if (transition.direction() == Direction.ENTERED
                    && transition.state().equals("Finish")
                    && transition.stateMachineArn().startsWith(rehearsal.platform.resyncMachine())
                    && stopped.compareAndSet(false, true)) {
                rehearsal.platform.engine().listExecutions(rehearsal.platform.resyncMachine()).stream()
                        .filter(execution -> execution.status() == ExecutionStatus.RUNNING)
                        .forEach(execution -> rehearsal
                                .platform
                                .engine()
                                .stopExecution(execution.executionArn(), "Stopped", "rehearsal"));
            }
        });
        String execution = rehearsal.platform.startResync(
                null, rehearsal.request("EXECUTE").put("confirm", confirm));
        assertThat(rehearsal.settled(execution).status()).isEqualTo(ExecutionStatus.ABORTED);
        assertThat(rehearsal.finished(execution).ending()).isEqualTo(Ending.RESTORED);
        assertThat(rehearsal.existing()).containsExactly("masterDoctorView");
        assertThat(rehearsal.hash(Rehearsal.MASTER)).isEqualTo(oldMaster);
    }

    private Run restore(String snapshot) {
        Run restored = rehearsal.finished(rehearsal.platform.startRestore(null, rehearsal.restoreRequest(snapshot)));
        assertThat(restored.ending()).isEqualTo(Ending.RESTORED);
        return restored;
    }

    private void drop(MongoNamespace live) {
        rehearsal
                .client
                .getDatabase(live.getDatabaseName())
                .getCollection(live.getCollectionName())
                .drop();
    }

    private List<String> displaced() {
        return rehearsal.everything().keySet().stream()
                .filter(name -> name.endsWith(".displaced"))
                .toList();
    }
}

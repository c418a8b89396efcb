package dev.resync.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.engine.ExecutionStatus;
import dev.resync.hash.ContentHash;
import dev.resync.run.Ending;
import dev.resync.run.Run;
import dev.resync.run.RunState;
import dev.resync.store.ControlJson;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls and events that come twice, late or not at all; executions that fail and go on. */
class ReplayTest {

    private Rehearsal rehearsal;
    private Map<String, ContentHash> old;

    @BeforeEach
    void seed() {
        rehearsal = new Rehearsal(600);
        old = rehearsal.live();
    }

    @AfterEach
    void tearDown() {
        rehearsal.close();
    }

    @Test
    void everyFunctionCalledTwiceInTurnGivesTheSameRun() {
        rehearsal.calls.set((function, payload, call) -> {
            call.get();
            return call.get();
        });
        Run run = rehearsal.finished(rehearsal.execute());
        assertThat(run.ending()).as("%s", run.error()).isEqualTo(Ending.CUT_OVER);
        assertThat(rehearsal.live().values())
                .containsExactlyInAnyOrderElementsOf(run.verdict().shadows().values());
    }

    @Test
    void everyFunctionCalledTwiceAtOnceGivesTheSameRun() {
        rehearsal.calls.set((function, payload, call) -> {
            CompletableFuture<JsonNode> other = CompletableFuture.supplyAsync(call);
            try {
                return call.get();
            } finally {
                // Its answer does not matter; that it may be refused does not either.
                other.handle((answer, error) -> answer).join();
            }
        });
        Run run = rehearsal.finished(rehearsal.execute());
        assertThat(run.ending()).as("%s", run.error()).isEqualTo(Ending.CUT_OVER);
        assertThat(rehearsal.live().values())
                .containsExactlyInAnyOrderElementsOf(run.verdict().shadows().values());
    }

    @Test
    void eventDeliveredTwiceClosesOnce() {
        AtomicBoolean stopped = new AtomicBoolean();
        rehearsal.checkpoints.set(point -> {
            if (point.equals("cut-over:after-rename:masterDoctorView") && stopped.compareAndSet(false, true)) {
                rehearsal.platform.engine().listExecutions(rehearsal.platform.resyncMachine()).stream()
                        .filter(execution -> execution.status() == ExecutionStatus.RUNNING)
                        .forEach(execution -> {
                            rehearsal.platform.engine().stopExecution(execution.executionArn(), "Stopped", "rehearsal");
                            rehearsal.platform.startRestore("doubled-event", event(execution.executionArn()));
                        });
            }
        });
        Run run = rehearsal.finished(rehearsal.execute());
        assertThat(run.ending()).as("%s", run.error()).isEqualTo(Ending.RESTORED);
        assertThat(rehearsal.live()).isEqualTo(old);
        String receipt = run.receipt().toString();

        rehearsal.settled(rehearsal.platform.startRestore("late-event", event(run.startedBy())));
        assertThat(rehearsal.run(run.startedBy()).receipt().toString()).isEqualTo(receipt);
        assertThat(rehearsal.live()).isEqualTo(old);
    }

    @Test
    void eventWithoutARunEndsQuietly() {
        String restore = rehearsal.platform.startRestore(null, event("arn:aws:states:local:0:execution:resync:none"));
        assertThat(rehearsal.settled(restore).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    }

    @Test
    void lostEventIsFoundByTheReconciler() {
        rehearsal.calls.set((function, payload, call) -> {
            if (function.equals("close-run")) {
                throw new IllegalStateException("the event never comes through");
            }
            return call.get();
        });
        rehearsal.checkpoints.set(point -> {
            if (point.equals("cut-over:after-rename:masterDoctorView")) {
                throw new IllegalStateException("broken for good");
            }
        });
        String execution = rehearsal.execute();
        rehearsal.settled(execution);
        assertThat(rehearsal.run(execution).state()).isEqualTo(RunState.OPEN);
        rehearsal.calm();
        rehearsal.platform.stages().call("reconcile", ControlJson.mapper().createObjectNode());
        assertThat(rehearsal.finished(execution).ending()).isEqualTo(Ending.RESTORED);
        assertThat(rehearsal.live()).isEqualTo(old);
    }

    @Test
    void failedExecutionIsSuspendedAndARedriveGoesOn() {
        String confirm = rehearsal.confirmation();
        AtomicBoolean broken = new AtomicBoolean(true);
        rehearsal.calls.set((function, payload, call) -> {
            if (function.equals("map-chunk") && broken.get()) {
                throw new IllegalStateException("broken for a while");
            }
            if (function.equals("close-run") && broken.get()) {
                JsonNode answer = call.get();
                assertThat(answer.path("outcome").asText()).isEqualTo("WAIT");
                broken.set(false);
                rehearsal
                        .platform
                        .engine()
                        .redriveExecution(payload.path("execution").asText());
                return answer;
            }
            return call.get();
        });
        String execution = rehearsal.platform.startResync(
                null, rehearsal.request("EXECUTE").put("confirm", confirm));
        rehearsal.settled(execution);
        assertThat(rehearsal.settled(execution).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(rehearsal.finished(execution).ending()).isEqualTo(Ending.CUT_OVER);
    }

    @Test
    void suspendedRunGoesOnFromMapInANewExecutionWithoutReadingSourcesAgain() {
        AtomicBoolean broken = new AtomicBoolean(true);
        Set<String> afterResume = new ConcurrentSkipListSet<>();
        String confirm = rehearsal.confirmation();
        rehearsal.calls.set((function, payload, call) -> {
            if (!broken.get()) {
                afterResume.add(function);
            }
            if (function.equals("verify") && broken.get()) {
                throw new IllegalStateException("broken for a while");
            }
            if (function.equals("close-run") && broken.get()) {
                JsonNode answer = call.get();
                broken.set(false);
                rehearsal.platform.startResync(
                        "resumed",
                        ControlJson.mapper()
                                .createObjectNode()
                                .put("environment", "local")
                                .put("resume", answer.path("runId").asText())
                                .put("from", "MAP")
                                .put("requestedBy", "Ada Example")
                                .put("reason", "mended"));
                return answer;
            }
            return call.get();
        });
        String execution = rehearsal.platform.startResync(
                null, rehearsal.request("EXECUTE").put("confirm", confirm));
        rehearsal.settled(execution);
        String resumed = rehearsal.platform.resyncMachine().replace(":stateMachine:", ":execution:") + ":resumed";
        rehearsal.settled(resumed);
        Run run = rehearsal.finished(execution);
        assertThat(run.ending()).as("%s", run.error()).isEqualTo(Ending.CUT_OVER);
        assertThat(run.epoch()).isEqualTo(3);
        assertThat(afterResume).contains("map-chunk", "cut-over").doesNotContain("sync-chunk", "snapshot-chunk");
    }

    private static JsonNode event(String execution) {
        var event = ControlJson.mapper().createObjectNode();
        event.putObject("detail").put("executionArn", execution).put("status", "ABORTED");
        return event;
    }
}

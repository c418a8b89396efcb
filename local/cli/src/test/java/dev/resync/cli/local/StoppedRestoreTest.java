package dev.resync.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.resync.engine.ExecutionStatus;
import dev.resync.engine.TransitionListener.Direction;
import dev.resync.hash.ContentHash;
import dev.resync.run.Ending;
import dev.resync.run.Run;
import dev.resync.run.RunState;
import dev.resync.store.ControlJson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A restore that is itself stopped, in every state, comes to its end through the reconciler. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StoppedRestoreTest {

    private Rehearsal rehearsal;
    private Map<String, ContentHash> old;
    private Map<String, ContentHash> published;
    private Run run;

    @BeforeAll
    void seed() {
        rehearsal = new Rehearsal(600);
        old = rehearsal.live();
        run = rehearsal.finished(rehearsal.execute());
        published = rehearsal.live();
    }

    @AfterAll
    void tearDown() {
        rehearsal.close();
    }

    @BeforeEach
    void newViewIsLive() {
        rehearsal.calm();
        if (!rehearsal.live().equals(published)) {
            run = rehearsal.finished(rehearsal.execute());
            assertThat(run.ending()).isEqualTo(Ending.CUT_OVER);
        }
        assertThat(rehearsal.live()).isEqualTo(published);
    }

    static List<String> statesOfARequest() throws IOException {
        List<String> states = restoreStates();
        states.removeAll(List.of(
                "Close", "Outcome", "WaitToClose", "NeedsOperator", "Closed", "Previewed", "AlreadyStarted", "Route"));
        // Stopped there, it never becomes a run.
        states.remove("Admit");
        return states;
    }

    static List<String> statesOfARollBack() throws IOException {
        List<String> states = restoreStates();
        states.removeAll(
                List.of("Admit", "Admitted", "Previewed", "AlreadyStarted", "WaitToClose", "NeedsOperator", "Closed"));
        return states;
    }

    @ParameterizedTest
    @MethodSource("statesOfARequest")
    void requestedRestore(String state) {
        stopOnceIn(state);
        String restore = rehearsal.platform.startRestore(null, rehearsal.restoreRequest(run.snapshot()));
        assertThat(rehearsal.settled(restore).status()).isEqualTo(ExecutionStatus.ABORTED);
        reconcile();
        Run ended = rehearsal.finished(restore);
        assertThat(ended.state()).isEqualTo(RunState.CLOSED);
        assertThat(rehearsal.live()).isEqualTo(ended.ending() == Ending.UNTOUCHED ? published : old);
        boolean after = List.of("CutOverDone", "Finish").contains(state);
        assertThat(ended.ending()).isEqualTo(after ? Ending.RESTORED : Ending.UNTOUCHED);
    }

    @ParameterizedTest
    @MethodSource("statesOfARollBack")
    void rollBackOfAStoppedRun(String state) {
        // The live view before this run is the published one, so that is what must come back.
        AtomicBoolean stopped = stopOnceIn(state);
        AtomicBoolean broken = new AtomicBoolean();
        rehearsal.checkpoints.set(point -> {
            if (point.equals("cut-over:after-rename:masterDoctorView") && broken.compareAndSet(false, true)) {
                throw new IllegalStateException("broken for good");
            }
        });
        String execution = rehearsal.execute();
        rehearsal.settled(execution);
        assertThat(stopped).isTrue();
        rehearsal.calm();
        reconcile();
        Run ended = rehearsal.finished(execution);
        assertThat(ended.ending()).isEqualTo(Ending.RESTORED);
        assertThat(rehearsal.live()).isEqualTo(published);
        assertThat(rehearsal.platform.context().locks().heldBy(ended.id())).isEmpty();
    }

    private AtomicBoolean stopOnceIn(String state) {
        AtomicBoolean stopped = new AtomicBoolean();
        rehearsal.transitions.set(transition -> {
            if (transition.direction() == Direction.ENTERED
                    && transition.state().equals(state)
                    && transition.stateMachineArn().startsWith(rehearsal.platform.restoreMachine())
                    && stopped.compareAndSet(false, true)) {
                rehearsal.platform.engine().listExecutions(rehearsal.platform.restoreMachine()).stream()
                        .filter(execution -> execution.status() == ExecutionStatus.RUNNING)
                        .forEach(execution -> rehearsal
                                .platform
                                .engine()
                                .stopExecution(execution.executionArn(), "Stopped", "rehearsal"));
            }
        });
        return stopped;
    }

    private void reconcile() {
        rehearsal.platform.stages().call("reconcile", ControlJson.mapper().createObjectNode());
    }

    private static List<String> restoreStates() throws IOException {
        JsonNode machine = new ObjectMapper()
                .readTree(
                        Path.of("..", "..", "statemachine", "restore.asl.json").toFile());
        List<String> states = new ArrayList<>();
        machine.path("States").properties().forEach(state -> {
            states.add(state.getKey());
            state.getValue().at("/ItemProcessor/States").fieldNames().forEachRemaining(states::add);
        });
        // Nothing is changed in place.
        states.removeAll(List.of("ApplyChunks", "ApplyChunk"));
        return states;
    }
}

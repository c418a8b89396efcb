package dev.resync.cli.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.resync.engine.ExecutionStatus;
import dev.resync.engine.TransitionListener.Direction;
import dev.resync.error.ResyncException;
import dev.resync.hash.ContentHash;
import dev.resync.run.Ending;
import dev.resync.run.Run;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A stop at any point ends with live as it was, and what is still in flight changes nothing afterwards. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StopAnywhereTest {

    private static final Duration BOUND = Duration.ofMinutes(1);

    private Rehearsal rehearsal;
    private Map<String, ContentHash> old;
    /** Every decisive point that a whole run passes. */
    private Set<String> points;

    @BeforeAll
    void seed() {
        rehearsal = new Rehearsal(600);
        old = rehearsal.live();
        points = new ConcurrentSkipListSet<>();
        rehearsal.checkpoints.set(points::add);
        Run whole = rehearsal.finished(rehearsal.execute());
        assertThat(whole.ending()).isEqualTo(Ending.CUT_OVER);
        rehearsal.calm();
        bringBack(whole);
    }

    @AfterAll
    void tearDown() {
        rehearsal.close();
    }

    @BeforeEach
    void liveIsOld() {
        rehearsal.calm();
        assertThat(rehearsal.live()).isEqualTo(old);
    }

    static List<String> states() throws IOException {
        JsonNode machine = new ObjectMapper()
                .readTree(Path.of("..", "..", "statemachine", "resync.asl.json").toFile());
        List<String> states = new ArrayList<>();
        machine.path("States").properties().forEach(state -> {
            states.add(state.getKey());
            state.getValue().at("/ItemProcessor/States").fieldNames().forEachRemaining(states::add);
        });
        // Not entered by a first request for a plan that writes nothing in place and whose sources do not say when they
        // were changed, where nobody
        // approves.
        states.removeAll(
                List.of("Previewed", "AlreadyStarted", "RequestApproval", "VerifyAgain", "ApplyChunks", "ApplyChunk"));
        return states;
    }

    @ParameterizedTest
    @MethodSource("states")
    void stopOnEnteringAState(String state) {
        AtomicBoolean stopped = new AtomicBoolean();
        rehearsal.transitions.set(transition -> {
            if (transition.direction() == Direction.ENTERED
                    && transition.state().equals(state)
                    && transition.stateMachineArn().startsWith(rehearsal.platform.resyncMachine())
                    && stopped.compareAndSet(false, true)) {
                rehearsal.stop();
            }
        });
        List<Call> calls = recordCalls();
        String execution = rehearsal.execute();
        assertThat(rehearsal.settled(execution).status()).isEqualTo(ExecutionStatus.ABORTED);
        assertThat(stopped).isTrue();
        if (state.equals("Admit")) {
            // Stopped before admission: there never was a run.
            assertThat(rehearsal.platform.context().runs().findByExecution(execution))
                    .isEmpty();
            assertThat(rehearsal.live()).isEqualTo(old);
        } else {
            assertEndedWithLiveAsItWas(execution);
        }
        assertLateCallsChangeNothing(calls);
    }

    /** The function in flight stands still at the point, the run is stopped and closed, then the function goes on. */
    @Test
    void stopAtEveryDecisivePointWithTheFunctionGoingOnAfterwards() {
        Set<String> ownPoints = new TreeSet<>(points);
        // Points of the closing itself belong to a run that has come to its end by itself.
        ownPoints.removeIf(point -> point.startsWith("close:"));
        // No run is on record yet that the stop could close.
        assertThat(ownPoints.remove("admit:drafted")).isTrue();
        assertThat(ownPoints.remove("admit:keyed")).isTrue();
        assertThat(ownPoints).contains("cut-over:before-rename:masterDoctorView", "seal:after-rename:shadow-0");
        for (String point : ownPoints) {
            rehearsal.calm();
            AtomicBoolean stopped = new AtomicBoolean();
            int before = restores().size();
            rehearsal.checkpoints.set(reached -> {
                if (reached.equals(point) && stopped.compareAndSet(false, true)) {
                    rehearsal.stop();
                    await().atMost(BOUND)
                            .until(() ->
                                    restores().size() > before && !restores().contains(ExecutionStatus.RUNNING));
                }
            });
            String execution = rehearsal.execute();
            rehearsal.settled(execution);
            assertThat(stopped).as(point).isTrue();
            Run run = rehearsal.finished(execution);
            assertThat(run.ending()).as(point).isIn(Ending.UNTOUCHED, Ending.RESTORED);
            assertThat(rehearsal.live()).as(point).isEqualTo(old);
        }
    }

    /** The event of the stop finds no run, and the admission in flight records one all the same. */
    @Test
    void stopBeforeTheRunIsOnRecordIsMadeUpForByReconcile() {
        AtomicBoolean stopped = new AtomicBoolean();
        int before = restores().size();
        rehearsal.checkpoints.set(reached -> {
            if (reached.equals("admit:drafted") && stopped.compareAndSet(false, true)) {
                rehearsal.stop();
                await().atMost(BOUND)
                        .until(() -> restores().size() > before && !restores().contains(ExecutionStatus.RUNNING));
            }
        });
        String execution = rehearsal.execute();
        rehearsal.settled(execution);
        rehearsal.calm();
        assertThat(rehearsal.platform.context().runs().findByExecution(execution))
                .get()
                .extracting(Run::ending)
                .isNull();
        rehearsal.platform.stages().call("reconcile", NullNode.getInstance());
        assertEndedWithLiveAsItWas(execution);
    }

    private void assertEndedWithLiveAsItWas(String execution) {
        Run run = rehearsal.finished(execution);
        assertThat(run.ending()).isIn(Ending.UNTOUCHED, Ending.RESTORED);
        assertThat(rehearsal.live()).isEqualTo(old);
        assertThat(rehearsal.platform.context().locks().heldBy(run.id())).isEmpty();
    }

    /** Invokes everything that was invoked, once more, now that the run is closed. */
    private void assertLateCallsChangeNothing(List<Call> calls) {
        rehearsal.calm();
        Map<String, ContentHash> before = withoutAudit();
        for (Call call : calls) {
            try {
                rehearsal.platform.stages().call(call.function(), call.payload());
            } catch (ResyncException refused) {
                assertThat(refused.errorName()).startsWith("dev.resync.error.");
            }
        }
        assertThat(withoutAudit()).isEqualTo(before);
    }

    private Map<String, ContentHash> withoutAudit() {
        Map<String, ContentHash> everything = rehearsal.everything();
        everything.remove("resync.audit");
        return everything;
    }

    private List<Call> recordCalls() {
        List<Call> calls = Collections.synchronizedList(new ArrayList<>());
        rehearsal.calls.set((function, payload, call) -> {
            calls.add(new Call(function, payload));
            return call.get();
        });
        return calls;
    }

    private List<ExecutionStatus> restores() {
        return rehearsal.platform.engine().listExecutions(rehearsal.platform.restoreMachine()).stream()
                .map(execution -> execution.status())
                .toList();
    }

    private void bringBack(Run run) {
        Run restored =
                rehearsal.finished(rehearsal.platform.startRestore(null, rehearsal.restoreRequest(run.snapshot())));
        assertThat(restored.ending()).isEqualTo(Ending.RESTORED);
    }

    private record Call(String function, JsonNode payload) {}
}

package dev.resync.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resync.engine.FunctionError;
import dev.resync.engine.TransitionListener.Direction;
import dev.resync.error.RequestInvalid;
import dev.resync.estimate.ExecutionShape;
import dev.resync.run.Ending;
import dev.resync.run.Run;
import dev.resync.run.RunState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the estimate says of an execution is what the deployed state machines do: states, calls and events are counted. */
class TransitionCountTest {

    private static final int DOCTORS = 1_000;

    private final AtomicInteger entered = new AtomicInteger();
    private final AtomicInteger called = new AtomicInteger();
    private final AtomicInteger chunks = new AtomicInteger();
    private final Set<String> children = ConcurrentHashMap.newKeySet();

    @Test
    void aRunEntersAsManyStatesAndCallsAsManyFunctionsAsEstimated() {
        try (Rehearsal rehearsal = new Rehearsal(DOCTORS)) {
            for (int chunkDocuments : new int[] {150, 400, 2_000}) {
                counted(rehearsal, rehearsal.request("DRY_RUN").put("chunkDocuments", chunkDocuments), true);
                counted(
                        rehearsal,
                        rehearsal
                                .request("EXECUTE")
                                .put("chunkDocuments", chunkDocuments)
                                .put("confirm", rehearsal.confirmation()),
                        false);
            }
        }
    }

    @Test
    void aRunThatWritesInPlaceIsWhatItIsEstimatedToBe(@TempDir Path folder) throws IOException {
        try (Rehearsal rehearsal = new Rehearsal(DOCTORS, false, Rehearsal.inPlace(folder))) {
            counted(rehearsal, rehearsal.request("EXECUTE").put("confirm", rehearsal.confirmation()), false, true);
        }
    }

    private void counted(Rehearsal rehearsal, ObjectNode request, boolean dryRun) {
        counted(rehearsal, request, dryRun, false);
    }

    private void counted(Rehearsal rehearsal, ObjectNode request, boolean dryRun, boolean inPlace) {
        entered.set(0);
        called.set(0);
        chunks.set(0);
        children.clear();
        rehearsal.transitions.set(transition -> {
            if (transition.direction() == Direction.ENTERED) {
                entered.incrementAndGet();
                children.add(transition.executionArn());
            }
        });
        rehearsal.calls.set((function, payload, call) -> {
            called.incrementAndGet();
            if (function.endsWith("-chunk")) {
                chunks.incrementAndGet();
            }
            return call.get();
        });
        String execution = rehearsal.platform.startResync(null, request);
        Run run = rehearsal.finished(execution);
        assertThat(run.ending()).isEqualTo(dryRun ? Ending.UNTOUCHED : Ending.CUT_OVER);

        ExecutionShape shape = ExecutionShape.of(dryRun, inPlace, chunks.get());
        String what = request.path("mode").asText() + " in chunks of " + request.path("chunkDocuments");
        assertThat(chunks.get()).as(what).isGreaterThan(5);
        assertThat(shape.transitions()).as(what).isEqualTo(entered.get());
        assertThat(shape.calls()).as(what).isEqualTo(called.get());
        assertThat(shape.executions()).as(what).isEqualTo(children.size());
        assertThat(shape.historyEvents())
                .as(what)
                .isEqualTo(rehearsal
                        .platform
                        .engine()
                        .getExecutionHistory(execution)
                        .size());
        children.stream().filter(child -> !child.equals(execution)).forEach(child -> assertThat(
                        shape.childHistoryEvents())
                .as(child)
                .isEqualTo(
                        rehearsal.platform.engine().getExecutionHistory(child).size()));
    }

    @Test
    void anExecutionThatWaitsForAResumeHasAtMostAsManyEventsAsEstimated() {
        int minutes = 20;
        try (Rehearsal rehearsal = new Rehearsal(DOCTORS)) {
            rehearsal.calls.set((function, payload, call) -> {
                if (function.equals("verify")) {
                    throw new FunctionError(RequestInvalid.class.getName(), "not today");
                }
                return call.get();
            });
            String execution = rehearsal.platform.startResync(
                    null, rehearsal.request("DRY_RUN").put("resumeMinutes", minutes));
            Run run = rehearsal.finished(execution);
            assertThat(run.state()).isEqualTo(RunState.CLOSED);
            String closing = rehearsal
                    .platform
                    .engine()
                    .listExecutions(rehearsal.platform.restoreMachine())
                    .get(0)
                    .executionArn();
            int events =
                    rehearsal.platform.engine().getExecutionHistory(closing).size();
            long estimated = ExecutionShape.closingHistoryEvents(minutes);
            int ofALook = 9;
            assertThat((long) events).isBetween(estimated - 3 * ofALook, estimated);
        }
    }
}

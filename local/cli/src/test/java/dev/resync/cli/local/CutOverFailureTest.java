package dev.resync.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resync.engine.ExecutionStatus;
import dev.resync.error.DatabaseUnavailable;
import dev.resync.hash.ContentHash;
import dev.resync.run.Ending;
import dev.resync.run.Run;
import dev.resync.run.RunState;
import dev.resync.store.ControlJson;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Failure before and after each rename of a cut-over with two targets. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CutOverFailureTest {

    private Rehearsal rehearsal;
    private Map<String, ContentHash> old;

    @BeforeAll
    void seed() {
        rehearsal = new Rehearsal(600);
        old = rehearsal.live();
    }

    @AfterAll
    void tearDown() {
        rehearsal.close();
    }

    static List<String> renames() {
        return List.of(
                "cut-over:planned",
                "cut-over:before-rename:masterDoctorView",
                "cut-over:after-rename:masterDoctorView",
                "cut-over:before-rename:recommendationView",
                "cut-over:after-rename:recommendationView",
                "cut-over:complete");
    }

    @ParameterizedTest
    @MethodSource("renames")
    void failureThatPassesIsRetriedToTheNewView(String point) {
        AtomicInteger failures = new AtomicInteger();
        rehearsal.checkpoints.set(reached -> {
            if (reached.equals(point) && failures.getAndIncrement() == 0) {
                throw new DatabaseUnavailable("connection lost", null);
            }
        });
        Run run = finishedRun();
        assertThat(failures.get()).isGreaterThanOrEqualTo(1);
        assertThat(run.ending()).isEqualTo(Ending.CUT_OVER);
        assertThat(rehearsal.live().values())
                .containsExactlyInAnyOrderElementsOf(run.verdict().shadows().values());
        bringBack(run);
    }

    @ParameterizedTest
    @MethodSource("renames")
    void failureThatStaysEndsWithOneViewWhole(String point) {
        failUnretried(point, 1);
        String execution = rehearsal.execute();
        assertThat(rehearsal.settled(execution).status()).isEqualTo(ExecutionStatus.FAILED);
        rehearsal.calm();
        Run run = rehearsal.finished(execution);
        switch (run.ending()) {
            case UNTOUCHED, RESTORED -> assertThat(rehearsal.live()).isEqualTo(old);
            case CUT_OVER -> {
                assertThat(rehearsal.live().values())
                        .containsExactlyInAnyOrderElementsOf(
                                run.verdict().shadows().values());
                bringBack(run);
            }
        }
        assertThat(run.ending()).isEqualTo(expectedEnding(point));
    }

    private static Ending expectedEnding(String point) {
        return switch (point) {
            // The journal was begun, so the run is not resumed; nothing was renamed.
            case "cut-over:planned", "cut-over:before-rename:masterDoctorView" -> Ending.UNTOUCHED;
            case "cut-over:after-rename:masterDoctorView", "cut-over:before-rename:recommendationView" ->
                Ending.RESTORED;
            default -> Ending.CUT_OVER;
        };
    }

    @Test
    void restoreThatFailsInItsOwnCutOverIsTakenOverByTheReconciler() {
        // Once in the run's cut-over, once in that of the restore which the event starts.
        failUnretried("cut-over:after-rename:masterDoctorView", 2);
        String execution = rehearsal.execute();
        Run stuck = rehearsal.finished(execution);
        assertThat(stuck.state()).isEqualTo(RunState.RESTORING);
        assertThat(rehearsal.platform.context().locks().heldBy(stuck.id())).hasSize(2);

        rehearsal.platform.stages().call("reconcile", ControlJson.mapper().createObjectNode());
        assertThat(rehearsal.finished(execution).ending()).isEqualTo(Ending.RESTORED);
        assertThat(rehearsal.live()).isEqualTo(old);
    }

    /** An error that no Retry names ends the execution. */
    private void failUnretried(String point, int times) {
        AtomicInteger left = new AtomicInteger(times);
        rehearsal.checkpoints.set(reached -> {
            if (reached.equals(point) && left.getAndDecrement() > 0) {
                throw new IllegalStateException("broken for good");
            }
        });
    }

    /** The closing itself fails at each of its points; the next attempt ends the run. */
    @Test
    void closingThatFailsAnywhereIsTriedAgain() {
        List<String> points = List.of(
                "close:fenced",
                "close:before-move:recommendationView",
                "close:after-move:recommendationView",
                "close:decided",
                "close:before-ending",
                "close:after-ending");
        for (String point : points) {
            AtomicInteger failures = new AtomicInteger();
            AtomicBoolean cutOverBroken = new AtomicBoolean();
            rehearsal.checkpoints.set(reached -> {
                if (reached.equals("cut-over:after-rename:masterDoctorView")
                        && cutOverBroken.compareAndSet(false, true)) {
                    throw new IllegalStateException("broken for good");
                }
                if (reached.equals(point) && failures.getAndIncrement() == 0) {
                    throw new DatabaseUnavailable("connection lost", null);
                }
            });
            String execution = rehearsal.execute();
            Run run = rehearsal.finished(execution);
            assertThat(failures.get()).as(point).isGreaterThanOrEqualTo(1);
            assertThat(run.ending()).as(point).isEqualTo(Ending.RESTORED);
            assertThat(rehearsal.live()).as(point).isEqualTo(old);
            rehearsal.calm();
        }
    }

    private Run finishedRun() {
        Run run = rehearsal.finished(rehearsal.execute());
        rehearsal.calm();
        return run;
    }

    private void bringBack(Run run) {
        Run restored =
                rehearsal.finished(rehearsal.platform.startRestore(null, rehearsal.restoreRequest(run.snapshot())));
        assertThat(restored.ending()).isEqualTo(Ending.RESTORED);
        assertThat(rehearsal.live()).isEqualTo(old);
    }
}

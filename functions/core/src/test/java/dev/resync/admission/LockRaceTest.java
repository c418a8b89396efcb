package dev.resync.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.error.DatabaseFailed;
import dev.resync.error.DatabaseUnavailable;
import dev.resync.error.RunClosed;
import dev.resync.error.TargetLocked;
import dev.resync.fixture.EmbeddedMongo;
import dev.resync.fixture.RunDriver;
import dev.resync.fixture.RunFixture;
import dev.resync.fixture.Stops;
import dev.resync.run.Ending;
import dev.resync.run.ExecutionStatus;
import dev.resync.run.LockStore;
import dev.resync.run.Run;
import dev.resync.run.RunState;
import dev.resync.run.RunTarget;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One run on a target at a time. */
class LockRaceTest {

    private static final int RUNS = 20;

    @RegisterExtension
    static final EmbeddedMongo MONGO = new EmbeddedMongo();

    private RunFixture fixture;

    @BeforeEach
    void fill() {
        fixture = new RunFixture(MONGO.client()).filled(5);
    }

    @RepeatedTest(50)
    void oneOfTwentyIsAdmitted() throws Exception {
        List<Callable<String>> admissions = new ArrayList<>();
        for (int i = 0; i < RUNS; i++) {
            JsonNode event = fixture.admission(fixture.request("DRY_RUN"), fixture.newExecution());
            admissions.add(() ->
                    retried(() -> fixture.call("admit", event).get("runId").textValue()));
        }
        List<String> admitted = atOnce(admissions, TargetLocked.class);
        assertThat(admitted).hasSize(1);
        for (Run run : fixture.context().runs().all()) {
            if (run.id().equals(admitted.get(0))) {
                assertThat(run.state()).isEqualTo(RunState.OPEN);
                assertThat(run.targets())
                        .allSatisfy(target -> fixture.context().locks().requireHeld(run, target));
            } else {
                assertThat(run.state()).isEqualTo(RunState.CLOSED);
                assertThat(run.ending()).isEqualTo(Ending.UNTOUCHED);
                assertThat(run.receipt().at("/error/name").textValue()).isEqualTo(TargetLocked.class.getName());
                assertThat(run.receipt().at("/error/message").textValue())
                        .contains("is held by run " + admitted.get(0) + " since 2026-03-01T08:00:00Z");
                assertThat(fixture.context().locks().heldBy(run.id())).isEmpty();
            }
        }
        assertThat(fixture.context().runs().all()).hasSize(RUNS);
        fixture.executions().set(fixture.run(admitted.get(0)).execution(), ExecutionStatus.ABORTED);
        fixture.close(fixture.run(admitted.get(0)).execution(), fixture.newExecution());
        assertThat(fixture.control("locks").find()).isNotEmpty().allSatisfy(lock -> assertThat(lock.isNull("holder"))
                .isTrue());
    }

    @Test
    void theSameExecutionIsAdmittedOnceHoweverOftenItAsks() throws Exception {
        JsonNode event = fixture.admission(fixture.request("DRY_RUN"), fixture.newExecution());
        List<Callable<String>> admissions = new ArrayList<>();
        for (int i = 0; i < RUNS; i++) {
            admissions.add(() -> fixture.call("admit", event).get("runId").textValue());
        }
        List<String> admitted = atOnce(admissions, TargetLocked.class);
        assertThat(admitted).hasSize(RUNS).containsOnly(admitted.get(0));
        Run run = fixture.run(admitted.get(0));
        assertThat(run.state()).isEqualTo(RunState.OPEN);
        assertThat(run.targets()).allSatisfy(target -> fixture.context().locks().requireHeld(run, target));
    }

    @RepeatedTest(5)
    void overlappingTargetsAreTakenAllOrNone() throws Exception {
        List<Callable<String>> takers = new ArrayList<>();
        LockStore locks = fixture.context().locks();
        for (int i = 0; i < RUNS; i++) {
            String holder = "run" + i;
            List<RunTarget> targets = List.of(target(i % 4, 0), target((i + 1) % 4, 1), target((i + 2) % 4, 2));
            takers.add(() -> {
                try {
                    locks.acquireAll(holder, targets, Instant.EPOCH);
                } catch (TargetLocked refused) {
                    // What admission does by closing the run.
                    locks.releaseAll(holder);
                    throw refused;
                }
                return holder;
            });
        }
        List<String> holders = atOnce(takers, TargetLocked.class);
        assertThat(holders).hasSizeLessThan(2);
        for (int i = 0; i < RUNS; i++) {
            assertThat(locks.heldBy("run" + i)).hasSize(holders.contains("run" + i) ? 3 : 0);
        }
    }

    @Test
    void aLockOfAnOlderEpochCountsNoMore() {
        RunDriver first = fixture.admit(fixture.request("DRY_RUN"));
        Run opened = first.run();
        first.closed(ExecutionStatus.ABORTED);
        assertThatThrownBy(() -> fixture.context()
                        .locks()
                        .requireHeld(opened, opened.targets().get(0)))
                .isInstanceOf(RunClosed.class);
        Run second = fixture.admit(fixture.request("DRY_RUN")).run();
        assertThat(second.targets().get(0).lockEpoch())
                .isGreaterThan(opened.targets().get(0).lockEpoch());
    }

    @Test
    void aClosingThatDiedBeforeItGaveTheLocksBackKeepsNobodyOut() {
        RunDriver first = fixture.admit(fixture.request("DRY_RUN"));
        fixture.stops().dieAt("close:after-ending");
        first.ended(ExecutionStatus.ABORTED);
        assertThatThrownBy(() -> fixture.close(first.execution(), fixture.newExecution()))
                .isInstanceOf(Stops.Died.class);
        assertThat(first.run().state()).isEqualTo(RunState.CLOSED);
        assertThat(fixture.context().locks().heldBy(first.runId())).isNotEmpty();

        Run second = fixture.admit(fixture.request("DRY_RUN")).run();

        assertThat(fixture.context().locks().heldBy(first.runId())).isEmpty();
        assertThat(second.targets())
                .allSatisfy(target -> fixture.context().locks().requireHeld(second, target));
    }

    @Test
    void aRefusalNamesTheHolder() {
        String holder = fixture.admit(fixture.request("DRY_RUN")).runId();
        assertThatThrownBy(() -> fixture.admit(fixture.request("DRY_RUN")))
                .isInstanceOf(TargetLocked.class)
                .hasMessageContaining(holder);
    }

    private RunTarget target(int number, int index) {
        return new RunTarget("t" + number, "db.view" + number, index, null, 0);
    }

    /** As the state machine does where the embedded server drops a connection under load; now and then it trips over itself. */
    private static String retried(Callable<String> call) throws Exception {
        for (int i = 0; i < 5; i++) {
            try {
                return call.call();
            } catch (DatabaseUnavailable again) {
                assertThat(again).hasMessageContaining("tried again");
            } catch (DatabaseFailed embedded) {
                // A code that no database has.
                assertThat(embedded).hasMessageContaining("error -1 (): Unknown error");
            }
        }
        return call.call();
    }

    /** Returns the answers of the calls that were not refused with this error. */
    private static List<String> atOnce(List<Callable<String>> calls, Class<?> refusal) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(calls.size());
        try {
            List<String> answers = new ArrayList<>();
            for (Future<String> answer : threads.invokeAll(calls)) {
                try {
                    answers.add(answer.get());
                } catch (ExecutionException e) {
                    assertThat(e.getCause()).isInstanceOf(refusal);
                }
            }
            return answers;
        } finally {
            threads.shutdownNow();
        }
    }
}

package dev.resync.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.NullNode;
import com.mongodb.client.model.Filters;
import dev.resync.error.TargetLocked;
import dev.resync.fixture.EmbeddedMongo;
import dev.resync.fixture.RunDriver;
import dev.resync.fixture.RunFixture;
import dev.resync.fixture.SaidFigures;
import dev.resync.fixture.Stops.Died;
import dev.resync.run.Ending;
import dev.resync.run.ExecutionStatus;
import dev.resync.run.Run;
import dev.resync.run.RunState;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.bson.BsonDocument;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What stages say in figures while they do their work. */
class MetricsTest {

    @RegisterExtension
    static final EmbeddedMongo MONGO = new EmbeddedMongo();

    private static final int PEOPLE = 10;

    private RunFixture fixture;
    private SaidFigures figures;

    @BeforeEach
    void fill() {
        fixture = new RunFixture(MONGO.client()).filled(PEOPLE);
        figures = fixture.figures();
    }

    @Test
    void aRunSaysOnceHowItEndedAndHowLongItTook() {
        RunDriver run = fixture.execute().upTo("finish");
        fixture.clock().pass(Duration.ofSeconds(90));
        run.step("finish");
        run.step("finish");

        assertThat(figures.endings()).containsExactly(Ending.CUT_OVER);
        assertThat(figures.values(Metric.RUNS_FAILED)).containsExactly(0.0);
        assertThat(figures.values(Metric.RUN_DURATION_SECONDS)).containsExactly(90.0);
    }

    @Test
    void aCloseThatDiesBesideTheEndCountsItOnceOrNotAtAll() {
        for (String point : List.of("close:before-ending", "close:after-ending")) {
            figures.forget();
            RunDriver run = fixture.admit(fixture.request("DRY_RUN")).through("verify");
            fixture.stops().dieAt(point);
            assertThat(catchThrowable(() -> run.step("finish"))).isInstanceOf(Died.class);
            run.step("finish");
            assertThat(figures.endings()).as(point).containsExactly(Ending.UNTOUCHED);
        }
    }

    @Test
    void ofTwoCallsThatCloseARunAtOnceTheOneThatDoesSaysSo() {
        RunDriver run = fixture.admit(fixture.request("DRY_RUN")).through("seal-snapshot");
        run.ended(ExecutionStatus.ABORTED);
        fixture.stops().doAt("close:before-ending", () -> fixture.close(run.execution(), "another"));
        fixture.close(run.execution(), "one");

        assertThat(run.run().state()).isEqualTo(RunState.CLOSED);
        assertThat(figures.endings()).containsExactly(Ending.UNTOUCHED);
        assertThat(figures.values(Metric.RUNS_FAILED)).containsExactly(1.0);
    }

    @Test
    void aRefusedStartIsNoRunThatEnded() {
        fixture.admit(fixture.request("DRY_RUN"));
        assertThatThrownBy(() -> fixture.admit(fixture.request("DRY_RUN"))).isInstanceOf(TargetLocked.class);

        assertThat(figures.endings()).isEmpty();
        assertThat(figures.values(Metric.RUNS_FAILED)).isEmpty();
    }

    @Test
    void aRunIsMeasuredByTheMedianOfThoseBeforeItOnceThereAreThree() {
        List.of(1_000, 3_000, 2_000).forEach(this::dryRunOf);
        assertThat(figures.values(Metric.RUN_DURATION_RATIO)).isEmpty();
        dryRunOf(50);
        dryRunOf(30);
        assertThat(figures.values(Metric.RUN_DURATION_RATIO))
                .as("by 2,000, and by what lies between 1,000 and 2,000")
                .containsExactly(50 / 2_000.0, 30 / 1_500.0);
        List.of(30, 30, 30).forEach(this::dryRunOf);
        figures.forget();
        dryRunOf(60);
        assertThat(figures.values(Metric.RUN_DURATION_RATIO))
                .as("by the last five, 50 and four times 30; all eight would give 40")
                .containsExactly(2.0);
    }

    /** A run that was refused in its first minute makes none of those after it slow. */
    @Test
    void runsThatFailedAreNoMeasure() {
        List.of(20, 20, 20).forEach(this::dryRunOf);
        for (int i = 0; i < 5; i++) {
            fixture.admit(fixture.request("DRY_RUN")).closed(ExecutionStatus.ABORTED);
        }
        figures.forget();
        dryRunOf(60);
        assertThat(figures.values(Metric.RUN_DURATION_RATIO)).containsExactly(3.0);
    }

    @Test
    void runsOfAnotherModeAreNoMeasure() {
        List.of(20, 20, 20).forEach(this::dryRunOf);
        fixture.execute().toEnd();
        assertThat(figures.values(Metric.RUN_DURATION_RATIO)).isEmpty();
    }

    @Test
    void chunkFunctionsSayWhatTheyHandledAndNothingForAChunkThatIsDone() {
        RunDriver run = fixture.admit(fixture.request("DRY_RUN")).through("seal-staging");
        double snapshot = run.run().stages().get("snapshot-chunk").documents();
        double sync = run.run().stages().get("sync-chunk").documents();
        assertThat(sum(Metric.DOCUMENTS)).isEqualTo(snapshot + sync).isPositive();
        int chunks = run.count("snapshot") + run.count("sync");
        assertThat(figures.values(Metric.CHUNK_MILLISECONDS)).hasSize(chunks).allMatch(value -> value >= 0);

        run.chunk("sync", 0);
        assertThat(figures.values(Metric.DOCUMENTS)).hasSize(chunks);
    }

    @Test
    void verifySaysTheShareOfTheQuarantine() {
        fixture.collection("people")
                .updateOne(Filters.eq("_id", RunFixture.key(0)), BsonDocument.parse("{$set: {age: 'old'}}"));
        fixture.admit(fixture.request("DRY_RUN")).through("verify");
        assertThat(figures.values(Metric.QUARANTINE_SHARE)).hasSize(1);
        assertThat(figures.values(Metric.QUARANTINE_SHARE).get(0)).isCloseTo(1.0 / PEOPLE, within(1e-9));
    }

    @Test
    void reconcileSaysWhatStandsOpenAndZeroOtherwise() {
        reconcile();
        assertThat(figures.values(Metric.NEEDS_OPERATOR)).containsExactly(0.0);
        assertThat(figures.values(Metric.OPEN_RUNS)).containsExactly(0.0);
        assertThat(figures.values(Metric.OPEN_RUNS_WITHOUT_EXECUTION)).containsExactly(0.0);
        assertThat(figures.values(Metric.OLDEST_OPEN_RUN_SECONDS)).containsExactly(0.0);
        assertThat(figures.values(Metric.SNAPSHOT_AGE_SECONDS)).isEmpty();

        RunDriver run = fixture.admit(fixture.request("DRY_RUN")).through("seal-snapshot");
        fixture.clock().pass(Duration.ofMinutes(5));
        figures.forget();
        reconcile();
        assertThat(figures.values(Metric.OPEN_RUNS)).containsExactly(1.0);
        assertThat(figures.values(Metric.OPEN_RUNS_WITHOUT_EXECUTION)).containsExactly(0.0);
        assertThat(figures.values(Metric.OLDEST_OPEN_RUN_SECONDS)).containsExactly(300.0);

        run.ended(ExecutionStatus.TIMED_OUT);
        figures.forget();
        reconcile();
        assertThat(figures.values(Metric.OPEN_RUNS_WITHOUT_EXECUTION)).containsExactly(1.0);
    }

    @Test
    void theAgeOfTheWayBackIsThatOfTheNewestSnapshotOfAPlan() {
        fixture.execute().toEnd();
        fixture.clock().pass(Duration.ofHours(3));
        fixture.execute().toEnd();
        fixture.clock().pass(Duration.ofHours(2));
        figures.forget();
        reconcile();
        assertThat(figures.values(Metric.SNAPSHOT_AGE_SECONDS)).containsExactly(7_200.0);
    }

    @Test
    void whoPutsARunBeforeAnOperatorSaysSoAndReconcileRepeatsIt() {
        Run stuck = stuck();
        assertThat(stuck.state()).isEqualTo(RunState.NEEDS_OPERATOR);
        assertThat(figures.values(Metric.NEEDS_OPERATOR)).containsExactly(1.0);
        assertThat(figures.endings()).isEmpty();

        figures.forget();
        reconcile();
        assertThat(figures.values(Metric.NEEDS_OPERATOR)).containsExactly(1.0);
        assertThat(figures.values(Metric.OPEN_RUNS)).containsExactly(1.0);
    }

    @Test
    void everyFigureIsSaidByTheFunctionsThatItsMetricNames() {
        for (int i = 0; i < 4; i++) {
            fixture.clock().pass(Duration.ofSeconds(1));
            RunDriver run = fixture.admit(fixture.request("DRY_RUN")).through("verify");
            fixture.clock().pass(Duration.ofSeconds(1));
            run.step("finish");
            RunDriver stopped = fixture.admit(fixture.request("DRY_RUN")).through("plan-chunks");
            fixture.clock().pass(Duration.ofSeconds(1));
            stopped.closed(ExecutionStatus.ABORTED);
        }
        fixture.restore(fixture.execute().toEnd().snapshot()).toEnd();
        fixture.inPlace("personView").execute().toEnd();
        fixture.plans().deployWith("\"apply\": \"in-place\",", "");
        stuck();
        reconcile();

        Set<Metric> stages = EnumSet.complementOf(EnumSet.of(Metric.ERRORS));
        assertThat(stages).allSatisfy(metric -> {
            Set<String> said = figures.functions(metric);
            assertThat(metric.functions()).as(metric.label()).containsAll(said);
            assertThat(metric.functions())
                    .as("%s; admit closes runs only where a resume comes too late", metric.label())
                    .filteredOn(function -> !function.equals("admit"))
                    .containsExactlyElementsOf(said);
        });
    }

    private void dryRunOf(int seconds) {
        RunDriver run = fixture.admit(fixture.request("DRY_RUN")).through("verify");
        fixture.clock().pass(Duration.ofSeconds(seconds));
        run.step("finish");
    }

    private double sum(Metric metric) {
        return figures.values(metric).stream().mapToDouble(value -> value).sum();
    }

    private void reconcile() {
        fixture.call("reconcile", NullNode.getInstance());
    }

    /** Half cut over, and its snapshot damaged. */
    private Run stuck() {
        RunDriver run = fixture.execute().upTo("cut-over");
        fixture.stops().dieAt("cut-over:before-rename:personView");
        catchThrowable(() -> run.step("cut-over"));
        String copy = fixture.context()
                .snapshots()
                .require(run.run().snapshot())
                .target("nameView")
                .collection();
        fixture.byName(copy).deleteOne(Filters.eq("_id", RunFixture.key(0)));
        return run.closed(ExecutionStatus.FAILED);
    }
}

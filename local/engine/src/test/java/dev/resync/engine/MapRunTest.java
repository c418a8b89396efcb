package dev.resync.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is told of map runs, and what can be changed of one under way. */
class MapRunTest {
    private static final String MINUTE = "\"W\":{\"Type\":\"Wait\",\"Seconds\":60,\"End\":true}";
    /** The item says how many seconds; what has waited for 2 fails. */
    private static final String WAIT_OR_FAIL = """
            "W":{"Type":"Wait","Seconds":"{% $states.input %}","Next":"C"},
            "C":{"Type":"Choice","Choices":[{"Condition":"{% $states.input = 2 %}","Next":"F"}],"Default":"S"},
            "F":{"Type":"Fail","Error":"Two"},"S":{"Type":"Succeed"}
            """;

    private final Rehearsal rehearsal = Rehearsal.manual();

    @AfterEach
    void close() {
        rehearsal.close();
    }

    private String start(String fields, String states, String items) {
        String arn = rehearsal.start(Rehearsal.machine(DistributedMapTest.map(fields, states)), items);
        rehearsal.rest();
        return arn;
    }

    private MapRunDescription only(String execution) {
        List<MapRunDescription> all = rehearsal.engine.listMapRuns(execution);
        assertThat(all).hasSize(1);
        MapRunDescription listed = all.get(0);
        assertThat(rehearsal.engine.describeMapRun(listed.mapRunArn())).isEqualTo(listed);
        return listed;
    }

    private void update(String mapRun, UnaryOperator<MapRunDescription.Settings> change) {
        rehearsal.engine.updateMapRun(mapRun, change);
        rehearsal.rest();
    }

    private void concurrency(String mapRun, int value) {
        update(
                mapRun,
                now -> new MapRunDescription.Settings(
                        value, now.toleratedFailureCount(), now.toleratedFailurePercentage()));
    }

    private void pass(int seconds) {
        rehearsal.time.advance(Duration.ofSeconds(seconds));
        rehearsal.rest();
    }

    @Test
    void aMapRunIsDescribedFromItsStartToItsEnd() {
        String execution = start(
                "\"MaxConcurrency\":2,\"ToleratedFailureCount\":1,\"ToleratedFailurePercentage\":50,",
                WAIT_OR_FAIL,
                "[1,2,5]");
        MapRunDescription begun = only(execution);
        assertThat(begun)
                .isEqualTo(new MapRunDescription(
                        begun.mapRunArn(),
                        execution,
                        Rehearsal.ARN + "/chunks",
                        MapRunStatus.RUNNING,
                        Rehearsal.START,
                        null,
                        new MapRunDescription.Settings(2, 1L, 50.0),
                        new MapRunCounts(1, 2, 0, 0, 0, 0, 0),
                        0,
                        null));
        assertThat(begun.mapRunArn()).startsWith("arn:aws:states:eu-central-1:000000000000:mapRun:machine/chunks:");
        pass(2);
        assertThat(only(execution).counts()).isEqualTo(new MapRunCounts(0, 1, 1, 1, 0, 0, 0));
        pass(4);
        MapRunDescription ended = only(execution);
        assertThat(ended.status()).isEqualTo(MapRunStatus.SUCCEEDED);
        assertThat(ended.stopDate()).isEqualTo(Rehearsal.START.plusSeconds(6));
        assertThat(ended.counts()).isEqualTo(new MapRunCounts(0, 0, 2, 1, 0, 0, 0));
        assertThat(ended.counts().total()).isEqualTo(3);
        assertThat(rehearsal.engine.listMapRunExecutions(ended.mapRunArn()))
                .extracting(child -> child.input().intValue())
                .containsExactly(5, 2, 1);
    }

    @Test
    void aHigherConcurrencyBeginsFurtherChildrenAtOnce() {
        String execution = start("\"MaxConcurrency\":2,", MINUTE, "[1,2,3,4,5,6]");
        concurrency(only(execution).mapRunArn(), 5);
        assertThat(only(execution).counts()).isEqualTo(new MapRunCounts(1, 5, 0, 0, 0, 0, 0));
        assertThat(only(execution).settings().maxConcurrency()).isEqualTo(5);
        concurrency(only(execution).mapRunArn(), 0);
        assertThat(only(execution).counts().running()).isEqualTo(6);
        pass(60);
        assertThat(rehearsal.await(execution).output()).hasSize(6);
    }

    @Test
    void aLowerConcurrencyWaitsForThoseUnderWay() {
        String execution = start("\"MaxConcurrency\":4,", MINUTE, "[1,2,3,4,5,6]");
        concurrency(only(execution).mapRunArn(), 1);
        assertThat(only(execution).counts()).isEqualTo(new MapRunCounts(2, 4, 0, 0, 0, 0, 0));
        pass(60);
        assertThat(only(execution).counts()).isEqualTo(new MapRunCounts(1, 1, 4, 0, 0, 0, 0));
        pass(60);
        assertThat(only(execution).counts()).isEqualTo(new MapRunCounts(0, 1, 5, 0, 0, 0, 0));
        pass(60);
        assertThat(rehearsal.await(execution).output()).hasSize(6);
    }

    @Test
    void moreToleratedFailuresLetItGoOn() {
        String execution = start("", WAIT_OR_FAIL, "[2,2,5]");
        update(only(execution).mapRunArn(), now -> new MapRunDescription.Settings(now.maxConcurrency(), null, 70.0));
        pass(5);
        assertThat(rehearsal.await(execution).output()).isEqualTo(Rehearsal.json("[5]"));
        assertThat(only(execution).settings()).isEqualTo(new MapRunDescription.Settings(0, null, 70.0));
    }

    @Test
    void fewerToleratedFailuresThanThereWereEndItAtOnce() {
        String execution = start("\"ToleratedFailureCount\":2,", WAIT_OR_FAIL, "[2,2,5]");
        pass(2);
        update(only(execution).mapRunArn(), now -> new MapRunDescription.Settings(now.maxConcurrency(), 1L, null));
        assertThat(rehearsal.await(execution).error()).isEqualTo("States.ExceedToleratedFailureThreshold");
        MapRunDescription ended = only(execution);
        assertThat(ended.status()).isEqualTo(MapRunStatus.FAILED);
        assertThat(ended.counts()).isEqualTo(new MapRunCounts(0, 0, 0, 2, 0, 1, 0));
        assertThatThrownBy(() -> concurrency(ended.mapRunArn(), 3))
                .isInstanceOf(MapRunClosed.class)
                .hasMessageContaining(ended.mapRunArn())
                .hasMessageContaining("FAILED");
        assertThat(only(execution)).isEqualTo(ended);
    }

    @Test
    void valuesOutOfRangeAreRefusedAndChangeNothing() {
        String execution = start("\"MaxConcurrency\":2,", MINUTE, "[1,2,3]");
        MapRunDescription before = only(execution);
        assertThatThrownBy(() -> concurrency(before.mapRunArn(), -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("maxConcurrency is -1; expected 0 or more");
        assertThatThrownBy(() -> new MapRunDescription.Settings(0, -1L, null))
                .hasMessage("toleratedFailureCount is -1; expected 0 or more");
        assertThatThrownBy(() -> new MapRunDescription.Settings(0, null, 100.5))
                .hasMessage("toleratedFailurePercentage is 100.5; expected 0 to 100");
        assertThat(only(execution)).isEqualTo(before);
        assertThatThrownBy(() -> rehearsal.engine.describeMapRun("arn:none")).isInstanceOf(MapRunDoesNotExist.class);
        assertThatThrownBy(() -> rehearsal.engine.listMapRunExecutions("arn:none"))
                .isInstanceOf(MapRunDoesNotExist.class);
    }

    @Test
    void aStopInTheMiddleAbortsTheMapRun() {
        String execution = start("\"MaxConcurrency\":2,", MINUTE, "[1,2,3]");
        rehearsal.engine.stopExecution(execution, "E", "C");
        assertThat(rehearsal.historyTypes(execution))
                .containsExactly(
                        "ExecutionStarted",
                        "MapStateEntered",
                        "MapStateStarted",
                        "MapRunStarted",
                        "MapRunAborted",
                        "MapStateAborted",
                        "ExecutionAborted");
        MapRunDescription ended = only(execution);
        assertThat(ended.status()).isEqualTo(MapRunStatus.ABORTED);
        assertThat(ended.stopDate()).isEqualTo(Rehearsal.START);
        assertThat(ended.counts()).isEqualTo(new MapRunCounts(1, 0, 0, 0, 0, 2, 0));
    }

    /** There, the map run of the attempt that failed has ended, and the next has not begun. */
    @Test
    void aStopBetweenTwoAttemptsAbortsNoMapRun() {
        String execution =
                start("\"Retry\":[{\"ErrorEquals\":[\"States.ALL\"],\"IntervalSeconds\":60}],", WAIT_OR_FAIL, "[2]");
        pass(2);
        rehearsal.engine.stopExecution(execution, "E", "C");
        assertThat(rehearsal.historyTypes(execution))
                .contains("MapRunFailed", "MapStateAborted")
                .doesNotContain("MapRunAborted");
        assertThat(only(execution).status()).isEqualTo(MapRunStatus.FAILED);
    }

    @Test
    void aRedriveGoesOnWithTheSameMapRun() {
        AtomicBoolean broken = new AtomicBoolean(true);
        rehearsal.function("f", payload -> {
            if (broken.get()) {
                throw new FunctionError("Broken", "x");
            }
            return payload;
        });
        String states = InlineMapTest.CALL.replace("\"End\":true", "\"Next\":\"W\"") + "," + MINUTE;
        String execution = start("\"MaxConcurrency\":1,\"ToleratedFailureCount\":1,", states, "[1,2,3]");
        MapRunDescription failed = only(rehearsal.await(execution).executionArn());
        assertThat(failed.counts()).isEqualTo(new MapRunCounts(1, 0, 0, 2, 0, 0, 0));
        pass(10);
        broken.set(false);
        rehearsal.engine.redriveExecution(execution);
        rehearsal.idle();
        MapRunDescription again = only(execution);
        assertThat(again.mapRunArn()).isEqualTo(failed.mapRunArn());
        assertThat(again.status()).isEqualTo(MapRunStatus.RUNNING);
        assertThat(again.redriveCount()).isEqualTo(1);
        assertThat(again.redriveDate()).isEqualTo(Rehearsal.START.plusSeconds(10));
        assertThat(again.stopDate()).isNull();
        // The first of those that failed is under way again, the second waits for it.
        assertThat(again.counts()).isEqualTo(new MapRunCounts(1, 1, 0, 0, 0, 0, 1));
    }

    @Test
    void eachAttemptIsAMapRunOfItsOwnTheNewestFirst() {
        String execution =
                start("\"Retry\":[{\"ErrorEquals\":[\"States.ALL\"],\"IntervalSeconds\":1}],", WAIT_OR_FAIL, "[2]");
        pass(2);
        pass(1);
        assertThat(rehearsal.engine.listMapRuns(execution))
                .extracting(MapRunDescription::status)
                .containsExactly(MapRunStatus.RUNNING, MapRunStatus.FAILED);
    }

    @Test
    void mapRunsAreForgottenWithTheirExecution() {
        try (Rehearsal small = Rehearsal.automatic(builder -> builder.mostExecutions(1))) {
            StateMachine machine = Rehearsal.machine(DistributedMapTest.map("", "\"S\":{\"Type\":\"Succeed\"}"));
            String first = small.run(machine, "[1]").executionArn();
            String mapRun = small.engine.listMapRuns(first).get(0).mapRunArn();
            small.run(machine, "[1]");
            assertThatThrownBy(() -> small.engine.describeMapRun(mapRun)).isInstanceOf(MapRunDoesNotExist.class);
        }
    }
}

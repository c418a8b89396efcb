package dev.resync.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DistributedMapTest {
    private static final String CHILD_MACHINE = Rehearsal.ARN + "/chunks";
    private static final String CHILD_ARN = "arn:aws:states:eu-central-1:000000000000:execution:machine/chunks:";

    private final Rehearsal rehearsal = Rehearsal.automatic();

    @AfterEach
    void close() {
        rehearsal.close();
    }

    static String map(String fields, String states) {
        String first = Rehearsal.json("{" + states + "}").fieldNames().next();
        return "\"M\":{\"Type\":\"Map\",\"Label\":\"chunks\"," + fields
                + "\"ItemProcessor\":{\"ProcessorConfig\":{\"Mode\":\"DISTRIBUTED\",\"ExecutionType\":\"STANDARD\"},\"StartAt\":\""
                + first + "\",\"States\":{" + states + "}},\"End\":true}";
    }

    private static final String FAIL_ABOVE_TEN = """
            "C":{"Type":"Choice","Choices":[{"Condition":"{% $states.input > 10 %}","Next":"F"}],"Default":"S"},
            "F":{"Type":"Fail","Error":"Big"},"S":{"Type":"Succeed"}
            """;

    @Test
    void childrenAreExecutionsOfTheirOwn() {
        ExecutionDescription parent = rehearsal.run(
                map("", "\"P\":{\"Type\":\"Pass\",\"Output\":\"{% $states.context.Execution.Id %}\",\"End\":true}"),
                "[7,8]");
        List<ExecutionDescription> children = rehearsal.engine.listExecutions(CHILD_MACHINE);
        assertThat(children).hasSize(2).allSatisfy(child -> {
            assertThat(child.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
            assertThat(child.stateMachineArn()).isEqualTo(CHILD_MACHINE);
            assertThat(child.executionArn()).startsWith(CHILD_ARN).endsWith(child.name());
            assertThat(child.mapRunArn()).startsWith("arn:aws:states:eu-central-1:000000000000:mapRun:machine/chunks:");
            assertThat(rehearsal.historyTypes(child.executionArn()))
                    .containsExactly("ExecutionStarted", "PassStateEntered", "PassStateExited", "ExecutionSucceeded");
            assertThat(rehearsal.statusesOf(child.executionArn())).containsExactly("RUNNING", "SUCCEEDED");
        });
        assertThat(children).extracting(child -> child.input().intValue()).containsExactly(8, 7);
        assertThat(children.get(1).name()).endsWith("-0");
        assertThat(parent.output().get(0).textValue()).isEqualTo(children.get(1).executionArn());
        assertThat(rehearsal.engine.listExecutions(Rehearsal.ARN))
                .as("children are not listed with the machine's own")
                .hasSize(1);
        assertThat(rehearsal.historyTypes(parent.executionArn()))
                .containsExactly(
                        "ExecutionStarted",
                        "MapStateEntered",
                        "MapStateStarted",
                        "MapRunStarted",
                        "MapRunSucceeded",
                        "MapStateSucceeded",
                        "MapStateExited",
                        "ExecutionSucceeded");
    }

    @Test
    void withoutALabelOneIsMade() {
        String unlabelled = map("", "\"S\":{\"Type\":\"Succeed\"}")
                .replace("\"Label\":\"chunks\",", "")
                .replace("\"M\":", "\"My map\":");
        rehearsal.run(unlabelled, "[1]");
        assertThat(rehearsal.engine.listExecutions(Rehearsal.ARN + "/My-map")).hasSize(1);
    }

    @Test
    void childrenHaveTheirOwnContext() {
        JsonNode output = rehearsal
                .output(map("", "\"S\":{\"Type\":\"Succeed\",\"Output\":\"{% $states.context %}\"}"), "[[5]]")
                .get(0);
        assertThat(output.at("/Execution/Input")).isEqualTo(Rehearsal.json("[5]"));
        assertThat(output.at("/StateMachine/Id").textValue()).isEqualTo(CHILD_MACHINE);
        assertThat(output.has("Map")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | 0 | true",
                "'' | 1 | false",
                "'\"ToleratedFailureCount\":2,' | 2 | true",
                "'\"ToleratedFailureCount\":2,' | 3 | false",
                "'\"ToleratedFailureCount\":\"{% 1 + 1 %}\",' | 3 | false",
                "'\"ToleratedFailurePercentage\":20,' | 2 | true",
                "'\"ToleratedFailurePercentage\":20,' | 3 | false",
                "'\"ToleratedFailurePercentage\":\"{% 29.9 %}\",' | 3 | false",
                "'\"ToleratedFailurePercentage\":100,' | 10 | true",
                "'\"ToleratedFailurePercentage\":50,\"ToleratedFailureCount\":2,' | 3 | false",
                "'\"ToleratedFailurePercentage\":20,\"ToleratedFailureCount\":9,' | 3 | false",
                "'\"ToleratedFailurePercentage\":0,' | 1 | false"
            })
    void toleratesFailuresUpToTheLimit(String fields, int failing, boolean succeeds) {
        StringBuilder items = new StringBuilder("[");
        for (int i = 0; i < 10; i++) {
            items.append(i == 0 ? "" : ",").append(i < failing ? 100 + i : i);
        }
        ExecutionDescription ended = rehearsal.run(map(fields + "\"MaxConcurrency\":1,", FAIL_ABOVE_TEN), items + "]");
        if (succeeds) {
            assertThat(ended.output()).hasSize(10 - failing);
            assertThat(ended.output().toString()).doesNotContain("100").endsWith(failing == 10 ? "[]" : "9]");
        } else {
            assertThat(ended.error()).isEqualTo("States.ExceedToleratedFailureThreshold");
            assertThat(rehearsal.historyTypes(ended.executionArn())).contains("MapRunFailed", "MapStateFailed");
            assertThat(rehearsal.engine.listExecutions(CHILD_MACHINE))
                    .as("no new children after the failure that was too much")
                    .hasSize(failing);
        }
    }

    @Test
    void childrenUnderWayAreAbortedWithEventsWhenTheMapFails() {
        String states = """
                "C":{"Type":"Choice","Choices":[{"Condition":"{% $states.input = 1 %}","Next":"F"}],"Default":"W"},
                "F":{"Type":"Fail","Error":"Mine"},"W":{"Type":"Wait","Seconds":100,"End":true}
                """;
        ExecutionDescription ended = rehearsal.run(map("", states), "[0,1,2]");
        assertThat(ended.stopDate()).isEqualTo(Rehearsal.START);
        List<ExecutionDescription> children = rehearsal.engine.listExecutions(CHILD_MACHINE);
        assertThat(children)
                .extracting(ExecutionDescription::status)
                .containsExactly(ExecutionStatus.ABORTED, ExecutionStatus.FAILED, ExecutionStatus.ABORTED);
        assertThat(rehearsal.statusesOf(children.get(0).executionArn())).containsExactly("RUNNING", "ABORTED");
    }

    @Test
    void stoppingAChildCountsAsAFailure() {
        StateMachine machine = Rehearsal.machine(
                map("\"ToleratedFailureCount\":1,", "\"W\":{\"Type\":\"Wait\",\"Seconds\":9,\"End\":true}"));
        VirtualTime.Hold hold = rehearsal.time.hold();
        String arn = rehearsal.start(machine, "[1,2]");
        rehearsal.rest();
        String child = rehearsal.engine.listExecutions(CHILD_MACHINE).get(0).executionArn();
        rehearsal.engine.stopExecution(child, "E", "C");
        assertThat(rehearsal.engine.describeExecution(child).status()).isEqualTo(ExecutionStatus.ABORTED);
        hold.close();
        assertThat(rehearsal.await(arn).output()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"4,4", "0,7", "50,7"})
    void noMoreChildrenThanAllowedRunAtOnce(int maxConcurrency, int expected) {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch full = new CountDownLatch(expected);
        try (Rehearsal limited = Rehearsal.automatic(builder -> builder.mostChildren(7))) {
            limited.function("f", payload -> {
                most.accumulateAndGet(running.incrementAndGet(), Math::max);
                full.countDown();
                InlineMapTest.awaitLatch(full);
                running.decrementAndGet();
                return payload;
            });
            assertThat(limited.output(
                            map(
                                    "\"Items\":\"{% $range(1,50,1) %}\",\"MaxConcurrency\":" + maxConcurrency + ",",
                                    InlineMapTest.CALL),
                            "{}"))
                    .hasSize(50);
        }
        assertThat(most).hasValue(expected);
    }

    @Test
    void aRetryOfTheMapIsAnotherRunWithNewChildren() {
        AtomicInteger calls = new AtomicInteger();
        rehearsal.function("f", payload -> {
            if (calls.incrementAndGet() == 1) {
                throw new FunctionError("Once", "x");
            }
            return payload;
        });
        assertThat(rehearsal.output(
                        map(
                                "\"MaxConcurrency\":1,\"Retry\":[{\"ErrorEquals\":[\"States.ExceedToleratedFailureThreshold\"]}],",
                                InlineMapTest.CALL),
                        "[1,2]"))
                .isEqualTo(Rehearsal.json("[1,2]"));
        assertThat(rehearsal.engine.listExecutions(CHILD_MACHINE))
                .extracting(ExecutionDescription::mapRunArn)
                .hasSize(3)
                .satisfies(runs ->
                        assertThat(List.copyOf(new java.util.HashSet<>(runs))).hasSize(2));
    }

    @Test
    void theTimeLimitOfTheMachineIsNotThatOfItsChildren() {
        StateMachine machine = Rehearsal.machine(
                "\"TimeoutSeconds\":10,", map("", "\"W\":{\"Type\":\"Wait\",\"Seconds\":60,\"End\":true}"));
        ExecutionDescription ended = rehearsal.run(machine, "[1]");
        assertThat(ended.status()).isEqualTo(ExecutionStatus.TIMED_OUT);
        assertThat(rehearsal.engine.listExecutions(CHILD_MACHINE).get(0).status())
                .isEqualTo(ExecutionStatus.ABORTED);
    }
}

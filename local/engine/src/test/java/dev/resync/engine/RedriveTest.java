package dev.resync.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedriveTest {
    private final Rehearsal rehearsal = Rehearsal.automatic();
    private final Set<String> broken = ConcurrentHashMap.newKeySet();
    private final List<String> payloads = Collections.synchronizedList(new ArrayList<>());

    @BeforeEach
    void functions() {
        rehearsal.function("f", payload -> {
            payloads.add(payload.toString());
            if (broken.contains(payload.toString())) {
                throw new FunctionError("Broken", payload.toString());
            }
            return payload;
        });
    }

    @AfterEach
    void close() {
        rehearsal.close();
    }

    private static String call(String name, String payload, String end) {
        return "\"" + name + "\":{\"Type\":\"Task\",\"Resource\":\"arn:aws:states:::lambda:invoke\","
                + "\"Arguments\":{\"FunctionName\":\"f\",\"Payload\":" + payload + "},"
                + "\"Output\":\"{% $states.result.Payload %}\"," + end + "}";
    }

    private ExecutionDescription redrive(ExecutionDescription ended) {
        rehearsal.engine.redriveExecution(ended.executionArn());
        return rehearsal.await(ended.executionArn());
    }

    @Test
    void goesOnAtTheStateThatFailedWithItsInputAndVariables() {
        broken.add("[1,\"v\"]");
        String states = "\"A\":{\"Type\":\"Pass\",\"Assign\":{\"v\":\"v\"},\"Next\":\"B\"},"
                + call("B", "\"{% 'first' %}\"", "\"Next\":\"C\"").replace("$states.result.Payload", "1")
                + "," + call("C", "[\"{% $states.input %}\",\"{% $v %}\"]", "\"End\":true");
        ExecutionDescription failed = rehearsal.run(states, "{}");
        assertThat(failed.status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(failed.redriveStatus()).isEqualTo(RedriveStatus.REDRIVABLE);
        broken.clear();
        ExecutionDescription ended = redrive(failed);
        assertThat(ended.output()).isEqualTo(Rehearsal.json("[1,\"v\"]"));
        assertThat(payloads).as("B is not called again").containsExactly("\"first\"", "[1,\"v\"]", "[1,\"v\"]");
        assertThat(ended.redriveCount()).isEqualTo(1);
        assertThat(ended.redriveDate()).isNotNull();
        assertThat(ended.error()).isNull();
        assertThat(ended.startDate()).isEqualTo(failed.startDate());
        assertThat(rehearsal.statusesOf(ended.executionArn()))
                .containsExactly("RUNNING", "FAILED", "RUNNING", "SUCCEEDED");
        assertThat(rehearsal.historyTypes(ended.executionArn()))
                .containsSubsequence("ExecutionFailed", "ExecutionRedriven", "TaskScheduled", "ExecutionSucceeded");
    }

    @Test
    void retryCountersBeginAnew() {
        broken.add("0");
        String task = call("T", "0", "\"Retry\":[{\"ErrorEquals\":[\"Broken\"],\"MaxAttempts\":2}],\"End\":true");
        ExecutionDescription failed = rehearsal.run(task, "{}");
        assertThat(payloads).hasSize(3);
        redrive(failed);
        assertThat(payloads).hasSize(6);
    }

    @Test
    void theContextKnowsAboutIt() {
        rehearsal.function("g", payload -> {
            if (payload.get("RedriveCount").intValue() < 2) {
                throw new FunctionError("Again", "x");
            }
            return payload;
        });
        String task = """
                "T":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","End":true,
                  "Arguments":{"FunctionName":"g","Payload":"{% $states.context.Execution %}"},"Output":"{% $states.result.Payload %}"}
                """;
        JsonNode execution = redrive(redrive(rehearsal.run(task, "{}"))).output();
        assertThat(execution.get("RedriveCount").intValue()).isEqualTo(2);
        assertThat(execution.get("RedriveTime").textValue()).isEqualTo("2030-01-01T00:00:00.000Z");
    }

    @Test
    void theDefinitionIsTheOneOfTheStart() {
        broken.add("1");
        ExecutionDescription failed = rehearsal.run(call("T", "1", "\"End\":true"), "{}");
        rehearsal.engine.register(Rehearsal.machine("\"T\":{\"Type\":\"Pass\",\"Output\":2,\"End\":true}"));
        broken.clear();
        assertThat(redrive(failed).output().intValue()).isEqualTo(1);
    }

    @Test
    void runningSucceededAndUnknownExecutionsAreRefused() {
        ExecutionDescription succeeded = rehearsal.run("\"S\":{\"Type\":\"Succeed\"}", "{}");
        assertThat(succeeded.redriveStatus()).isEqualTo(RedriveStatus.NOT_REDRIVABLE);
        assertThatThrownBy(() -> rehearsal.engine.redriveExecution(succeeded.executionArn()))
                .isInstanceOf(ExecutionNotRedrivable.class)
                .hasMessageContaining("SUCCEEDED");
        VirtualTime.Hold hold = rehearsal.time.hold();
        String running =
                rehearsal.start(Rehearsal.machine("\"W\":{\"Type\":\"Wait\",\"Seconds\":9,\"End\":true}"), "{}");
        assertThatThrownBy(() -> rehearsal.engine.redriveExecution(running))
                .isInstanceOf(ExecutionNotRedrivable.class)
                .hasMessageContaining("RUNNING");
        hold.close();
        assertThatThrownBy(() -> rehearsal.engine.redriveExecution("arn:none"))
                .isInstanceOf(ExecutionDoesNotExist.class);
    }

    @Test
    void aTimedOutExecutionGetsItsWholeTimeAgain() {
        StateMachine machine = Rehearsal.machine(
                "\"TimeoutSeconds\":10,",
                "\"C\":{\"Type\":\"Wait\",\"Seconds\":\"{% $states.context.Execution.RedriveCount = 0 ? 11 : 9 %}\",\"End\":true}");
        ExecutionDescription timedOut = rehearsal.run(machine, "{}");
        assertThat(timedOut.status()).isEqualTo(ExecutionStatus.TIMED_OUT);
        ExecutionDescription ended = redrive(timedOut);
        assertThat(ended.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(ended.stopDate()).isEqualTo(Rehearsal.START.plusSeconds(19));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ENTERED", "EXITED"})
    void anExecutionStoppedAroundAStateGoesOnThere(String direction) {
        rehearsal.onTransition = transition -> {
            if (transition.state().equals("B") && transition.direction().name().equals(direction)) {
                rehearsal.engine.stopExecution(transition.executionArn(), null, null);
            }
        };
        String states = call("A", "1", "\"Next\":\"B\"") + "," + call("B", "2", "\"Next\":\"C\"") + ","
                + call("C", "\"{% $states.input + 1 %}\"", "\"End\":true");
        ExecutionDescription stopped = rehearsal.run(states, "{}");
        assertThat(stopped.status()).isEqualTo(ExecutionStatus.ABORTED);
        rehearsal.onTransition = transition -> {};
        assertThat(redrive(stopped).output().intValue()).isEqualTo(3);
        assertThat(payloads).as("no state ran twice").containsExactly("1", "2", "3");
    }

    @Test
    void aFailStateFailsAgain() {
        ExecutionDescription failed = rehearsal.run("\"F\":{\"Type\":\"Fail\",\"Error\":\"E\"}", "{}");
        ExecutionDescription again = redrive(failed);
        assertThat(again.error()).isEqualTo("E");
        assertThat(again.redriveCount()).isEqualTo(1);
    }

    @Test
    void onlyUnsuccessfulChildrenOfADistributedMapRunAgain() {
        broken.addAll(Set.of("2", "4"));
        String map = DistributedMapTest.map(
                "\"ToleratedFailureCount\":1,\"MaxConcurrency\":1,",
                "\"Before\":{\"Type\":\"Pass\",\"Assign\":{\"kept\":\"{% $states.input %}\"},\"Next\":\"T\"},"
                        + call("T", "\"{% $kept %}\"", "\"End\":true"));
        ExecutionDescription failed = rehearsal.run(map, "[1,2,3,4,5]");
        assertThat(failed.error()).isEqualTo("States.ExceedToleratedFailureThreshold");
        assertThat(payloads).containsExactly("1", "2", "3", "4");
        List<ExecutionDescription> before = rehearsal.engine.listExecutions(Rehearsal.ARN + "/chunks");
        payloads.clear();
        broken.clear();
        ExecutionDescription ended = redrive(failed);
        assertThat(ended.output()).isEqualTo(Rehearsal.json("[1,2,3,4,5]"));
        assertThat(payloads).containsExactly("2", "4", "5");
        List<ExecutionDescription> after = rehearsal.engine.listExecutions(Rehearsal.ARN + "/chunks");
        assertThat(after).as("one new child, for the item that had none").hasSize(5);
        assertThat(after)
                .extracting(ExecutionDescription::executionArn)
                .containsAll(
                        before.stream().map(ExecutionDescription::executionArn).toList());
        assertThat(after).extracting(ExecutionDescription::redriveCount).containsExactlyInAnyOrder(0, 1, 0, 1, 0);
        assertThat(rehearsal.historyTypes(ended.executionArn()))
                .containsSubsequence("MapRunFailed", "ExecutionRedriven", "MapRunRedriven", "MapRunSucceeded");
    }

    @Test
    void aRedrivenMapCanFailAndBeRedrivenAgain() {
        broken.addAll(Set.of("2", "3"));
        ExecutionDescription failed = rehearsal.run(
                DistributedMapTest.map("", call("T", "\"{% $states.input %}\"", "\"End\":true")), "[1,2,3]");
        ExecutionDescription again = redrive(failed);
        assertThat(again.status()).isEqualTo(ExecutionStatus.FAILED);
        broken.clear();
        assertThat(redrive(again).output()).isEqualTo(Rehearsal.json("[1,2,3]"));
        assertThat(payloads.stream().filter("1"::equals).count()).isLessThanOrEqualTo(3);
    }

    @Test
    void childrenCannotBeRedrivenAlone() {
        broken.add("1");
        rehearsal.run(DistributedMapTest.map("", call("T", "\"{% $states.input %}\"", "\"End\":true")), "[1]");
        ExecutionDescription child =
                rehearsal.engine.listExecutions(Rehearsal.ARN + "/chunks").get(0);
        assertThat(child.redriveStatus()).isEqualTo(RedriveStatus.REDRIVABLE_BY_MAP_RUN);
        assertThatThrownBy(() -> rehearsal.engine.redriveExecution(child.executionArn()))
                .isInstanceOf(ExecutionNotRedrivable.class);
    }

    @Test
    void expressChildrenAreStartedAnew() {
        broken.add("2");
        String map = DistributedMapTest.map(
                        "\"MaxConcurrency\":1,", call("A", "\"{% $states.input %}\"", "\"End\":true"))
                .replace("STANDARD", "EXPRESS");
        ExecutionDescription failed = rehearsal.run(map, "[1,2]");
        broken.clear();
        assertThat(redrive(failed).output()).isEqualTo(Rehearsal.json("[1,2]"));
        assertThat(rehearsal.engine.listExecutions(Rehearsal.ARN + "/chunks"))
                .hasSize(3)
                .allSatisfy(child -> assertThat(child.redriveCount()).isZero());
    }

    @Test
    void onlyUnsuccessfulIterationsOfAnInlineMapRunAgain() {
        broken.add("2");
        String map = "\"M\":{\"Type\":\"Map\",\"MaxConcurrency\":1,\"ItemProcessor\":{\"StartAt\":\"P\",\"States\":{"
                + "\"P\":{\"Type\":\"Pass\",\"Assign\":{\"kept\":\"{% $states.input %}\"},\"Next\":\"T\"},"
                + call("T", "\"{% $kept %}\"", "\"End\":true") + "}},\"End\":true}";
        ExecutionDescription failed = rehearsal.run(map, "[1,2,3]");
        broken.clear();
        ExecutionDescription ended = redrive(failed);
        assertThat(ended.output()).isEqualTo(Rehearsal.json("[1,2,3]"));
        assertThat(payloads).containsExactly("1", "2", "2", "3");
        assertThat(rehearsal.historyTypes(ended.executionArn()).stream().filter("PassStateEntered"::equals))
                .as("the failed iteration goes on at its failed state")
                .hasSize(3);
    }

    @Test
    void onlyUnsuccessfulBranchesRunAgain() {
        broken.add("2");
        String parallel = "\"P\":{\"Type\":\"Parallel\",\"Branches\":["
                + "{\"StartAt\":\"A\",\"States\":{" + call("A", "1", "\"End\":true") + "}},"
                + "{\"StartAt\":\"W\",\"States\":{\"W\":{\"Type\":\"Wait\",\"Seconds\":5,\"Next\":\"B\"},"
                + call("B", "2", "\"End\":true") + "}},"
                + "{\"StartAt\":\"L\",\"States\":{\"L\":{\"Type\":\"Wait\",\"Seconds\":50,\"Next\":\"C\"},"
                + call("C", "3", "\"End\":true") + "}}],\"End\":true}";
        ExecutionDescription failed = rehearsal.run(parallel, "{}");
        broken.clear();
        assertThat(redrive(failed).output()).isEqualTo(Rehearsal.json("[1,2,3]"));
        assertThat(payloads).containsExactly("1", "2", "2", "3");
    }

    @Test
    void aStoppedMapKeepsWhatItsChildrenHaveDone() {
        rehearsal.onTransition = transition -> {
            if (transition.state().equals("T")
                    && transition.direction() == TransitionListener.Direction.ENTERED
                    && payloads.size() == 2) {
                rehearsal.engine.stopExecution(
                        rehearsal.engine.listExecutions(Rehearsal.ARN).get(0).executionArn(), null, null);
            }
        };
        ExecutionDescription stopped = rehearsal.run(
                DistributedMapTest.map("\"MaxConcurrency\":1,", call("T", "\"{% $states.input %}\"", "\"End\":true")),
                "[1,2,3]");
        assertThat(stopped.status()).isEqualTo(ExecutionStatus.ABORTED);
        rehearsal.onTransition = transition -> {};
        assertThat(redrive(stopped).output()).isEqualTo(Rehearsal.json("[1,2,3]"));
        assertThat(payloads).containsExactly("1", "2", "3");
    }

    @Test
    void resultsThatWereTooLargeAreMadeAgain() {
        String large = "x".repeat(200_000);
        String parallel = "\"P\":{\"Type\":\"Parallel\",\"Branches\":["
                + "{\"StartAt\":\"A\",\"States\":{"
                + call("A", "\"{% $states.context.Execution.RedriveCount %}\"", "\"End\":true")
                        .replace("$states.result.Payload", "$states.result.Payload = 0 ? '" + large + "' : 1")
                + "}},{\"StartAt\":\"B\",\"States\":{\"B\":{\"Type\":\"Pass\",\"Output\":\"" + large
                + "\",\"End\":true}}}],"
                + "\"Output\":\"{% $count($states.result) %}\",\"End\":true}";
        ExecutionDescription failed = rehearsal.run(parallel, "{}");
        assertThat(failed.error()).isEqualTo("States.DataLimitExceeded");
        assertThat(redrive(failed).output().intValue()).isEqualTo(2);
        assertThat(payloads).containsExactly("0", "1");
    }
}

package dev.resync.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StopTest {
    private final Rehearsal rehearsal = Rehearsal.manual();

    @AfterEach
    void close() {
        rehearsal.close();
    }

    private static final String ONE_OF_EACH = """
            "Pass":{"Type":"Pass","Next":"Choice"},
            "Choice":{"Type":"Choice","Choices":[{"Condition":"{% true %}","Next":"Task"}]},
            "Task":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Arguments":{"FunctionName":"f"},"Next":"Wait"},
            "Wait":{"Type":"Wait","Seconds":0,"Next":"Inline"},
            "Inline":{"Type":"Map","Items":[1,2],"ItemProcessor":{"StartAt":"InInline","States":{
               "InInline":{"Type":"Pass","End":true}}},"Next":"Parallel"},
            "Parallel":{"Type":"Parallel","Branches":[{"StartAt":"InBranch","States":{"InBranch":{"Type":"Pass","End":true}}},
               {"StartAt":"Other","States":{"Other":{"Type":"Pass","End":true}}}],"Next":"Map"},
            "Map":{"Type":"Map","Label":"l","Items":[1,2],"ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},
               "StartAt":"InChild","States":{"InChild":{"Type":"Succeed"}}},"Next":"Check"},
            "Check":{"Type":"Choice","Choices":[{"Condition":"{% $states.input = 'never' %}","Next":"Succeed"}],"Default":"Fail"},
            "Succeed":{"Type":"Succeed"},
            "Fail":{"Type":"Fail"}
            """;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Pass",
                "Choice",
                "Task",
                "Wait",
                "Inline",
                "InInline",
                "Parallel",
                "InBranch",
                "Map",
                "Check",
                "Fail"
            })
    void stopsOnEnteringAnyState(String state) {
        rehearsal.function("f", payload -> payload);
        rehearsal.onTransition = transition -> {
            if (transition.state().equals(state) && transition.direction() == TransitionListener.Direction.ENTERED) {
                rehearsal.engine.stopExecution(transition.executionArn(), "Stopped", "in " + state);
            }
        };
        ExecutionDescription ended = rehearsal.run(ONE_OF_EACH, "{}");
        assertStopped(ended, state);
        assertThat(rehearsal.transitions.get(rehearsal.transitions.size() - 1))
                .isEqualTo(new TransitionListener.Transition(
                        TransitionListener.Direction.ENTERED,
                        Rehearsal.ARN,
                        ended.executionArn(),
                        state,
                        rehearsal
                                .transitions
                                .get(rehearsal.transitions.size() - 1)
                                .type()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Pass", "Choice", "Task", "Wait", "Inline", "InInline", "Parallel", "InBranch", "Map", "Check"})
    void stopsOnLeavingAnyState(String state) {
        rehearsal.function("f", payload -> payload);
        rehearsal.onTransition = transition -> {
            if (transition.state().equals(state) && transition.direction() == TransitionListener.Direction.EXITED) {
                rehearsal.engine.stopExecution(transition.executionArn(), "Stopped", "in " + state);
            }
        };
        assertStopped(rehearsal.run(ONE_OF_EACH, "{}"), state);
    }

    private void assertStopped(ExecutionDescription ended, String state) {
        assertThat(ended.status()).isEqualTo(ExecutionStatus.ABORTED);
        assertThat(ended.error()).isEqualTo("Stopped");
        assertThat(ended.cause()).isEqualTo("in " + state);
        assertThat(rehearsal.statusesOf(ended.executionArn())).containsExactly("RUNNING", "ABORTED");
        assertThat(rehearsal.historyTypes(ended.executionArn())).endsWith("ExecutionAborted");
        int events = rehearsal.engine.getExecutionHistory(ended.executionArn()).size();
        rehearsal.time.advance(Duration.ofDays(1));
        assertThat(rehearsal.engine.getExecutionHistory(ended.executionArn())).hasSize(events);
    }

    @Test
    void aFunctionUnderWayGoesOnAndItsAnswerIsDropped() {
        CountDownLatch called = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        AtomicBoolean interrupted = new AtomicBoolean(true);
        rehearsal.function("f", payload -> {
            called.countDown();
            InlineMapTest.awaitLatch(release);
            interrupted.set(Thread.currentThread().isInterrupted());
            return payload;
        });
        String arn = rehearsal.start(Rehearsal.machine(ONE_OF_EACH), "{}");
        InlineMapTest.awaitLatch(called);
        rehearsal.engine.stopExecution(arn, null, null);
        ExecutionDescription stopped = rehearsal.engine.describeExecution(arn);
        assertThat(stopped.status()).as("at once").isEqualTo(ExecutionStatus.ABORTED);
        assertThat(stopped.stopDate()).isNotNull();
        assertThat(stopped.error()).isNull();
        release.countDown();
        rehearsal.idle();
        assertThat(interrupted).isFalse();
        assertThat(rehearsal.engine.describeExecution(arn)).isEqualTo(stopped);
        assertThat(rehearsal.historyTypes(arn)).endsWith("TaskStateAborted", "ExecutionAborted");
    }

    @Test
    void childrenOfAMapAreStoppedWithEvents() {
        StateMachine machine = Rehearsal.machine(DistributedMapTest.map(
                "\"MaxConcurrency\":2,", "\"W\":{\"Type\":\"Wait\",\"Seconds\":60,\"End\":true}"));
        String arn = rehearsal.start(machine, "[1,2,3]");
        rehearsal.rest();
        rehearsal.engine.stopExecution(arn, "E", "C");
        List<ExecutionDescription> children = rehearsal.engine.listExecutions(Rehearsal.ARN + "/chunks");
        assertThat(children).as("the third was never started").hasSize(2).allSatisfy(child -> {
            assertThat(child.status()).isEqualTo(ExecutionStatus.ABORTED);
            assertThat(rehearsal.statusesOf(child.executionArn())).containsExactly("RUNNING", "ABORTED");
        });
    }

    @Test
    void aRetryThatIsWaitedForDoesNotHappen() {
        rehearsal.function("f", payload -> {
            throw new FunctionError("E", "x");
        });
        String arn = rehearsal.start(
                Rehearsal.machine(
                        "\"T\":{\"Type\":\"Task\",\"Resource\":\"arn:aws:states:::lambda:invoke\",\"Arguments\":{\"FunctionName\":\"f\"},"
                                + "\"Retry\":[{\"ErrorEquals\":[\"E\"],\"IntervalSeconds\":10}],\"End\":true}"),
                "{}");
        org.awaitility.Awaitility.await()
                .until(() -> rehearsal.historyTypes(arn).contains("TaskFailed"));
        rehearsal.engine.stopExecution(arn, null, null);
        rehearsal.time.advance(Duration.ofSeconds(60));
        assertThat(rehearsal.calls).hasSize(1);
    }

    @Test
    void aClosedExecutionStaysAsItIs() {
        ExecutionDescription ended = rehearsal.run("\"S\":{\"Type\":\"Succeed\"}", "{}");
        assertThat(rehearsal.engine.stopExecution(ended.executionArn(), "E", "C"))
                .isEqualTo(ended.stopDate());
        assertThat(rehearsal.engine.describeExecution(ended.executionArn())).isEqualTo(ended);
        assertThatThrownBy(() -> rehearsal.engine.stopExecution("arn:none", null, null))
                .isInstanceOf(ExecutionDoesNotExist.class);
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void aTaskThatWaitsForATokenIsOver(boolean heartbeat) throws Exception {
        var tokens = new java.util.concurrent.LinkedBlockingQueue<String>();
        rehearsal.function("f", payload -> {
            tokens.add(payload.textValue());
            return payload;
        });
        String arn = rehearsal.start(
                Rehearsal.machine(
                        "\"T\":{\"Type\":\"Task\",\"Resource\":\"arn:aws:states:::lambda:invoke.waitForTaskToken\","
                                + "\"Arguments\":{\"FunctionName\":\"f\",\"Payload\":\"{% $states.context.Task.Token %}\"},\"End\":true}"),
                "{}");
        String token = tokens.poll(30, TimeUnit.SECONDS);
        rehearsal.engine.stopExecution(arn, null, null);
        assertThatThrownBy(() -> {
                    if (heartbeat) {
                        rehearsal.engine.sendTaskHeartbeat(token);
                    } else {
                        rehearsal.engine.sendTaskSuccess(token, null);
                    }
                })
                .isInstanceOf(TaskDoesNotExist.class);
    }
}

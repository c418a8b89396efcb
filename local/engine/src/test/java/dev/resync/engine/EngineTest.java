package dev.resync.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EngineTest {
    private static final StateMachine WAITS =
            Rehearsal.machine("\"W\":{\"Type\":\"Wait\",\"Seconds\":60,\"End\":true}");
    private static final StateMachine ENDS = Rehearsal.machine("\"S\":{\"Type\":\"Succeed\"}");

    private final Rehearsal rehearsal = Rehearsal.manual();

    @AfterEach
    void close() {
        rehearsal.close();
    }

    @Test
    void startingTheSameTwiceIsOneExecution() {
        rehearsal.engine.register(WAITS);
        String first = rehearsal.engine.startExecution(Rehearsal.ARN, "name", Rehearsal.json("{\"a\":1}"));
        String second = rehearsal.engine.startExecution(
                Rehearsal.ARN, "name", Json.NODES.objectNode().put("a", 1L));
        assertThat(second).isEqualTo(first).endsWith(":execution:machine:name");
        assertThat(rehearsal.engine.listExecutions(Rehearsal.ARN)).hasSize(1);
        assertThat(rehearsal.statusesOf(first)).containsExactly("RUNNING");
    }

    @Test
    void aNameIsTakenByAnotherInputAndByAClosedExecution() {
        rehearsal.engine.register(WAITS);
        String arn = rehearsal.engine.startExecution(Rehearsal.ARN, "name", Rehearsal.json("{\"a\":1}"));
        assertThatThrownBy(() -> rehearsal.engine.startExecution(Rehearsal.ARN, "name", Rehearsal.json("{\"a\":2}")))
                .isInstanceOf(ExecutionAlreadyExists.class);
        rehearsal.engine.stopExecution(arn, null, null);
        assertThatThrownBy(() -> rehearsal.engine.startExecution(Rehearsal.ARN, "name", Rehearsal.json("{\"a\":1}")))
                .isInstanceOf(ExecutionAlreadyExists.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a/b", "a:b", "a*", "a\n", "a{b}"})
    void namesThatAwsRefuses(String name) {
        rehearsal.engine.register(ENDS);
        assertThatThrownBy(() -> rehearsal.engine.startExecution(Rehearsal.ARN, name, null))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> rehearsal.engine.startExecution(Rehearsal.ARN, "x".repeat(81), null))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void unknownMachinesAndExecutions() {
        assertThatThrownBy(() -> rehearsal.engine.startExecution(Rehearsal.ARN, null, null))
                .isInstanceOf(StateMachineDoesNotExist.class);
        assertThatThrownBy(() -> rehearsal.engine.describeExecution("x")).isInstanceOf(ExecutionDoesNotExist.class);
        assertThatThrownBy(() -> rehearsal.engine.getExecutionHistory("x")).isInstanceOf(ExecutionDoesNotExist.class);
        assertThatThrownBy(() -> rehearsal.engine.awaitExecution("x", Duration.ZERO))
                .isInstanceOf(ExecutionDoesNotExist.class);
        assertThat(rehearsal.engine.listExecutions("x")).isEmpty();
    }

    @Test
    void describesARunningExecution() {
        String arn = rehearsal.start(WAITS, "[1]");
        ExecutionDescription running = rehearsal.engine.describeExecution(arn);
        assertThat(running)
                .isEqualTo(new ExecutionDescription(
                        arn,
                        Rehearsal.ARN,
                        running.name(),
                        ExecutionStatus.RUNNING,
                        Rehearsal.START,
                        null,
                        Rehearsal.json("[1]"),
                        null,
                        null,
                        null,
                        0,
                        null,
                        RedriveStatus.NOT_REDRIVABLE,
                        null));
        assertThat(rehearsal.engine.awaitExecution(arn, Duration.ofMillis(1))).isEqualTo(running);
    }

    @Test
    void listsTheNewestFirst() {
        rehearsal.engine.register(ENDS);
        for (String name : List.of("a", "b", "c")) {
            rehearsal.engine.startExecution(Rehearsal.ARN, name, null);
        }
        assertThat(rehearsal.engine.listExecutions(Rehearsal.ARN))
                .extracting(ExecutionDescription::name)
                .containsExactly("c", "b", "a");
    }

    @Test
    void forgetsTheOldestClosedExecutionsAndTheirChildren() {
        try (Rehearsal small = Rehearsal.automatic(builder -> builder.mostExecutions(5))) {
            StateMachine map = Rehearsal.machine(DistributedMapTest.map("", "\"S\":{\"Type\":\"Succeed\"}"));
            String first = small.run(map, "[1,2,3]").executionArn();
            String second = small.run(map, "[1]").executionArn();
            String third = small.run(map, "[1]").executionArn();
            assertThat(small.engine.listExecutions(Rehearsal.ARN))
                    .extracting(ExecutionDescription::executionArn)
                    .containsExactly(third, second);
            assertThat(small.engine.listExecutions(Rehearsal.ARN + "/chunks")).hasSize(2);
            assertThatThrownBy(() -> small.engine.describeExecution(first)).isInstanceOf(ExecutionDoesNotExist.class);
        }
    }

    @Test
    void runningExecutionsAreNeverForgotten() {
        try (Rehearsal small = Rehearsal.automatic(builder -> builder.mostExecutions(1))) {
            VirtualTime.Hold hold = small.time.hold();
            String first = small.start(WAITS, "{}");
            String second = small.start(WAITS, "{}");
            assertThat(small.engine.listExecutions(Rehearsal.ARN)).hasSize(2);
            hold.close();
            assertThat(small.await(first).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
            assertThat(small.await(second).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        }
    }

    @Test
    void anotherDefinitionUnderTheSameArnIsForNewExecutions() {
        String running = rehearsal.start(WAITS, "1");
        ExecutionDescription next = rehearsal.run(ENDS, "2");
        assertThat(next.output().intValue()).isEqualTo(2);
        rehearsal.time.advance(Duration.ofSeconds(60));
        assertThat(rehearsal.historyTypes(running)).contains("WaitStateExited");
    }

    @Test
    void closingStopsEverythingAndLeavesNoThread() {
        CountDownLatch called = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        AtomicBoolean interrupted = new AtomicBoolean(true);
        rehearsal.function("f", payload -> {
            called.countDown();
            InlineMapTest.awaitLatch(release);
            interrupted.set(Thread.currentThread().isInterrupted());
            return payload;
        });
        String arn = rehearsal.start(
                Rehearsal.machine(DistributedMapTest.map("\"MaxConcurrency\":1,", InlineMapTest.CALL)), "[1,2,3]");
        InlineMapTest.awaitLatch(called);
        ThreadGroup engineThreads = groupOf("engine");
        Thread releaser = new Thread(() -> {
            Awaitility.await()
                    .until(() -> rehearsal.engine.describeExecution(arn).status() == ExecutionStatus.ABORTED);
            release.countDown();
        });
        releaser.start();
        rehearsal.engine.close();
        assertThat(rehearsal.engine.describeExecution(arn).status()).isEqualTo(ExecutionStatus.ABORTED);
        assertThat(interrupted)
                .as("the function ended by itself, within close()")
                .isFalse();
        assertThat(rehearsal.calls).hasSize(1);
        assertThat(rehearsal
                        .events
                        .get(rehearsal.events.size() - 1)
                        .at("/detail/status")
                        .textValue())
                .isEqualTo("ABORTED");
        Awaitility.await().until(() -> engineThreads.activeCount() == 0);
        assertThatThrownBy(() -> rehearsal.engine.startExecution(Rehearsal.ARN, null, null))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> rehearsal.engine.redriveExecution(arn)).isInstanceOf(IllegalStateException.class);
        rehearsal.engine.close();
    }

    private static ThreadGroup groupOf(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("engine-call"))
                .map(Thread::getThreadGroup)
                .filter(group -> group != null && group.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aFunctionMayCloseTheEngine() {
        CountDownLatch closed = new CountDownLatch(1);
        rehearsal.function("f", payload -> {
            rehearsal.engine.close();
            closed.countDown();
            return payload;
        });
        String arn = rehearsal.start(Rehearsal.machine(InlineMapTest.CALL), "{}");
        InlineMapTest.awaitLatch(closed);
        assertThat(rehearsal.engine.describeExecution(arn).status()).isEqualTo(ExecutionStatus.ABORTED);
    }

    @Test
    void settingsAreChecked() {
        EngineBuilder builder = Engine.builder((function, payload) -> payload);
        assertThatThrownBy(() -> builder.concurrentCalls(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.interpreterThreads(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.mostChildren(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.scheduler(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> Engine.builder(null)).isInstanceOf(NullPointerException.class);
    }

    @Test
    void aMachineIsKnownSinceItWasFirstRegistered() {
        try (Rehearsal rehearsal = Rehearsal.manual()) {
            rehearsal.engine.register(Rehearsal.machine("\"S\":{\"Type\":\"Succeed\"}"));
            rehearsal.time.advance(java.time.Duration.ofSeconds(5));
            StateMachine second = Rehearsal.machine("\"P\":{\"Type\":\"Pass\",\"End\":true}");
            rehearsal.engine.register(second);
            assertThat(rehearsal.engine.listStateMachines())
                    .containsExactly(new RegisteredMachine(second, Rehearsal.START));
        }
    }
}

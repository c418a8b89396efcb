package dev.resync.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ConcurrencyTest {
    @Test
    void aStopRacingWithTheEndHasExactlyOneOutcome() throws Exception {
        try (Rehearsal rehearsal = Rehearsal.automatic()) {
            for (int i = 0; i < 300; i++) {
                CyclicBarrier together = new CyclicBarrier(2);
                rehearsal.function("f", payload -> {
                    meet(together);
                    return payload;
                });
                String arn = rehearsal.start(Rehearsal.machine(InlineMapTest.CALL), "1");
                meet(together);
                rehearsal.engine.stopExecution(arn, null, null);
                ExecutionDescription ended = rehearsal.await(arn);
                rehearsal.rest();
                assertThat(rehearsal.statusesOf(arn))
                        .containsExactly("RUNNING", ended.status().name());
                assertThat(rehearsal.historyTypes(arn).stream().filter(type -> type.startsWith("Execution")))
                        .hasSize(2);
                assertThat(ended.output() == null).isEqualTo(ended.status() == ExecutionStatus.ABORTED);
            }
        }
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void redrivesRacingWithEachOtherAreOneRedrive() throws Exception {
        try (Rehearsal rehearsal = Rehearsal.manual()) {
            String arn =
                    rehearsal.start(Rehearsal.machine("\"W\":{\"Type\":\"Wait\",\"Seconds\":60,\"End\":true}"), "1");
            rehearsal.engine.stopExecution(arn, null, null);
            AtomicInteger refused = new AtomicInteger();
            List<Thread> threads = new ArrayList<>();
            CyclicBarrier together = new CyclicBarrier(4);
            for (int i = 0; i < 4; i++) {
                Thread thread = new Thread(() -> {
                    meet(together);
                    try {
                        rehearsal.engine.redriveExecution(arn);
                    } catch (ExecutionNotRedrivable e) {
                        refused.incrementAndGet();
                    }
                });
                threads.add(thread);
                thread.start();
            }
            for (Thread thread : threads) {
                thread.join(30_000);
            }
            assertThat(refused).hasValue(3);
            assertThat(rehearsal.engine.describeExecution(arn).redriveCount()).isEqualTo(1);
        }
    }

    @Test
    void manyExecutionsRunSideBySide() {
        try (Rehearsal rehearsal = Rehearsal.automatic()) {
            rehearsal.function("f", payload -> Json.NODES.numberNode(payload.intValue() + 1));
            List<String> arns = new ArrayList<>();
            StateMachine machine = Rehearsal.machine(InlineMapTest.CALL);
            for (int i = 0; i < 500; i++) {
                arns.add(rehearsal.start(machine, String.valueOf(i)));
            }
            for (int i = 0; i < 500; i++) {
                assertThat(rehearsal.await(arns.get(i)).output().intValue()).isEqualTo(i + 1);
            }
        }
    }

    @Test
    void tenThousandChildrenThousandAtOnce() {
        try (Rehearsal rehearsal = Rehearsal.automatic(builder -> builder.concurrentCalls(4))) {
            rehearsal.function("f", payload -> Json.NODES.numberNode(payload.intValue() % 10));
            ExecutionDescription ended = rehearsal.run(
                    DistributedMapTest.map(
                            "\"Items\":\"{% [1..10000] %}\",\"MaxConcurrency\":1000,", InlineMapTest.CALL),
                    "{}");
            assertThat(ended.status()).as(ended.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
            JsonNode output = ended.output();
            assertThat(output).hasSize(10_000);
            for (int i = 0; i < 10_000; i++) {
                assertThat(output.get(i).intValue()).isEqualTo((i + 1) % 10);
            }
            assertThat(rehearsal.calls).hasSize(10_000);
            assertThat(rehearsal.engine.listExecutions(Rehearsal.ARN + "/chunks"))
                    .hasSize(10_000);
        }
    }

    @Test
    void aBusyExecutionCanBeStopped() {
        try (Rehearsal rehearsal = Rehearsal.automatic(builder -> builder.longestHistory(10_000_000))) {
            String arn = rehearsal.start(
                    Rehearsal.machine(
                            "\"A\":{\"Type\":\"Choice\",\"Choices\":[{\"Condition\":false,\"Next\":\"E\"}],\"Default\":\"A\"},"
                                    + "\"E\":{\"Type\":\"Succeed\"}"),
                    "1");
            rehearsal.engine.stopExecution(arn, null, null);
            assertThat(rehearsal.await(arn).status()).isEqualTo(ExecutionStatus.ABORTED);
        }
    }
}

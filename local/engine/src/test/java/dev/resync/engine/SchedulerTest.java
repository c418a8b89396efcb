package dev.resync.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SchedulerTest {
    private static final Instant START = Rehearsal.START;

    private final List<String> ran = Collections.synchronizedList(new ArrayList<>());

    @Test
    void aManualClockRunsWhatFallsDueInOrder() {
        VirtualTime time = VirtualTime.manual(START);
        time.schedule(Duration.ofSeconds(5), () -> ran.add("five " + time.now()));
        time.schedule(Duration.ofSeconds(3), () -> {
            ran.add("three");
            time.schedule(Duration.ofSeconds(1), () -> ran.add("four"));
        });
        time.schedule(Duration.ofSeconds(3), () -> ran.add("three again"));
        time.schedule(Duration.ofSeconds(7), () -> ran.add("seven"));
        assertThat(ran).isEmpty();
        time.advance(Duration.ofSeconds(6));
        assertThat(ran).containsExactly("three", "three again", "four", "five 2030-01-01T00:00:05Z");
        assertThat(time.now()).isEqualTo(START.plusSeconds(6));
    }

    @Test
    void anAutomaticClockJumpsOnlyWhenNothingHappens() {
        VirtualTime time = VirtualTime.automatic(START);
        time.began(Scheduler.Work.STEP);
        time.schedule(Duration.ofSeconds(5), () -> ran.add("timer"));
        time.began(Scheduler.Work.CALL);
        time.ended(Scheduler.Work.STEP);
        assertThat(ran).as("a function runs").isEmpty();
        assertThat(time.awaitRest(Duration.ZERO)).isTrue();
        assertThat(time.awaitIdle(Duration.ofMillis(5))).isFalse();
        time.ended(Scheduler.Work.CALL);
        assertThat(time.awaitIdle(Duration.ZERO)).isTrue();
        assertThat(ran).containsExactly("timer");
        assertThat(time.now()).isEqualTo(START.plusSeconds(5));
    }

    @Test
    void aTimerThatStartsWorkKeepsTheNextFromRunning() {
        VirtualTime time = VirtualTime.automatic(START);
        VirtualTime.Hold hold = time.hold();
        time.schedule(Duration.ofSeconds(1), () -> {
            ran.add("first");
            time.began(Scheduler.Work.STEP);
        });
        time.schedule(Duration.ofSeconds(2), () -> ran.add("second"));
        hold.close();
        hold.close();
        assertThat(ran).containsExactly("first");
        time.ended(Scheduler.Work.STEP);
        assertThat(ran).containsExactly("first", "second");
    }

    @Test
    void cancelledTimersDoNotRun() {
        VirtualTime time = VirtualTime.manual(START);
        Scheduler.Timer timer = time.schedule(Duration.ofSeconds(1), () -> ran.add("cancelled"));
        time.schedule(Duration.ofSeconds(1), () -> ran.add("kept"));
        timer.cancel();
        timer.cancel();
        time.advance(Duration.ofSeconds(2));
        assertThat(ran).containsExactly("kept");
    }

    @Test
    void whatIsOverdueRunsAtOnceAndTimeDoesNotGoBack() {
        VirtualTime time = VirtualTime.manual(START);
        time.schedule(Duration.ofSeconds(-5), () -> ran.add("overdue"));
        assertThat(ran).containsExactly("overdue");
        assertThat(time.now()).isEqualTo(START);
    }

    @Test
    void anAutomaticClockCannotBeAdvanced() {
        VirtualTime time = VirtualTime.automatic(START);
        assertThatThrownBy(() -> time.advance(Duration.ZERO)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void restIsNotReachedWhileSomethingHappens() {
        VirtualTime time = VirtualTime.manual(START);
        time.began(Scheduler.Work.STEP);
        assertThat(time.awaitRest(Duration.ofMillis(5))).isFalse();
        time.ended(Scheduler.Work.STEP);
        assertThat(time.awaitRest(Duration.ZERO)).isTrue();
    }

    @Test
    void aClosedClockRunsNothing() {
        VirtualTime time = VirtualTime.manual(START);
        time.schedule(Duration.ofSeconds(1), () -> ran.add("before"));
        time.close();
        time.schedule(Duration.ofSeconds(1), () -> ran.add("after"));
        time.advance(Duration.ofSeconds(2));
        assertThat(ran).isEmpty();
    }

    @Test
    void realTimeRunsTimersInOrder() throws Exception {
        CountDownLatch done = new CountDownLatch(2);
        try (RealTime time = new RealTime()) {
            Instant before = time.now();
            time.schedule(Duration.ofMillis(20), () -> {
                ran.add("later");
                done.countDown();
            });
            time.schedule(Duration.ZERO, () -> {
                ran.add("sooner");
                done.countDown();
            });
            time.schedule(Duration.ofMillis(10), () -> ran.add("cancelled")).cancel();
            assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(time.now()).isAfterOrEqualTo(before.plusMillis(20));
        }
        assertThat(ran).containsExactly("sooner", "later");
    }

    @Test
    void closedRealTimeRunsNothingAndDoesNotThrow() {
        RealTime time = new RealTime();
        time.schedule(Duration.ofDays(1), () -> ran.add("never"));
        time.close();
        time.schedule(Duration.ZERO, () -> ran.add("never")).cancel();
        assertThat(ran).isEmpty();
    }

    @Test
    void anEngineRunsInRealTimeUnlessToldOtherwise() {
        try (Engine engine = Engine.builder((function, payload) -> payload).build()) {
            engine.register(
                    Rehearsal.machine("\"W\":{\"Type\":\"Wait\",\"Seconds\":0,\"Next\":\"T\"}," + InlineMapTest.CALL));
            String arn = engine.startExecution(Rehearsal.ARN, null, Rehearsal.json("[1]"));
            assertThat(engine.awaitExecution(arn, Rehearsal.PATIENCE).output()).isEqualTo(Rehearsal.json("[1]"));
        }
    }

    @Test
    void functionsTakeTimeAndAsManyAtOnceAsAreAllowed() {
        AtomicInteger atOnce = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        try (Rehearsal rehearsal = Rehearsal.automatic()) {
            rehearsal.function("f", payload -> {
                most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
                try {
                    rehearsal.time.takeTime(Duration.ofSeconds(payload.intValue()));
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                } finally {
                    atOnce.decrementAndGet();
                }
                return payload;
            });
            ExecutionDescription ended = rehearsal.run("""
                    "M":{"Type":"Map","Items":[10,10,10,10,5],"MaxConcurrency":2,"ItemProcessor":{
                      "ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},"StartAt":"F","States":{
                      "F":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","TimeoutSeconds":11,
                        "Arguments":{"FunctionName":"f","Payload":"{% $states.input %}"},"End":true}}},"End":true}
                    """, "{}");
            assertThat(ended.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
            assertThat(ended.stopDate()).isEqualTo(START.plusSeconds(25));
            assertThat(most).hasValue(2);
        }
    }

    @Test
    void aFunctionThatTakesTimeGoesOnWhenTheClockIsClosed() throws InterruptedException {
        VirtualTime time = VirtualTime.manual(START);
        time.began(Scheduler.Work.CALL);
        Thread function = new Thread(() -> {
            try {
                time.takeTime(Duration.ofSeconds(1));
                ran.add("went on");
            } catch (InterruptedException e) {
                ran.add("interrupted");
            }
        });
        function.start();
        time.close();
        function.join(Rehearsal.PATIENCE.toMillis());
        assertThat(ran).containsExactly("went on");
        assertThat(time.awaitIdle(Duration.ZERO))
                .as("counts as under way again")
                .isFalse();
    }
}

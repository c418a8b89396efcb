package dev.resync.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Task time limits, heartbeats and tokens, with a clock that moves only when told. */
class TimeLimitTest {
    private final Rehearsal rehearsal = Rehearsal.manual();
    private final BlockingQueue<String> tokens = new LinkedBlockingQueue<>();
    private final CountDownLatch release = new CountDownLatch(1);
    private final CountDownLatch called = new CountDownLatch(1);

    @BeforeEach
    void functions() {
        rehearsal.function("ask", payload -> {
            tokens.add(payload.textValue());
            return Json.NODES.textNode("asked");
        });
        rehearsal.function("slow", payload -> {
            called.countDown();
            InlineMapTest.awaitLatch(release);
            return Json.NODES.textNode("late");
        });
    }

    @AfterEach
    void close() {
        release.countDown();
        rehearsal.close();
    }

    private static String wait(String more) {
        return "\"T\":{\"Type\":\"Task\",\"Resource\":\"arn:aws:states:::lambda:invoke.waitForTaskToken\","
                + "\"Arguments\":{\"FunctionName\":\"ask\",\"Payload\":\"{% $states.context.Task.Token %}\"}," + more
                + "\"End\":true}";
    }

    private static String slow(String more) {
        return "\"T\":{\"Type\":\"Task\",\"Resource\":\"arn:aws:states:::lambda:invoke\","
                + "\"Arguments\":{\"FunctionName\":\"slow\"}," + more + "\"End\":true}";
    }

    private String token() throws InterruptedException {
        String token = tokens.poll(30, TimeUnit.SECONDS);
        assertThat(token).isNotNull();
        return token;
    }

    private ExecutionDescription describe(String arn) {
        rehearsal.rest();
        return rehearsal.engine.describeExecution(arn);
    }

    @Test
    void theResultComesWithTheToken() throws Exception {
        String arn = rehearsal.start(Rehearsal.machine(wait("")), "{}");
        String token = token();
        assertThat(describe(arn).status()).isEqualTo(ExecutionStatus.RUNNING);
        rehearsal.engine.sendTaskSuccess(token, Rehearsal.json("{\"ok\":[null]}"));
        assertThat(rehearsal.await(arn).output()).isEqualTo(Rehearsal.json("{\"ok\":[null]}"));
        assertThatThrownBy(() -> rehearsal.engine.sendTaskSuccess(token, null)).isInstanceOf(TaskDoesNotExist.class);
        assertThatThrownBy(() -> rehearsal.engine.sendTaskHeartbeat(token)).isInstanceOf(TaskDoesNotExist.class);
    }

    @Test
    void theResultMayComeBeforeTheFunctionReturns() {
        rehearsal.function("ask", payload -> {
            rehearsal.engine.sendTaskSuccess(payload.textValue(), Json.NODES.numberNode(1));
            return null;
        });
        assertThat(rehearsal.run(wait(""), "{}").output().intValue()).isEqualTo(1);
    }

    @Test
    void aFailureComesWithTheToken() throws Exception {
        String arn = rehearsal.start(Rehearsal.machine(wait("")), "{}");
        rehearsal.engine.sendTaskFailure(token(), "Refused", "by somebody");
        ExecutionDescription ended = rehearsal.await(arn);
        assertThat(ended.error()).isEqualTo("Refused");
        assertThat(ended.cause()).isEqualTo("by somebody");
    }

    @Test
    void aFunctionThatFailsFailsTheTaskWithItsToken() {
        rehearsal.function("ask", payload -> {
            throw new FunctionError("Bad", "x");
        });
        assertThat(rehearsal.run(wait(""), "{}").error()).isEqualTo("Bad");
    }

    @Test
    void unknownTokens() {
        assertThatThrownBy(() -> rehearsal.engine.sendTaskSuccess("none", null)).isInstanceOf(TaskDoesNotExist.class);
        assertThatThrownBy(() -> rehearsal.engine.sendTaskFailure("none", null, null))
                .isInstanceOf(TaskDoesNotExist.class);
    }

    @Test
    void aRetriedTaskHasANewToken() throws Exception {
        String arn = rehearsal.start(
                Rehearsal.machine(wait("\"Retry\":[{\"ErrorEquals\":[\"Again\"],\"IntervalSeconds\":5}],")), "{}");
        String first = token();
        rehearsal.engine.sendTaskFailure(first, "Again", null);
        rehearsal.time.advance(Duration.ofSeconds(5));
        String second = token();
        assertThat(second).isNotEqualTo(first);
        assertThatThrownBy(() -> rehearsal.engine.sendTaskSuccess(first, null)).isInstanceOf(TaskDoesNotExist.class);
        rehearsal.engine.sendTaskSuccess(second, null);
        assertThat(rehearsal.await(arn).output().isNull()).isTrue();
    }

    @Test
    void aTokenIsNotWaitedForLongerThanTheTimeLimit() throws Exception {
        String arn = rehearsal.start(Rehearsal.machine(wait("\"TimeoutSeconds\":\"{% 60 %}\",")), "{}");
        String token = token();
        rehearsal.time.advance(Duration.ofSeconds(59));
        assertThat(describe(arn).status()).isEqualTo(ExecutionStatus.RUNNING);
        rehearsal.time.advance(Duration.ofSeconds(1));
        assertThat(describe(arn).error()).isEqualTo("States.Timeout");
        assertThat(describe(arn).status())
                .as("only the limit of the machine makes TIMED_OUT")
                .isEqualTo(ExecutionStatus.FAILED);
        assertThat(rehearsal.historyTypes(arn)).endsWith("TaskTimedOut", "ExecutionFailed");
        assertThatThrownBy(() -> rehearsal.engine.sendTaskSuccess(token, null)).isInstanceOf(TaskDoesNotExist.class);
    }

    @Test
    void heartbeatsKeepATaskAlive() throws Exception {
        String arn = rehearsal.start(Rehearsal.machine(wait("\"HeartbeatSeconds\":10,\"TimeoutSeconds\":100,")), "{}");
        String token = token();
        for (int i = 0; i < 3; i++) {
            rehearsal.time.advance(Duration.ofSeconds(9));
            rehearsal.engine.sendTaskHeartbeat(token);
        }
        assertThat(describe(arn).status()).isEqualTo(ExecutionStatus.RUNNING);
        rehearsal.time.advance(Duration.ofSeconds(10));
        assertThat(describe(arn).error()).isEqualTo("States.HeartbeatTimeout");
    }

    @Test
    void heartbeatsDoNotMoveTheTimeLimit() throws Exception {
        String arn = rehearsal.start(Rehearsal.machine(wait("\"HeartbeatSeconds\":10,\"TimeoutSeconds\":12,")), "{}");
        String token = token();
        rehearsal.time.advance(Duration.ofSeconds(9));
        rehearsal.engine.sendTaskHeartbeat(token);
        rehearsal.time.advance(Duration.ofSeconds(3));
        assertThat(describe(arn).error()).isEqualTo("States.Timeout");
    }

    @Test
    void aSlowFunctionTimesOutAndItsAnswerIsDropped() throws Exception {
        String arn = rehearsal.start(
                Rehearsal.machine(
                        slow("\"TimeoutSeconds\":60,"
                                        + "\"Catch\":[{\"ErrorEquals\":[\"States.Timeout\"],\"Next\":\"W\"}],")
                                + ",\"W\":{\"Type\":\"Wait\",\"Seconds\":10,\"Output\":\"{% $states.input.Error %}\",\"End\":true}"),
                "{}");
        assertThat(called.await(30, TimeUnit.SECONDS)).isTrue();
        rehearsal.time.advance(Duration.ofSeconds(60));
        assertThat(rehearsal.historyTypes(arn)).contains("TaskTimedOut", "WaitStateEntered");
        release.countDown();
        rehearsal.idle();
        rehearsal.time.advance(Duration.ofSeconds(10));
        assertThat(rehearsal.await(arn).output().textValue()).isEqualTo("States.Timeout");
        assertThat(rehearsal.historyTypes(arn)).doesNotContain("TaskSucceeded");
    }

    @Test
    void timeLimitsFromExpressionsAreChecked() {
        assertThat(rehearsal.run(wait("\"TimeoutSeconds\":\"{% 0 %}\","), "{}").error())
                .isEqualTo("States.QueryEvaluationError");
        assertThat(rehearsal
                        .run(wait("\"HeartbeatSeconds\":\"{% 'x' %}\","), "{}")
                        .error())
                .isEqualTo("States.QueryEvaluationError");
        assertThat(tokens).isEmpty();
    }
}

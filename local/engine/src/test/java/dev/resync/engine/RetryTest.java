package dev.resync.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryTest {
    private final Rehearsal rehearsal = Rehearsal.automatic();
    private final List<Instant> callTimes = new ArrayList<>();

    @AfterEach
    void close() {
        rehearsal.close();
    }

    private static String task(String retry) {
        return "\"T\":{\"Type\":\"Task\",\"Resource\":\"arn:aws:states:::lambda:invoke\","
                + "\"Arguments\":{\"FunctionName\":\"f\",\"Payload\":\"{% $states.context.State.RetryCount %}\"},"
                + "\"Retry\":" + retry + ",\"End\":true}";
    }

    /** Fails with the errors one after the other, then answers with its payload. */
    private void failing(String... errors) {
        rehearsal.function("f", payload -> {
            callTimes.add(rehearsal.time.now());
            int call = callTimes.size() - 1;
            if (call < errors.length) {
                throw new FunctionError(errors[call], "x");
            }
            return payload;
        });
    }

    private List<Long> delaysMillis() {
        List<Long> delays = new ArrayList<>();
        for (int i = 1; i < callTimes.size(); i++) {
            delays.add(Duration.between(callTimes.get(i - 1), callTimes.get(i)).toMillis());
        }
        return delays;
    }

    @Test
    void theDefaultsAreThreeRetriesAfterOneTwoAndFourSeconds() {
        failing("E", "E", "E", "E");
        ExecutionDescription ended = rehearsal.run(task("[{\"ErrorEquals\":[\"States.ALL\"]}]"), "{}");
        assertThat(ended.error()).isEqualTo("E");
        assertThat(delaysMillis()).containsExactly(1000L, 2000L, 4000L);
    }

    @Test
    void backOffGrowsToTheMaximumDelay() {
        failing("E", "E", "E", "E", "E");
        assertThat(rehearsal
                        .output(
                                task("[{\"ErrorEquals\":[\"E\"],\"IntervalSeconds\":10,\"BackoffRate\":1.5,"
                                        + "\"MaxDelaySeconds\":20,\"MaxAttempts\":5,\"JitterStrategy\":\"NONE\"}]"),
                                "{}")
                        .get("Payload")
                        .intValue())
                .as("RetryCount in the context")
                .isEqualTo(5);
        assertThat(delaysMillis()).containsExactly(10_000L, 15_000L, 20_000L, 20_000L, 20_000L);
    }

    @ParameterizedTest
    @CsvSource({"0.0,0,0", "0.25,2500,5000", "0.999,9990,19980"})
    void fullJitterChoosesFromZeroToTheDelay(double chance, long first, long second) {
        rehearsal.chance = chance;
        failing("E", "E");
        rehearsal.output(task("[{\"ErrorEquals\":[\"E\"],\"IntervalSeconds\":10,\"JitterStrategy\":\"FULL\"}]"), "{}");
        assertThat(delaysMillis()).containsExactly(first, second);
    }

    @Test
    void eachEntryCountsForItself() {
        failing("A", "B", "A", "B", "A");
        ExecutionDescription ended = rehearsal.run(
                task("[{\"ErrorEquals\":[\"A\"],\"IntervalSeconds\":1,\"MaxAttempts\":2},"
                        + "{\"ErrorEquals\":[\"B\"],\"IntervalSeconds\":10,\"MaxAttempts\":2}]"),
                "{}");
        assertThat(ended.error()).isEqualTo("A");
        assertThat(delaysMillis()).containsExactly(1000L, 10_000L, 2000L, 20_000L);
    }

    @Test
    void aUsedUpEntryIsNotReplacedByALaterOne() {
        failing("A", "A");
        ExecutionDescription ended = rehearsal.run(
                task("[{\"ErrorEquals\":[\"A\"],\"MaxAttempts\":1},{\"ErrorEquals\":[\"States.ALL\"]}]"), "{}");
        assertThat(ended.status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(callTimes).hasSize(2);
    }

    @Test
    void noAttemptsMeansNoRetry() {
        failing("A");
        assertThat(rehearsal
                        .run(
                                task(
                                        "[{\"ErrorEquals\":[\"A\"],\"MaxAttempts\":0},{\"ErrorEquals\":[\"States.ALL\"]}]"),
                                "{}")
                        .status())
                .isEqualTo(ExecutionStatus.FAILED);
        assertThat(callTimes).hasSize(1);
    }

    @Test
    void whatDoesNotMatchIsNotRetried() {
        failing("B");
        assertThat(rehearsal
                        .run(task("[{\"ErrorEquals\":[\"A\",\"C\"]}]"), "{}")
                        .error())
                .isEqualTo("B");
        assertThat(callTimes).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "States.ALL,Mine,true",
        "States.ALL,States.Timeout,true",
        "States.ALL,States.DataLimitExceeded,false",
        "States.ALL,States.Runtime,false",
        "States.Runtime,States.Runtime,false",
        "States.DataLimitExceeded,States.DataLimitExceeded,true",
        "States.TaskFailed,Mine,true",
        "States.TaskFailed,States.QueryEvaluationError,true",
        "States.TaskFailed,States.Timeout,false",
        "States.TaskFailed,States.Runtime,false",
        "States.TaskFailed,States.DataLimitExceeded,false",
        "States.Timeout,States.Timeout,true",
        "States.Timeout,States.HeartbeatTimeout,true",
        "States.HeartbeatTimeout,States.Timeout,false",
        "Mine,Mine,true",
        "Mine,mine,false",
        "Mi,Mine,false"
    })
    void wildcardsAndTheirExceptions(String listed, String error, boolean matches) {
        assertThat(new StatesError(error, null).isMatchedBy(listed)).isEqualTo(matches);
    }
}

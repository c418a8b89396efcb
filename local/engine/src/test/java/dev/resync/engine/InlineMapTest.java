package dev.resync.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InlineMapTest {
    static final String CALL = """
            "T":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke",
              "Arguments":{"FunctionName":"f","Payload":"{% $states.input %}"},
              "Output":"{% $states.result.Payload %}","End":true}
            """;

    private final Rehearsal rehearsal = Rehearsal.automatic();

    @AfterEach
    void close() {
        rehearsal.close();
    }

    private static String map(String fields, String states) {
        String first = Rehearsal.json("{" + states + "}").fieldNames().next();
        return "\"M\":{\"Type\":\"Map\"," + fields + "\"ItemProcessor\":{\"StartAt\":\"" + first + "\",\"States\":{"
                + states + "}},\"End\":true}";
    }

    @Test
    void resultsComeInTheOrderOfTheItems() {
        JsonNode output = rehearsal.output(
                map(
                        "",
                        "\"W\":{\"Type\":\"Wait\",\"Seconds\":\"{% 10 - $states.input %}\",\"Output\":\"{% $states.input * 2 %}\",\"End\":true}"),
                "[1,5,9,2]");
        assertThat(output).isEqualTo(Rehearsal.json("[2,10,18,4]"));
    }

    @Test
    void anEmptyMapIsDoneAtOnce() {
        assertThat(rehearsal.output(map("", CALL), "[]")).isEqualTo(Rehearsal.json("[]"));
        assertThat(rehearsal.calls).isEmpty();
    }

    @Test
    void itemSelectorAndContextKnowTheItem() {
        JsonNode output = rehearsal.output(
                map(
                        "\"Items\":\"{% $states.input.list %}\",\"ItemSelector\":{\"i\":\"{% $states.context.Map.Item.Index %}\","
                                + "\"v\":\"{% $states.context.Map.Item.Value %}\",\"all\":\"{% $count($states.input.list) %}\"},",
                        "\"P\":{\"Type\":\"Pass\",\"Output\":[\"{% $states.input %}\",\"{% $states.context.Map.Item.Value %}\"],\"End\":true}"),
                "{\"list\":[\"a\",\"b\"]}");
        assertThat(output)
                .isEqualTo(Rehearsal.json(
                        "[[{\"i\":0,\"v\":\"a\",\"all\":2},\"a\"],[{\"i\":1,\"v\":\"b\",\"all\":2},\"b\"]]"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{% 5 %}", "{% {'a':1} %}", "{% 'x' %}", "{% $states.input.missing %}"})
    void itemsMustBeAnArray(String items) {
        assertThat(rehearsal
                        .run(map("\"Items\":\"" + items + "\",", CALL), "{}")
                        .error())
                .isEqualTo("States.QueryEvaluationError");
    }

    @ParameterizedTest
    @CsvSource({"1,1", "3,3", "0,40", "100,40"})
    void noMoreIterationsThanAllowedRunAtOnce(int maxConcurrency, int expected) throws Exception {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch full = new CountDownLatch(expected);
        rehearsal.function("f", payload -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            full.countDown();
            awaitLatch(full);
            running.decrementAndGet();
            return payload;
        });
        JsonNode output = rehearsal.output(
                map("\"MaxConcurrency\":\"{% " + maxConcurrency + " %}\",\"Items\":\"{% $range(1,60,1) %}\",", CALL),
                "{}");
        assertThat(output).hasSize(60);
        assertThat(most).hasValue(expected);
    }

    static void awaitLatch(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void theFirstFailureEndsTheMap() {
        rehearsal.function("f", payload -> {
            if (payload.intValue() == 2) {
                throw new FunctionError("Bad", "item");
            }
            return payload;
        });
        ExecutionDescription ended = rehearsal.run(map("\"MaxConcurrency\":1,", CALL), "[1,2,3]");
        assertThat(ended.error()).isEqualTo("Bad");
        assertThat(rehearsal.calls).hasSize(2);
        assertThat(rehearsal.historyTypes(ended.executionArn()))
                .contains("MapIterationSucceeded", "MapIterationFailed", "MapStateFailed");
    }

    @Test
    void iterationsUnderWayAreAbortedWhenOneFails() {
        String states = """
                "C":{"Type":"Choice","Choices":[{"Condition":"{% $states.input = 1 %}","Next":"F"}],"Default":"W"},
                "F":{"Type":"Fail","Error":"Mine"},
                "W":{"Type":"Wait","Seconds":100,"End":true}
                """;
        ExecutionDescription ended = rehearsal.run(map("", states), "[0,1,2]");
        assertThat(ended.error()).isEqualTo("Mine");
        assertThat(ended.stopDate()).as("nothing waited for").isEqualTo(Rehearsal.START);
        List<String> types = rehearsal.historyTypes(ended.executionArn());
        assertThat(types.stream().filter("MapIterationAborted"::equals)).hasSize(2);
        assertThat(types.stream().filter("MapIterationFailed"::equals)).hasSize(1);
    }

    @Test
    void aFailedMapCanBeRetriedAndCaught() {
        AtomicInteger calls = new AtomicInteger();
        rehearsal.function("f", payload -> {
            if (calls.incrementAndGet() <= 2) {
                throw new FunctionError("Bad", "x");
            }
            return payload;
        });
        String handled = map(
                "\"MaxConcurrency\":1,\"Retry\":[{\"ErrorEquals\":[\"Bad\"],\"MaxAttempts\":1}],"
                        + "\"Catch\":[{\"ErrorEquals\":[\"Bad\"],\"Next\":\"S\",\"Output\":\"{% 'caught' %}\"}],",
                CALL);
        assertThat(rehearsal.output(handled + ",\"S\":{\"Type\":\"Succeed\"}", "[1]"))
                .isEqualTo(Rehearsal.json("\"caught\""));
        assertThat(rehearsal.output(handled + ",\"S\":{\"Type\":\"Succeed\"}", "[1,2]"))
                .isEqualTo(Rehearsal.json("[1,2]"));
    }

    @Test
    void anErrorInTheItemSelectorFailsTheMap() {
        ExecutionDescription ended = rehearsal.run(
                map("\"ItemSelector\":\"{% $states.context.Map.Item.Value.a %}\",", CALL), "[{\"a\":1},{}]");
        assertThat(ended.error()).isEqualTo("States.QueryEvaluationError");
    }

    @Test
    void mapsMayBeNested() {
        String inner = """
                "N":{"Type":"Map","ItemProcessor":{"StartAt":"P","States":{
                  "P":{"Type":"Pass","Output":"{% $states.input * 10 %}","End":true}}},"End":true}
                """;
        assertThat(rehearsal.output(map("", inner), "[[1,2],[],[3]]")).isEqualTo(Rehearsal.json("[[10,20],[],[30]]"));
    }
}

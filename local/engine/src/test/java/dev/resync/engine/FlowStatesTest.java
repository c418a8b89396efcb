package dev.resync.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FlowStatesTest {
    private final Rehearsal rehearsal = Rehearsal.automatic();

    @AfterEach
    void close() {
        rehearsal.close();
    }

    @Test
    void passHandsItsInputOn() {
        assertThat(rehearsal.output("\"P\":{\"Type\":\"Pass\",\"End\":true}", "[1,{\"a\":null}]"))
                .isEqualTo(Rehearsal.json("[1,{\"a\":null}]"));
    }

    @Test
    void succeedEndsWithItsOutput() {
        assertThat(rehearsal.output(
                        "\"S\":{\"Type\":\"Succeed\",\"Output\":{\"got\":\"{% $states.input.a %}\"}}", "{\"a\":1}"))
                .isEqualTo(Rehearsal.json("{\"got\":1}"));
        assertThat(rehearsal.output("\"S\":{\"Type\":\"Succeed\"}", "5")).isEqualTo(Rehearsal.json("5"));
    }

    @Test
    void failEndsWithErrorAndCause() {
        ExecutionDescription ended = rehearsal.run(
                "\"F\":{\"Type\":\"Fail\",\"Error\":\"Mine\",\"Cause\":\"{% 'for ' & $states.input.who %}\"}",
                "{\"who\":\"you\"}");
        assertThat(ended.status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(ended.error()).isEqualTo("Mine");
        assertThat(ended.cause()).isEqualTo("for you");
        assertThat(ended.output()).isNull();
    }

    @Test
    void failNeedsNeitherErrorNorCause() {
        ExecutionDescription ended = rehearsal.run("\"F\":{\"Type\":\"Fail\"}", "{}");
        assertThat(ended.status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(ended.error()).isNull();
        assertThat(ended.cause()).isNull();
    }

    @Test
    void failWithACauseThatIsNoString() {
        ExecutionDescription ended = rehearsal.run("\"F\":{\"Type\":\"Fail\",\"Cause\":\"{% 1 %}\"}", "{}");
        assertThat(ended.error()).isEqualTo("States.QueryEvaluationError");
    }

    private static final String CHOICE = """
            "C":{"Type":"Choice","Assign":{"way":"default"},"Output":"{% 'otherwise' %}","Default":"D","Choices":[
               {"Condition":"{% $states.input = 1 %}","Next":"A","Assign":{"way":"one"},"Output":"{% 'first' %}"},
               {"Condition":"{% $states.input < 3 %}","Next":"B","Comment":"x"}]},
            "A":{"Type":"Succeed","Output":["A","{% $way %}","{% $states.input %}"]},
            "B":{"Type":"Succeed","Output":["B","{% $exists($way) %}","{% $states.input %}"]},
            "D":{"Type":"Succeed","Output":["D","{% $way %}","{% $states.input %}"]}
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {"1|[\"A\",\"one\",\"first\"]", "2|[\"B\",false,2]", "3|[\"D\",\"default\",\"otherwise\"]"})
    void choiceTakesTheFirstRuleThatHolds(String input, String expected) {
        assertThat(rehearsal.output(CHOICE, input)).isEqualTo(Rehearsal.json(expected));
    }

    @Test
    void choiceWithoutAMatch() {
        ExecutionDescription ended = rehearsal.run(
                "\"C\":{\"Type\":\"Choice\",\"Choices\":[{\"Condition\":\"{% false %}\",\"Next\":\"S\"}]},"
                        + "\"S\":{\"Type\":\"Succeed\"}",
                "{}");
        assertThat(ended.error()).isEqualTo("States.NoChoiceMatched");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "'true'", "null", "$states.input.missing"})
    void choiceConditionMustBeABoolean(String condition) {
        ExecutionDescription ended = rehearsal.run(
                "\"C\":{\"Type\":\"Choice\",\"Choices\":[{\"Condition\":\"{% " + condition + " %}\",\"Next\":\"S\"}]},"
                        + "\"S\":{\"Type\":\"Succeed\"}",
                "{}");
        assertThat(ended.error()).isEqualTo("States.QueryEvaluationError");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "\"Seconds\":3600|3600",
                "\"Seconds\":0|0",
                "\"Seconds\":\"{% $states.input.s %}\"|90",
                "\"Timestamp\":\"2030-01-01T01:00:00+00:30\"|1800",
                "\"Timestamp\":\"{% $states.input.t %}\"|5",
                "\"Timestamp\":\"2029-01-01T00:00:00Z\"|0"
            })
    void waitsAsLongAsItSays(String field, long seconds) {
        ExecutionDescription ended = rehearsal.run(
                "\"W\":{\"Type\":\"Wait\"," + field + ",\"Output\":\"{% $states.input.s %}\",\"End\":true}",
                "{\"s\":90,\"t\":\"2030-01-01T00:00:05Z\"}");
        assertThat(ended.output().intValue()).isEqualTo(90);
        assertThat(Duration.between(ended.startDate(), ended.stopDate())).hasSeconds(seconds);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"Seconds\":\"{% -1 %}\"",
                "\"Seconds\":\"{% 1.5 %}\"",
                "\"Seconds\":\"{% '5' %}\"",
                "\"Seconds\":\"{% 100000000 %}\"",
                "\"Timestamp\":\"{% 'tomorrow' %}\"",
                "\"Timestamp\":\"{% 5 %}\""
            })
    void waitsForNothingElse(String field) {
        ExecutionDescription ended = rehearsal.run("\"W\":{\"Type\":\"Wait\"," + field + ",\"End\":true}", "{}");
        assertThat(ended.error()).isEqualTo("States.QueryEvaluationError");
        assertThat(ended.stopDate()).isEqualTo(Rehearsal.START);
    }

    @Test
    void aLongLoopEndsWhereTheHistoryIsFull() {
        try (Rehearsal small = Rehearsal.automatic(builder -> builder.longestHistory(1000))) {
            ExecutionDescription ended = small.run(
                    "\"A\":{\"Type\":\"Choice\",\"Choices\":[{\"Condition\":\"{% false %}\",\"Next\":\"E\"}],"
                            + "\"Default\":\"B\"},\"B\":{\"Type\":\"Pass\",\"Next\":\"A\"},\"E\":{\"Type\":\"Succeed\"}",
                    "{}");
            assertThat(ended.error()).isEqualTo("States.Runtime");
            assertThat(ended.cause()).contains("1000 history events");
            assertThat(small.engine.getExecutionHistory(ended.executionArn())).hasSize(1000);
        }
    }

    @Test
    void theTimeLimitOfTheMachineEndsTheExecution() {
        ExecutionDescription ended = rehearsal.run(
                Rehearsal.machine("\"TimeoutSeconds\":10,", "\"W\":{\"Type\":\"Wait\",\"Seconds\":60,\"End\":true}"),
                "{}");
        assertThat(ended.status()).isEqualTo(ExecutionStatus.TIMED_OUT);
        assertThat(ended.error()).isEqualTo("States.Timeout");
        assertThat(ended.stopDate()).isEqualTo(Instant.parse("2030-01-01T00:00:10Z"));
        assertThat(rehearsal.historyTypes(ended.executionArn()))
                .containsExactly("ExecutionStarted", "WaitStateEntered", "WaitStateAborted", "ExecutionTimedOut");
    }
}

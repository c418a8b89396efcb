package dev.resync.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatchTest {
    private final Rehearsal rehearsal = Rehearsal.automatic().function("f", payload -> {
        throw new FunctionError(payload.textValue(), "why");
    });

    @AfterEach
    void close() {
        rehearsal.close();
    }

    private static String task(String more) {
        return "\"T\":{\"Type\":\"Task\",\"Resource\":\"arn:aws:states:::lambda:invoke\","
                + "\"Arguments\":{\"FunctionName\":\"f\",\"Payload\":\"{% $states.input %}\"}," + more
                + ",\"End\":true},\"A\":{\"Type\":\"Succeed\",\"Output\":[\"A\",\"{% $states.input %}\"]},"
                + "\"B\":{\"Type\":\"Succeed\",\"Output\":[\"B\",\"{% $states.input %}\",\"{% $seen %}\"]}";
    }

    private static final String CATCH = """
            "Catch":[{"ErrorEquals":["First","Second"],"Next":"A","Comment":"c"},
              {"ErrorEquals":["States.ALL"],"Next":"B","Assign":{"seen":"{% $states.errorOutput.Error %}"},
               "Output":"{% $parse($states.errorOutput.Cause).errorMessage & $states.input %}"}]
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "First|[\"A\",{\"Error\":\"First\",\"Cause\":\"{\\\"errorMessage\\\":\\\"why\\\",\\\"errorType\\\":\\\"First\\\"}\"}]",
                "Second|[\"A\",{\"Error\":\"Second\",\"Cause\":\"{\\\"errorMessage\\\":\\\"why\\\",\\\"errorType\\\":\\\"Second\\\"}\"}]",
                "Third|[\"B\",\"whyThird\",\"Third\"]"
            })
    void theFirstEntryThatMatchesTakesTheError(String error, String expected) {
        assertThat(rehearsal.output(task(CATCH), "\"" + error + "\"")).isEqualTo(Rehearsal.json(expected));
    }

    @Test
    void anErrorThatNoEntryMatchesFailsTheExecution() {
        String states =
                task("\"Catch\":[{\"ErrorEquals\":[\"X\"],\"Next\":\"A\"},{\"ErrorEquals\":[\"Y\"],\"Next\":\"B\"}]");
        assertThat(rehearsal.run(states, "\"Other\"").error()).isEqualTo("Other");
    }

    @Test
    void retriesComeFirst() {
        String retry = "\"Retry\":[{\"ErrorEquals\":[\"Third\"],\"MaxAttempts\":2}],";
        assertThat(rehearsal.output(task(retry + CATCH), "\"Third\"").get(0).textValue())
                .isEqualTo("B");
        assertThat(rehearsal.calls).hasSize(3);
    }

    @Test
    void anErrorInTheArgumentsCanBeCaught() {
        String states = """
                "T":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","End":true,
                  "Arguments":{"FunctionName":"f","Payload":"{% $states.input.missing %}"},
                  "Catch":[{"ErrorEquals":["States.QueryEvaluationError"],"Next":"A","Output":"{% $states.errorOutput.Error %}"}]},
                "A":{"Type":"Succeed"}
                """;
        assertThat(rehearsal.output(states, "{}").textValue()).isEqualTo("States.QueryEvaluationError");
        assertThat(rehearsal.calls).isEmpty();
    }

    @Test
    void anErrorInTheOutputCanBeCaughtAndAssignsNothing() {
        rehearsal.function("g", payload -> payload);
        String states = """
                "T":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Next":"A",
                  "Arguments":{"FunctionName":"g"},"Assign":{"x":1},"Output":"{% $states.result.missing %}",
                  "Catch":[{"ErrorEquals":["States.ALL"],"Next":"A"}]},
                "A":{"Type":"Succeed","Output":"{% $exists($x) %}"}
                """;
        assertThat(rehearsal.output(states, "{}").booleanValue()).isFalse();
    }

    @Test
    void anErrorInTheCatchItselfFailsTheExecution() {
        String states = task("\"Catch\":[{\"ErrorEquals\":[\"E\"],\"Next\":\"B\",\"Output\":\"{% $states.result %}\"},"
                + "{\"ErrorEquals\":[\"States.ALL\"],\"Next\":\"A\"}]");
        assertThat(rehearsal.run(states, "\"E\"").error()).isEqualTo("States.QueryEvaluationError");
    }
}

package dev.resync.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaskStateTest {
    private static final String FUNCTION_ARN = "arn:aws:lambda:eu-central-1:000000000000:function:echo";

    private final Rehearsal rehearsal = Rehearsal.automatic().function("echo", payload -> payload);

    @AfterEach
    void close() {
        rehearsal.close();
    }

    private static String invoke(String arguments, String more) {
        return "\"T\":{\"Type\":\"Task\",\"Resource\":\"arn:aws:states:::lambda:invoke\",\"Arguments\":" + arguments
                + "," + more + "\"End\":true}";
    }

    @Test
    void theResultHasTheShapeOfTheLambdaApi() {
        JsonNode output = rehearsal.output(
                invoke("{\"FunctionName\":\"echo\",\"Payload\":{\"v\":\"{% $states.input.a %}\"}}", ""), "{\"a\":1}");
        assertThat(output)
                .isEqualTo(
                        Rehearsal.json("{\"ExecutedVersion\":\"$LATEST\",\"Payload\":{\"v\":1},\"StatusCode\":200}"));
    }

    @Test
    void outputAndAssignSeeTheResult() {
        JsonNode output = rehearsal.output(
                "\"T\":{\"Type\":\"Task\",\"Resource\":\"arn:aws:states:::lambda:invoke\","
                        + "\"Arguments\":{\"FunctionName\":\"echo\",\"Payload\":[7]},"
                        + "\"Assign\":{\"kept\":\"{% $states.result.Payload[0] %}\"},"
                        + "\"Output\":\"{% $states.result.StatusCode + $states.input %}\",\"Next\":\"P\"},"
                        + "\"P\":{\"Type\":\"Succeed\",\"Output\":[\"{% $kept %}\",\"{% $states.input %}\"]}",
                "5");
        assertThat(output).isEqualTo(Rehearsal.json("[7,205]"));
    }

    @Test
    void withoutAPayloadTheFunctionGetsAnEmptyObject() {
        assertThat(rehearsal.output(
                        invoke("{\"FunctionName\":\"echo\"}", "\"Output\":\"{% $states.result.Payload %}\","), "1"))
                .isEqualTo(Rehearsal.json("{}"));
    }

    @Test
    void theQualifierBecomesPartOfTheName() {
        rehearsal.function("echo:live", payload -> Json.NODES.textNode("live"));
        assertThat(rehearsal
                        .output(invoke("{\"FunctionName\":\"echo\",\"Qualifier\":\"live\"}", ""), "{}")
                        .get("Payload")
                        .textValue())
                .isEqualTo("live");
    }

    @Test
    void anEventInvocationDoesNotWait() {
        rehearsal.function("bad", payload -> {
            throw new FunctionError("Bad", "never seen");
        });
        JsonNode output = rehearsal.output(invoke("{\"FunctionName\":\"bad\",\"InvocationType\":\"Event\"}", ""), "{}");
        assertThat(output)
                .isEqualTo(Rehearsal.json("{\"ExecutedVersion\":\"$LATEST\",\"Payload\":\"\",\"StatusCode\":202}"));
    }

    @Test
    void aFunctionAsResourceAnswersDirectly() {
        rehearsal.function(FUNCTION_ARN, payload -> payload.get("a"));
        assertThat(rehearsal.output(
                        "\"T\":{\"Type\":\"Task\",\"Resource\":\"" + FUNCTION_ARN + "\",\"End\":true}", "{\"a\":[1]}"))
                .isEqualTo(Rehearsal.json("[1]"));
        assertThat(rehearsal.output(
                        "\"T\":{\"Type\":\"Task\",\"Resource\":\"" + FUNCTION_ARN
                                + "\",\"Arguments\":{\"a\":2},\"End\":true}",
                        "{}"))
                .isEqualTo(Rehearsal.json("2"));
    }

    @Test
    void aFunctionAsResourceHasEventTypesOfItsOwn() {
        rehearsal.function(FUNCTION_ARN, payload -> payload);
        ExecutionDescription ended =
                rehearsal.run("\"T\":{\"Type\":\"Task\",\"Resource\":\"" + FUNCTION_ARN + "\",\"End\":true}", "{}");
        assertThat(rehearsal.historyTypes(ended.executionArn()))
                .containsExactly(
                        "ExecutionStarted",
                        "TaskStateEntered",
                        "LambdaFunctionScheduled",
                        "LambdaFunctionStarted",
                        "LambdaFunctionSucceeded",
                        "TaskStateExited",
                        "ExecutionSucceeded");
    }

    @Test
    void aNullAnswerIsJsonNull() {
        rehearsal.function("null", payload -> null);
        assertThat(rehearsal
                        .output(invoke("{\"FunctionName\":\"null\"}", ""), "{}")
                        .get("Payload")
                        .isNull())
                .isTrue();
    }

    @Test
    void aFunctionErrorKeepsItsTypeAndMessage() {
        rehearsal.function("bad", payload -> {
            throw new FunctionError("dev.Example", "no \"way\"", List.of("at A", "at B"));
        });
        ExecutionDescription ended = rehearsal.run(invoke("{\"FunctionName\":\"bad\"}", ""), "{}");
        assertThat(ended.error()).isEqualTo("dev.Example");
        assertThat(Rehearsal.json(ended.cause()))
                .isEqualTo(
                        Rehearsal.json(
                                "{\"errorMessage\":\"no \\\"way\\\"\",\"errorType\":\"dev.Example\",\"stackTrace\":[\"at A\",\"at B\"]}"));
        assertThat(rehearsal.historyTypes(ended.executionArn())).endsWith("TaskFailed", "ExecutionFailed");
    }

    @Test
    void aFunctionErrorWithoutAStackTraceHasNone() {
        assertThat(new FunctionError("T", null).cause()).isEqualTo("{\"errorMessage\":null,\"errorType\":\"T\"}");
        FunctionError service = FunctionError.ofService("Lambda.TooManyRequestsException", "slow down");
        assertThat(service.errorType()).isEqualTo("Lambda.TooManyRequestsException");
        assertThat(service.cause()).isEqualTo("slow down");
    }

    @Test
    void whateverElseTheInvokerThrowsIsUnknown() {
        rehearsal.function("broken", payload -> {
            throw new IllegalStateException("pipe");
        });
        rehearsal.function("dead", payload -> {
            throw new StackOverflowError();
        });
        assertThat(rehearsal
                        .run(invoke("{\"FunctionName\":\"broken\"}", ""), "{}")
                        .error())
                .isEqualTo("Lambda.Unknown");
        assertThat(rehearsal
                        .run(invoke("{\"FunctionName\":\"dead\"}", ""), "{}")
                        .error())
                .isEqualTo("Lambda.Unknown");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"{% 5 %}\"",
                "\"{% {'Payload':1} %}\"",
                "\"{% {'FunctionName':1} %}\"",
                "\"{% {'FunctionName':'echo','Payloads':1} %}\"",
                "{\"FunctionName\":\"echo\",\"InvocationType\":\"{% 'DryRun' %}\"}"
            })
    void argumentsThatTheLambdaApiWouldRefuse(String arguments) {
        ExecutionDescription ended = rehearsal.run(
                invoke(arguments, "\"Catch\":[{\"ErrorEquals\":[\"States.ALL\"],\"Next\":\"S\"}],")
                        + ",\"S\":{\"Type\":\"Succeed\"}",
                "{}");
        assertThat(ended.status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(ended.error()).isEqualTo("States.Runtime");
        assertThat(rehearsal.calls).isEmpty();
    }

    @Test
    void argumentsMayBeOneExpression() {
        assertThat(rehearsal
                        .output(invoke("\"{% {'FunctionName':'echo','Payload':$states.input} %}\"", ""), "[1]")
                        .get("Payload"))
                .isEqualTo(Rehearsal.json("[1]"));
    }
}

package dev.resync.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionTest {
    private static final String INPUT =
            "{\"n\":7,\"big\":9007199254740993,\"half\":0.5,\"nothing\":null,\"text\":\"abc\",\"list\":[1,2,3],"
                    + "\"one\":[5],\"none\":[],\"json\":\"{\\\"a\\\":[1]}\",\"nested\":{\"x\":{\"y\":null}}}";

    private final Rehearsal rehearsal = Rehearsal.automatic();

    @AfterEach
    void close() {
        rehearsal.close();
    }

    private ExecutionDescription evaluate(String expression) {
        String output = Json.text(Json.NODES.textNode("{% " + expression + " %}"));
        return rehearsal.run("\"S\":{\"Type\":\"Pass\",\"Output\":" + output + ",\"End\":true}", INPUT);
    }

    private JsonNode value(String expression) {
        ExecutionDescription ended = evaluate(expression);
        assertThat(ended.status()).as(ended.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
        return ended.output();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            $states.input.n                                    | 7
            $states.input.big                                  | 9007199254740993
            $states.input.n + 1                                | 8
            $states.input.n / 7                                | 1
            $states.input.half * 2                             | 1
            $states.input.half                                 | 0.5
            1.0                                                | 1
            10 / 4                                             | 2.5
            $states.input.nothing                              | null
            null                                               | null
            $states.input.nothing = null                       | true
            $states.input.n = null                             | false
            $exists($states.input.nothing)                     | true
            $exists($states.input.missing)                     | false
            $type($states.input.nothing)                       | "null"
            {"a": $states.input.missing, "b": null}            | {"b":null}
            [$states.input.nothing, 1]                         | [null,1]
            $states.input.nested.x                             | {"y":null}
            $states.input.nested = {"x": {"y": null}}          | true
            $states.input.one                                  | [5]
            $states.input.none                                 | []
            $states.input.list[0]                              | 1
            $states.input.list[$ > 1]                          | [2,3]
            $append($states.input.list, 4)                     | [1,2,3,4]
            $count($states.input.list)                         | 3
            $sum($states.input.list)                           | 6
            $states.input.list.{"v": $}                        | [{"v":1},{"v":2},{"v":3}]
            $merge([$states.input.nested, {"z": 1}])           | {"x":{"y":null},"z":1}
            $keys($states.input.nested)                        | "x"
            $string($states.input.nested)                      | "{\\"x\\":{\\"y\\":null}}"
            $sort($states.input.list, function($a, $b) {$a < $b}) | [3,2,1]
            $map($states.input.list, function($v) {$v * 2})    | [2,4,6]
            $partition([1,2,3,4,5], 2)                         | [[1,2],[3,4],[5]]
            $range(0, 10, 5)                                   | [0,5,10]
            $range(3, 1, -1)                                   | [3,2,1]
            $range(0, 9, 4)                                    | [0,4,8]
            $hash("abc", "SHA-1")                              | "a9993e364706816aba3e25717850c26c9cd0d89d"
            $hash("abc", "MD5")                                | "900150983cd24fb0d6963f7d28e17f72"
            $length($hash($states.input.text, "SHA-512"))      | 128
            $parse($states.input.json)                         | {"a":[1]}
            $parse($states.input.json).a[0] + 1                | 2
            $parse("null")                                     | null
            $random()                                          | 0.5
            $random(1) = $random(1)                            | true
            $random(1) = $random(2)                            | false
            $millis()                                          | 1893456000000
            $now()                                             | "2030-01-01T00:00:00.000Z"
            $now("[Y]-[M01]")                                  | "2030-01"
            ($x := 2; $x * $x)                                 | 4
            """, quoteCharacter = '~')
    void givesTheValue(String expression, String expected) {
        assertThat(value(expression)).isEqualTo(Rehearsal.json(expected));
    }

    @Test
    void uuidComesFromTheIdSource() {
        assertThat(value("$uuid() != $uuid()").booleanValue()).isTrue();
        assertThat(value("$uuid()").textValue()).startsWith("id");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$states.input.missing",
                "$missing",
                "$states.result",
                "$states.input.list[9]",
                "$states.input.none.x",
                "$",
                "text",
                "$sum",
                "function($x) {$x}",
                "$states.input.text + 1",
                "$error('no')",
                "$unknown(1)",
                "$range(1, 5000, 1)",
                "$range(1, 2, 0)",
                "$range(1.5, 2, 1)",
                "$partition([1], 0)",
                "$hash('a', 'CRC32')",
                "$parse('')",
                "$parse('{')",
                "1/0",
                "($f := function($x) {1 + $f($x)}; $f(1))",
                "$lookup({'e': 1}, 'f')"
            })
    void failsWithAQueryEvaluationError(String expression) {
        ExecutionDescription ended = evaluate(expression);
        assertThat(ended.status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(ended.error()).isEqualTo("States.QueryEvaluationError");
        assertThat(ended.cause()).contains("/States/S/Output");
        assertThat(rehearsal.historyTypes(ended.executionArn())).contains("EvaluationFailed");
    }

    @Test
    void undefinedIsToldApartFromFailure() {
        assertThat(evaluate("$states.input.missing").cause()).contains("undefined");
        assertThat(evaluate("$error('my words')").cause()).contains("my words").doesNotContain("undefined");
    }

    @Test
    void endlessRecursionMeetsTheLimitBeforeTheStackEnds() {
        assertThat(evaluate("($f := function($x) {1 + $f($x)}; $f(1))").cause()).contains("max=400");
    }

    @Test
    void evaluatesStringsAtAnyDepthAndLeavesOthersAlone() {
        JsonNode output = rehearsal.output("""
                "S":{"Type":"Pass","End":true,"Output":{"a":[{"b":"{% $states.input.n %}"},"{% 'x' %}"],"c":"{%",
                  "d":" {% 1 %}","e":"{% 1 %} ","f":"${x}","g":12345678901234567890}}
                """, INPUT);
        assertThat(output)
                .isEqualTo(Rehearsal.json(
                        "{\"a\":[{\"b\":7},\"x\"],\"c\":\"{%\",\"d\":\" {% 1 %}\",\"e\":\"{% 1 %} \",\"f\":\"${x}\","
                                + "\"g\":12345678901234567890}"));
    }

    @Test
    void oneUndefinedFieldFailsTheWholeTemplate() {
        ExecutionDescription ended = rehearsal.run(
                "\"S\":{\"Type\":\"Pass\",\"End\":true,\"Output\":{\"a\":1,\"b\":\"{% $states.input.missing %}\"}}",
                "{}");
        assertThat(ended.error()).isEqualTo("States.QueryEvaluationError");
        assertThat(ended.cause()).contains("/States/S/Output/b");
    }

    @Test
    void contextNamesExecutionStateAndMachine() {
        StateMachine machine =
                Rehearsal.machine("\"S\":{\"Type\":\"Pass\",\"End\":true,\"Output\":\"{% $states.context %}\"}");
        rehearsal.engine.register(machine);
        String arn = rehearsal.engine.startExecution(Rehearsal.ARN, "first", Rehearsal.json("{\"a\":1}"));
        JsonNode context = rehearsal.await(arn).output();
        assertThat(context).isEqualTo(Rehearsal.json("""
                {"Execution":{"Id":"arn:aws:states:eu-central-1:000000000000:execution:machine:first",
                  "Input":{"a":1},"Name":"first","RoleArn":"arn:aws:iam::000000000000:role/engine",
                  "StartTime":"2030-01-01T00:00:00.000Z","RedriveCount":0},
                 "State":{"Name":"S","EnteredTime":"2030-01-01T00:00:00.000Z","RetryCount":0},
                 "StateMachine":{"Id":"arn:aws:states:eu-central-1:000000000000:stateMachine:machine","Name":"machine"}}
                """));
    }
}

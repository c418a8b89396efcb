package dev.resync.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DefinitionLoadTest {
    /** A definition with every field that is allowed; each refusal below changes it in one place. */
    private static final String COMPLETE = """
            {"Comment":"c","Version":"1.0","QueryLanguage":"JSONata","TimeoutSeconds":100,"StartAt":"Pass","States":{
              "Pass":{"Type":"Pass","Comment":"c","QueryLanguage":"JSONata","Assign":{"v":1,"ключ":"{% 1 %}"},"Output":{},"Next":"Task"},
              "Task":{"Type":"Task","Comment":"c","Resource":"arn:aws:states:::lambda:invoke.waitForTaskToken",
                "Arguments":{"FunctionName":"f","Payload":{"t":"{% $states.context.Task.Token %}"},"Qualifier":"1",
                  "InvocationType":"RequestResponse","LogType":"None","ClientContext":"x"},
                "TimeoutSeconds":60,"HeartbeatSeconds":"{% 5 %}","Assign":{"v":2},"Output":"{% $states.result %}",
                "Retry":[{"Comment":"c","ErrorEquals":["A","B"],"IntervalSeconds":1,"BackoffRate":1,"MaxAttempts":0,
                   "MaxDelaySeconds":31622400,"JitterStrategy":"FULL"},{"ErrorEquals":["States.ALL"],"JitterStrategy":"NONE"}],
                "Catch":[{"Comment":"c","ErrorEquals":["A"],"Next":"Fail","Assign":{"v":3},"Output":1},
                  {"ErrorEquals":["States.ALL"],"Next":"Wait"}],
                "Next":"Wait"},
              "Wait":{"Type":"Wait","Comment":"c","Seconds":1,"Assign":{"v":1},"Output":1,"Next":"Choice"},
              "Choice":{"Type":"Choice","Comment":"c","Choices":[{"Comment":"c","Condition":"{% true %}","Next":"Map",
                 "Assign":{"v":1},"Output":1}],"Default":"Inline","Assign":{"v":1},"Output":1},
              "Map":{"Type":"Map","Comment":"c","Items":[1,"{% 2 %}"],"ItemSelector":{"i":"{% $states.context.Map.Item.Index %}"},
                "MaxConcurrency":0,"ToleratedFailureCount":"{% 1 %}","ToleratedFailurePercentage":0.5,"Label":"label",
                "ItemProcessor":{"Comment":"c","ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"EXPRESS"},
                  "StartAt":"Child","States":{"Child":{"Type":"Pass","Assign":{"v":1},"End":true}}},
                "Retry":[],"Catch":[],"Assign":{"v":1},"Output":1,"Next":"Inline"},
              "Inline":{"Type":"Map","Items":"{% [1] %}","MaxConcurrency":"{% 3 %}",
                "ItemProcessor":{"ProcessorConfig":{"Mode":"INLINE"},
                  "StartAt":"Inner","States":{"Inner":{"Type":"Pass","Assign":{"inner":1},"End":true}}},"Next":"Parallel"},
              "Parallel":{"Type":"Parallel","Comment":"c","Arguments":{"a":1},"Branches":[
                 {"Comment":"c","StartAt":"Left","States":{"Left":{"Type":"Pass","End":true}}},
                 {"StartAt":"Right","States":{"Right":{"Type":"Succeed","Comment":"c","Output":1}}}],
                "Retry":[],"Catch":[],"Assign":{"v":1},"Output":1,"Next":"Bare"},
              "Bare":{"Type":"Task","Resource":"arn:aws:lambda:eu-central-1:000000000000:function:f:live","End":true},
              "Fail":{"Type":"Fail","Comment":"c","Error":"{% 'e' %}","Cause":"c"}}}
            """;

    @Test
    void acceptsEveryFieldOfTheLanguage() {
        StateMachine machine = StateMachine.load("m", Rehearsal.ARN, COMPLETE);
        assertThat(machine.arn()).isEqualTo(Rehearsal.ARN);
        assertThat(machine.name()).isEqualTo("m");
        assertThat(machine.definition()).isEqualTo(Rehearsal.json(COMPLETE));
    }

    private static Arguments set(String at, String value, String problemAt, String message) {
        return Arguments.of(at, value, problemAt, message);
    }

    private static Arguments set(String at, String value, String message) {
        return Arguments.of(at, value, at, message);
    }

    private static Arguments without(String at, String problemAt, String message) {
        return Arguments.of(at, null, problemAt, message);
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                // top level
                set("/Extra", "1", "Extra is not allowed here"),
                set("/Version", "\"2.0\"", "1.0"),
                set("/QueryLanguage", "\"JSONPath\"", "/States/Task", "JSONPath by default"),
                set("/QueryLanguage", "\"XPath\"", "unknown query language"),
                without("/QueryLanguage", "", "QueryLanguage is missing"),
                set("/TimeoutSeconds", "0", "from 1 to 99999999"),
                set("/TimeoutSeconds", "\"{% 5 %}\"", "must be an integer"),
                set("/Comment", "5", "must be a string"),
                without("/StartAt", "", "StartAt is missing"),
                set("/StartAt", "\"Nowhere\"", "no state 'Nowhere'"),
                without("/States", "", "States is missing"),
                set("/States", "{}", "at least one state"),
                set("/States", "[]", "at least one state"),
                // any state
                set("/States/Pass", "5", "must be an object"),
                without("/States/Pass/Type", "/States/Pass", "Type is missing"),
                set("/States/Pass/Type", "\"Activity\"", "unknown type Activity"),
                set("/States/Pass/QueryLanguage", "\"JSONPath\"", "only JSONata"),
                set("/States/Pass/Next", "\"Nowhere\"", "no state 'Nowhere'"),
                set("/States/Pass/Next", "\"Child\"", "no state 'Child' in this scope"),
                set("/States/Pass/Next", "5", "must be a string"),
                set("/States/Pass/End", "true", "/States/Pass", "both Next and End"),
                set("/States/Pass/End", "\"yes\"", "End must be true"),
                without("/States/Pass/Next", "/States/Pass", "either Next or End"),
                set("/States/Bare/End", "false", "/States/Bare", "either Next or End"),
                set("/States/Lonely", "{\"Type\":\"Succeed\"}", "cannot be reached"),
                set("/States/Pass/Output", "\"{% $states. %}\"", "JSONata syntax"),
                set("/States/Pass/Output", "\"{%%}\"", "empty JSONata expression"),
                set("/States/Pass/Output", "\"{% ( 1 %}\"", "JSONata syntax"),
                set("/States/Pass/Output", "\"{% $eval('1') %}\"", "$eval"),
                set("/States/Pass/Output", "\"{% " + "(".repeat(20_000) + " %}\"", "JSONata syntax"),
                set("/States/Pass/Output", "\"{% '" + "x".repeat(200_000) + "' & $eval('1') %}\"", "$eval"),
                set("/States/Pass/Output", "\"{% ($f := $eval; $f('1')) %}\"", "$eval"),
                set(
                        "/States/Pass/Output",
                        "{\"deep\":[1,{\"er\":\"{% ) %}\"}]}",
                        "/States/Pass/Output/deep/1/er",
                        "JSONata syntax"),
                set("/States/Pass/Assign", "[]", "must be an object"),
                set("/States/Pass/Assign", "\"{% {} %}\"", "must be an object"),
                set("/States/Pass/Assign/states", "1", "cannot be the name"),
                set("/States/Pass/Assign/1a", "1", "cannot be the name"),
                set("/States/Pass/Assign/a-b", "1", "cannot be the name"),
                set("/States/Pass/Assign/" + "x".repeat(81), "1", "cannot be the name"),
                set("/States/Inline/ItemProcessor/States/Inner/Assign/v", "1", "outer scope"),
                set(
                        "/States/Parallel/Branches/0/States/Left/Assign",
                        "{\"v\":1}",
                        "/States/Parallel/Branches/0/States/Left/Assign/v",
                        "outer scope"),
                // fields of JSONPath, fields of other states, misspelt fields
                set("/States/Pass/Result", "1", "JSONPath"),
                set("/States/Pass/Parameters", "{}", "JSONPath"),
                set("/States/Pass/InputPath", "\"$\"", "JSONPath"),
                set("/States/Pass/OutputPath", "\"$\"", "JSONPath"),
                set("/States/Task/ResultPath", "\"$\"", "JSONPath"),
                set("/States/Task/ResultSelector", "{}", "JSONPath"),
                set("/States/Task/TimeoutSecondsPath", "\"$\"", "JSONPath"),
                set("/States/Task/Catch/0/ResultPath", "\"$\"", "JSONPath"),
                set("/States/Map/ItemsPath", "\"$\"", "JSONPath"),
                set("/States/Wait/SecondsPath", "\"$\"", "JSONPath"),
                set("/States/Choice/Choices/0/Variable", "\"$\"", "JSONPath"),
                set("/States/Task/Credentials", "{}", "does not support Credentials"),
                set("/States/Pass/Arguments", "{}", "not allowed here"),
                set("/States/Pass/Retry", "[]", "not allowed here"),
                set("/States/Pass/TimeoutSeconds", "1", "not allowed here"),
                set("/States/Wait/Catch", "[]", "not allowed here"),
                set("/States/Wait/Arguments", "{}", "not allowed here"),
                set("/States/Choice/Next", "\"Map\"", "not allowed here"),
                set("/States/Choice/End", "true", "not allowed here"),
                set("/States/Fail/Output", "1", "not allowed here"),
                set("/States/Fail/Next", "\"Map\"", "not allowed here"),
                set("/States/Fail/Assign", "{}", "not allowed here"),
                set("/States/Parallel/Branches/1/States/Right/Assign", "{}", "not allowed here"),
                set("/States/Parallel/Branches/1/States/Right/End", "true", "not allowed here"),
                set("/States/Parallel/TimeoutSeconds", "1", "not allowed here"),
                set("/States/Map/Arguments", "{}", "not allowed here"),
                set("/States/Map/TimeoutSeconds", "1", "not allowed here"),
                set("/States/Task/Items", "[]", "not allowed here"),
                set("/States/Task/Retry/0/MaxAttempt", "3", "not allowed here"),
                set("/States/Task/Catch/0/IntervalSeconds", "3", "not allowed here"),
                // Task
                without("/States/Task/Resource", "/States/Task", "Resource is missing"),
                set(
                        "/States/Task/Resource",
                        "\"arn:aws:states:::sqs:sendMessage\"",
                        "arn:aws:states:::sqs:sendMessage"),
                set("/States/Task/Resource", "\"arn:aws:states:::lambda:invoke.sync\"", "does not support"),
                set("/States/Task/Resource", "\"{% 'x' %}\"", "does not support"),
                without("/States/Task/Arguments", "/States/Task", "Arguments is missing"),
                set("/States/Task/Arguments", "5", "object or a JSONata string"),
                without("/States/Task/Arguments/FunctionName", "/States/Task/Arguments", "FunctionName is missing"),
                set("/States/Task/Arguments/payload", "1", "not allowed here"),
                set("/States/Task/Arguments/InvocationType", "\"DryRun\"", "DryRun"),
                set("/States/Task/TimeoutSeconds", "0", "from 1 to 99999999"),
                set("/States/Task/TimeoutSeconds", "1.5", "from 1 to 99999999"),
                set("/States/Task/TimeoutSeconds", "\"60\"", "or a JSONata string"),
                set("/States/Task/TimeoutSeconds", "{}", "must not be an object"),
                set("/States/Task/HeartbeatSeconds", "60", "smaller than TimeoutSeconds"),
                set("/States/Bare/HeartbeatSeconds", "5", "waitForTaskToken"),
                // Retry and Catch
                set("/States/Task/Retry", "{}", "must be an array"),
                set("/States/Task/Retry/0", "5", "must be an object"),
                without("/States/Task/Retry/0/ErrorEquals", "/States/Task/Retry/0", "ErrorEquals is missing"),
                set("/States/Task/Retry/0/ErrorEquals", "[]", "at least one name"),
                set("/States/Task/Retry/0/ErrorEquals", "[1]", "strings"),
                set("/States/Task/Retry/0/ErrorEquals", "[\"States.ALL\"]", "last entry only"),
                set("/States/Task/Retry/1/ErrorEquals", "[\"States.ALL\",\"A\"]", "stand alone"),
                set("/States/Task/Catch/0/ErrorEquals", "[\"States.ALL\"]", "last entry only"),
                set("/States/Task/Catch/1/ErrorEquals", "[\"A\",\"States.ALL\"]", "stand alone"),
                without("/States/Task/Catch/0/Next", "/States/Task/Catch/0", "Next is missing"),
                set("/States/Task/Catch/0/Next", "\"Nowhere\"", "no state 'Nowhere'"),
                set("/States/Task/Retry/0/IntervalSeconds", "0", "from 1 to 99999999"),
                set("/States/Task/Retry/0/IntervalSeconds", "100000000", "from 1 to 99999999"),
                set("/States/Task/Retry/0/MaxAttempts", "-1", "from 0 to 99999999"),
                set("/States/Task/Retry/0/MaxAttempts", "100000000", "from 0 to 99999999"),
                set("/States/Task/Retry/0/MaxAttempts", "\"{% 1 %}\"", "from 0 to 99999999"),
                set("/States/Task/Retry/0/BackoffRate", "0.9", "at least 1"),
                set("/States/Task/Retry/0/BackoffRate", "\"2\"", "at least 1"),
                set("/States/Task/Retry/0/MaxDelaySeconds", "0", "from 1 to 31622400"),
                set("/States/Task/Retry/0/MaxDelaySeconds", "31622401", "from 1 to 31622400"),
                set("/States/Task/Retry/0/MaxDelaySeconds", "1", "larger than IntervalSeconds"),
                set("/States/Task/Retry/0/JitterStrategy", "\"HALF\"", "FULL or NONE"),
                // Map
                without("/States/Map/ItemProcessor", "/States/Map", "ItemProcessor is missing"),
                set("/States/Map/Iterator", "{}", "old name of ItemProcessor"),
                set("/States/Map/ItemReader", "{}", "does not support ItemReader"),
                set("/States/Inline/ItemReader", "{}", "does not support ItemReader"),
                set("/States/Map/ItemBatcher", "{}", "does not support ItemBatcher"),
                set("/States/Map/ResultWriter", "{}", "does not support ResultWriter"),
                set("/States/Map/Items", "5", "must be an array"),
                set("/States/Map/Items", "{\"a\":1}", "must be an array"),
                set("/States/Map/MaxConcurrency", "-1", "from 0"),
                set("/States/Map/ToleratedFailureCount", "-1", "from 0"),
                set("/States/Map/ToleratedFailureCount", "0.5", "an integer"),
                set("/States/Map/ToleratedFailurePercentage", "101", "from 0 to 100"),
                set("/States/Map/Label", "\"a b\"", "1 to 40 characters"),
                set("/States/Map/Label", "\"" + "x".repeat(41) + "\"", "1 to 40 characters"),
                set("/States/Inline/Label", "\"l\"", "for DISTRIBUTED maps"),
                set("/States/Inline/ToleratedFailureCount", "1", "for DISTRIBUTED maps"),
                set("/States/Inline/ToleratedFailurePercentage", "1", "for DISTRIBUTED maps"),
                set("/States/Map/ItemProcessor/ProcessorConfig/Mode", "\"FAR\"", "INLINE or DISTRIBUTED"),
                set("/States/Map/ItemProcessor/ProcessorConfig/ExecutionType", "\"FAST\"", "STANDARD or EXPRESS"),
                without(
                        "/States/Map/ItemProcessor/ProcessorConfig/ExecutionType",
                        "/States/Map/ItemProcessor/ProcessorConfig/ExecutionType",
                        "needs an ExecutionType"),
                set(
                        "/States/Inline/ItemProcessor/ProcessorConfig/ExecutionType",
                        "\"STANDARD\"",
                        "for DISTRIBUTED maps"),
                set("/States/Map/ItemProcessor/ProcessorConfig/Extra", "1", "not allowed here"),
                set("/States/Map/ItemProcessor/Extra", "1", "not allowed here"),
                without("/States/Map/ItemProcessor/StartAt", "/States/Map/ItemProcessor", "StartAt is missing"),
                set("/States/Map/ItemProcessor/States/Pass", "{\"Type\":\"Succeed\"}", "used already at /States/Pass"),
                // Choice, Wait, Fail, Parallel
                without("/States/Choice/Choices", "/States/Choice", "Choices is missing"),
                set("/States/Choice/Choices", "[]", "at least one rule"),
                set("/States/Choice/Choices/0/Condition", "\"true\"", "JSONata string or a boolean"),
                without("/States/Choice/Choices/0/Condition", "/States/Choice/Choices/0", "Condition is missing"),
                without("/States/Choice/Choices/0/Next", "/States/Choice/Choices/0", "Next is missing"),
                set("/States/Choice/Choices/0/Extra", "1", "not allowed here"),
                set("/States/Choice/Default", "\"Nowhere\"", "no state 'Nowhere'"),
                set("/States/Wait/Timestamp", "\"2030-01-01T00:00:00Z\"", "/States/Wait", "exactly one"),
                without("/States/Wait/Seconds", "/States/Wait", "exactly one"),
                set("/States/Wait/Seconds", "-1", "from 0"),
                set(
                        "/States/Wait",
                        "{\"Type\":\"Wait\",\"Timestamp\":\"soon\",\"Next\":\"Choice\"}",
                        "/States/Wait/Timestamp",
                        "RFC 3339"),
                set("/States/Fail/Error", "5", "must be a string"),
                set("/States/Fail/Cause", "[]", "must not be an object"),
                without("/States/Parallel/Branches", "/States/Parallel", "Branches is missing"),
                set("/States/Parallel/Branches", "[]", "at least one branch"),
                set("/States/Parallel/Branches/0/Extra", "1", "not allowed here"),
                set("/States/Parallel/Branches/0/States/Left/Next", "\"Right\"", "no state 'Right' in this scope"));
    }

    @ParameterizedTest(name = "{0}: {3}")
    @MethodSource("refusals")
    void refuses(String at, String value, String problemAt, String message) {
        JsonNode definition = Rehearsal.json(COMPLETE);
        int slash = at.lastIndexOf('/');
        JsonNode parent = definition.at(at.substring(0, slash));
        String field = at.substring(slash + 1);
        if (value == null) {
            assertThat(((ObjectNode) parent).remove(field)).isNotNull();
        } else if (parent.isArray()) {
            ((com.fasterxml.jackson.databind.node.ArrayNode) parent)
                    .set(Integer.parseInt(field), Rehearsal.json(value));
        } else {
            ((ObjectNode) parent).set(field, Rehearsal.json(value));
        }
        DefinitionInvalid invalid =
                catchThrowableOfType(DefinitionInvalid.class, () -> StateMachine.load("m", Rehearsal.ARN, definition));
        assertThat(invalid).isNotNull();
        assertThat(invalid.problems()).anySatisfy(problem -> {
            assertThat(problem.pointer()).isEqualTo(problemAt);
            assertThat(problem.message()).contains(message);
        });
    }

    @Test
    void reportsAllProblemsAtOnce() {
        DefinitionInvalid invalid = catchThrowableOfType(
                DefinitionInvalid.class,
                () -> StateMachine.load(
                        "m",
                        Rehearsal.ARN,
                        "{\"QueryLanguage\":\"JSONata\",\"StartAt\":\"A\",\"Oops\":1,\"States\":{"
                                + "\"A\":{\"Type\":\"Pass\",\"Output\":\"{% ( %}\",\"Next\":\"B\",\"Foo\":1},"
                                + "\"C/~\":{\"Type\":\"Pass\",\"Next\":\"A\"}}}"));
        assertThat(invalid.problems())
                .extracting(DefinitionInvalid.Problem::pointer)
                .containsExactlyInAnyOrder(
                        "/Oops", "/States/A/Output", "/States/A/Foo", "/States/A/Next", "/States/C~1~0", "/States");
        assertThat(invalid).hasMessageContaining("'m'").hasMessageContaining("/States/A/Foo: state 'A' (Pass)");
    }

    @Test
    void aScopeThatCannotEndIsRefused() {
        assertThatThrownBy(() -> Rehearsal.machine(
                        "\"A\":{\"Type\":\"Pass\",\"Next\":\"B\"},\"B\":{\"Type\":\"Pass\",\"Next\":\"A\"}"))
                .hasMessageContaining("no state ends this scope");
    }

    @Test
    void twoMapsCannotShareALabel() {
        String map = """
                {"Type":"Map","Label":"same","End":true,"ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},
                  "StartAt":"%s","States":{"%s":%s}}}
                """;
        String inner = map.formatted("X", "X", "{\"Type\":\"Succeed\"}");
        assertThatThrownBy(() -> Rehearsal.machine("\"M\":" + map.formatted("N", "N", inner)))
                .hasMessageContaining("the label 'same' is used already");
    }

    @Test
    void dollarEvalInATextOrCommentIsNoUse() {
        String output = Json.text(Json.NODES.textNode("{% \"$eval(1)\" & '$eval' /* $eval */ & $evaluated %}"));
        assertThat(Rehearsal.machine("\"S\":{\"Type\":\"Succeed\",\"Output\":" + output + "}")
                        .name())
                .isEqualTo("machine");
    }

    @Test
    void aStateMayNameItsLanguageInsteadOfTheMachine() {
        String definition =
                "{\"StartAt\":\"S\",\"States\":{\"S\":{\"Type\":\"Succeed\",\"QueryLanguage\":\"JSONata\"}}}";
        assertThat(StateMachine.load("m", Rehearsal.ARN, definition).name()).isEqualTo("m");
    }

    @Test
    void whatIsNoJsonIsRefusedWithItsPlace() {
        for (String text : List.of("", "{\n\"a\" 1}", "{\"a\":1,\"a\":2}", "{} {}", "[]")) {
            assertThatThrownBy(() -> StateMachine.load("m", Rehearsal.ARN, text))
                    .isInstanceOf(DefinitionInvalid.class);
        }
        assertThatThrownBy(() -> StateMachine.load("m", Rehearsal.ARN, "{\n\"a\" 1}"))
                .hasMessageContaining("line 2");
    }

    @Test
    void theArnMustBeThatOfAStateMachine() {
        for (String arn : List.of(
                "", "machine", Rehearsal.ARN + "/label", "arn:aws:lambda:eu-central-1:000000000000:function:f")) {
            assertThatThrownBy(() -> StateMachine.load("m", arn, COMPLETE))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("ARN");
        }
    }
}

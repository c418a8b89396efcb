package dev.resync.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** 262,144 bytes fit, one more does not. */
class DataLimitTest {
    private static final int LIMIT = 262_144;
    private static final String CATCH_ALL = "\"Catch\":[{\"ErrorEquals\":[\"States.ALL\"],\"Next\":\"Never\"}],";
    private static final String NEVER = ",\"Never\":{\"Type\":\"Succeed\"}";

    private final Rehearsal rehearsal = Rehearsal.automatic();

    /** A state that puts out a JSON text of that many bytes. */
    private static String pass(int bytes) {
        return "\"P\":{\"Type\":\"Pass\",\"Output\":" + text(bytes) + ",\"End\":true}";
    }

    @AfterEach
    void close() {
        rehearsal.close();
    }

    /** A string whose JSON text, with its quotes, has that many bytes. */
    private static JsonNode text(int bytes) {
        int umlauts = (bytes - 2) / 2;
        return Json.NODES.textNode("ü".repeat(umlauts) + "x".repeat(bytes - 2 - 2 * umlauts));
    }

    private void assertLimitExceeded(ExecutionDescription ended) {
        assertThat(ended.status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(ended.error()).isEqualTo("States.DataLimitExceeded");
    }

    @Test
    void inputOfAnExecution() {
        StateMachine machine = Rehearsal.machine("\"S\":{\"Type\":\"Succeed\",\"Output\":1}");
        rehearsal.engine.register(machine);
        String arn = rehearsal.engine.startExecution(Rehearsal.ARN, "fits", text(LIMIT));
        assertThat(rehearsal.await(arn).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThatThrownBy(() -> rehearsal.engine.startExecution(Rehearsal.ARN, "large", text(LIMIT + 1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void outputOfAState() {
        assertThat(rehearsal.run(pass(LIMIT), "{}").status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertLimitExceeded(rehearsal.run(pass(LIMIT + 1), "{}"));
    }

    @Test
    void assignedVariables() {
        String state = "\"P\":{\"Type\":\"Pass\",\"Assign\":{\"a\":" + text(140_000) + ",\"b\":%s},\"End\":true}";
        assertThat(rehearsal
                        .run(state.replace("%s", text(100_000).toString()), "{}")
                        .status())
                .isEqualTo(ExecutionStatus.SUCCEEDED);
        assertLimitExceeded(rehearsal.run(state.replace("%s", text(140_000).toString()), "{}"));
    }

    @Test
    void resultOfAFunction() {
        rehearsal.function("f", payload -> text(payload.intValue()));
        String state = "\"T\":{\"Type\":\"Task\",\"Resource\":\"arn:aws:lambda:eu-central-1:000000000000:function:f\","
                + CATCH_ALL + "\"Output\":1,\"End\":true}" + NEVER;
        rehearsal.function("arn:aws:lambda:eu-central-1:000000000000:function:f", payload -> text(payload.intValue()));
        assertThat(rehearsal.run(state, String.valueOf(LIMIT)).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertLimitExceeded(rehearsal.run(state, String.valueOf(LIMIT + 1)));
    }

    @Test
    void argumentsOfAFunction() {
        rehearsal.function("f", payload -> null);
        assertLimitExceeded(rehearsal.run(
                "\"T\":{\"Type\":\"Task\",\"Resource\":\"arn:aws:states:::lambda:invoke\",\"Arguments\":{\"FunctionName\":\"f\","
                        + "\"Payload\":" + text(LIMIT) + "}," + CATCH_ALL + "\"End\":true}" + NEVER,
                "{}"));
        assertThat(rehearsal.calls).isEmpty();
    }

    @Test
    void resultsOfAMapTogether() {
        assertLimitExceeded(rehearsal.run(map("\"Mode\":\"DISTRIBUTED\",\"ExecutionType\":\"STANDARD\""), "{}"));
        assertLimitExceeded(rehearsal.run(map(""), "{}"));
    }

    private static String map(String config) {
        return "\"M\":{\"Type\":\"Map\",\"Items\":\"{% $range(1,100,1) %}\"," + CATCH_ALL
                + "\"ItemProcessor\":{\"ProcessorConfig\":{" + config + "},\"StartAt\":\"P\",\"States\":{" + pass(3000)
                + "}},\"Output\":1,\"End\":true}" + NEVER;
    }

    @Test
    void itCanBeCaughtByItsOwnName() {
        String states =
                "\"M\":{\"Type\":\"Parallel\",\"Branches\":[{\"StartAt\":\"P\",\"States\":{" + pass(LIMIT) + "}}],"
                        + "\"Catch\":[{\"ErrorEquals\":[\"States.DataLimitExceeded\"],\"Next\":\"S\"}],\"End\":true},"
                        + "\"S\":{\"Type\":\"Succeed\",\"Output\":\"{% $states.input.Error %}\"}";
        assertThat(rehearsal.output(states, "{}").textValue()).isEqualTo("States.DataLimitExceeded");
    }
}

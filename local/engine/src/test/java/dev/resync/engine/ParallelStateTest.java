package dev.resync.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ParallelStateTest {
    private final Rehearsal rehearsal = Rehearsal.automatic();

    @AfterEach
    void close() {
        rehearsal.close();
    }

    @Test
    void branchesGetTheSameInputAndAnswerInOrder() {
        assertThat(rehearsal.output("""
                        "P":{"Type":"Parallel","Arguments":{"n":"{% $states.input + 1 %}"},"Branches":[
                          {"StartAt":"A","States":{"A":{"Type":"Wait","Seconds":5,"Output":["{% $states.input.n %}"],"End":true}}},
                          {"StartAt":"B","States":{"B":{"Type":"Pass","Output":"{% $states.input.n * 2 %}","End":true}}}],
                          "Output":{"r":"{% $states.result %}","i":"{% $states.input %}"},"End":true}
                        """, "1")).isEqualTo(Rehearsal.json("{\"r\":[[2],4],\"i\":1}"));
    }

    private static final String FAILING = """
            "P":{"Type":"Parallel","Branches":[
              {"StartAt":"A","States":{"A":{"Type":"Wait","Seconds":100,"End":true}}},
              {"StartAt":"B","States":{"B":{"Type":"Wait","Seconds":3,"Next":"F"},"F":{"Type":"Fail","Error":"Mine","Cause":"c"}}}],
              %s"End":true}
            """;

    @Test
    void theFirstFailureEndsAllBranches() {
        ExecutionDescription ended = rehearsal.run(FAILING.formatted(""), "{}");
        assertThat(ended.error()).isEqualTo("Mine");
        assertThat(ended.stopDate()).isEqualTo(Rehearsal.START.plusSeconds(3));
        assertThat(rehearsal.historyTypes(ended.executionArn()))
                .containsSubsequence("FailStateEntered", "WaitStateAborted", "ParallelStateFailed", "ExecutionFailed");
    }

    @Test
    void aFailureCanBeRetriedAndCaught() {
        ExecutionDescription ended = rehearsal.run(
                FAILING.formatted("\"Retry\":[{\"ErrorEquals\":[\"Mine\"],\"IntervalSeconds\":10,\"MaxAttempts\":1}],"
                                + "\"Catch\":[{\"ErrorEquals\":[\"States.TaskFailed\"],\"Next\":\"S\"}],")
                        + ",\"S\":{\"Type\":\"Succeed\",\"Output\":\"{% $states.input.Cause %}\"}",
                "{}");
        assertThat(ended.output().textValue()).isEqualTo("c");
        assertThat(ended.stopDate()).isEqualTo(Rehearsal.START.plusSeconds(3 + 10 + 3));
    }

    @Test
    void anErrorInAnExpressionOfABranchIsNotedOnce() {
        ExecutionDescription ended = rehearsal.run("""
                "P":{"Type":"Parallel","Branches":[{"StartAt":"A","States":{"A":{"Type":"Pass","Output":"{% $nothing %}","End":true}}}],"End":true}
                """, "{}");
        assertThat(rehearsal.historyTypes(ended.executionArn()).stream().filter("EvaluationFailed"::equals))
                .hasSize(1);
    }
}

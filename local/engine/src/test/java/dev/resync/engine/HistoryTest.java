package dev.resync.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HistoryTest {
    private final Rehearsal rehearsal = Rehearsal.automatic().function("f", payload -> payload);

    @AfterEach
    void close() {
        rehearsal.close();
    }

    private static final String STATES = """
            "P":{"Type":"Pass","Assign":{"v":[1]},"Next":"T"},
            "T":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Arguments":{"FunctionName":"f"},
              "TimeoutSeconds":9,"Output":{},"Next":"W"},
            "W":{"Type":"Wait","Seconds":5,"Next":"M"},
            "M":{"Type":"Map","Items":[1],"ItemProcessor":{"StartAt":"I","States":{"I":{"Type":"Pass","End":true}}},"Next":"L"},
            "L":{"Type":"Parallel","Branches":[{"StartAt":"B","States":{"B":{"Type":"Pass","End":true}}}],"Next":"C"},
            "C":{"Type":"Choice","Choices":[{"Condition":true,"Next":"S"}]},
            "S":{"Type":"Succeed"}
            """;

    @Test
    void eventsComeInOrder() {
        ExecutionDescription ended = rehearsal.run(STATES, "{}");
        assertThat(rehearsal.historyTypes(ended.executionArn()))
                .containsExactly(
                        "ExecutionStarted",
                        "PassStateEntered",
                        "PassStateExited",
                        "TaskStateEntered",
                        "TaskScheduled",
                        "TaskStarted",
                        "TaskSucceeded",
                        "TaskStateExited",
                        "WaitStateEntered",
                        "WaitStateExited",
                        "MapStateEntered",
                        "MapStateStarted",
                        "MapIterationStarted",
                        "PassStateEntered",
                        "PassStateExited",
                        "MapIterationSucceeded",
                        "MapStateSucceeded",
                        "MapStateExited",
                        "ParallelStateEntered",
                        "ParallelStateStarted",
                        "PassStateEntered",
                        "PassStateExited",
                        "ParallelStateSucceeded",
                        "ParallelStateExited",
                        "ChoiceStateEntered",
                        "ChoiceStateExited",
                        "SucceedStateEntered",
                        "SucceedStateExited",
                        "ExecutionSucceeded");
    }

    @Test
    void idsHaveNoGapsAndEachEventFollowsAnEarlierOne() {
        ExecutionDescription ended = rehearsal.run(STATES, "{}");
        List<HistoryEvent> events = rehearsal.engine.getExecutionHistory(ended.executionArn());
        Map<Long, HistoryEvent> byId = new HashMap<>();
        for (HistoryEvent event : events) {
            assertThat(event.id()).isEqualTo(byId.size() + 1L);
            assertThat(event.previousEventId()).isLessThan(event.id());
            if (event.id() > 1) {
                assertThat(byId).containsKey(event.previousEventId());
                assertThat(event.timestamp())
                        .isAfterOrEqualTo(byId.get(event.previousEventId()).timestamp());
            }
            byId.put(event.id(), event);
        }
    }

    @Test
    void detailsHaveTheShapeOfAws() {
        ExecutionDescription ended = rehearsal.run(STATES, "{\"a\":1}");
        List<HistoryEvent> events = rehearsal.engine.getExecutionHistory(ended.executionArn());
        assertThat(Rehearsal.json(events.get(0).toJson().toString()))
                .isEqualTo(Rehearsal.json(
                        "{\"timestamp\":1.893456E9,\"type\":\"ExecutionStarted\",\"id\":1,\"previousEventId\":0,"
                                + "\"executionStartedEventDetails\":{\"roleArn\":\"arn:aws:iam::000000000000:role/engine\","
                                + "\"input\":\"{\\\"a\\\":1}\",\"inputDetails\":{\"truncated\":false}}}"));
        assertThat(events.get(2).toJson().get("stateExitedEventDetails"))
                .isEqualTo(
                        Rehearsal.json(
                                "{\"name\":\"P\",\"output\":\"{\\\"a\\\":1}\",\"outputDetails\":{\"truncated\":false},"
                                        + "\"assignedVariables\":{\"v\":\"[1]\"},\"assignedVariablesDetails\":{\"truncated\":false}}"));
        assertThat(Rehearsal.json(
                        events.get(4).toJson().get("taskScheduledEventDetails").toString()))
                .isEqualTo(
                        Rehearsal.json(
                                "{\"resourceType\":\"lambda\",\"resource\":\"invoke\",\"region\":\"eu-central-1\",\"parameters\":\"{\\\"FunctionName\\\":\\\"f\\\"}\",\"timeoutInSeconds\":9}"));
        assertThat(events.get(9).timestamp()).isEqualTo(Rehearsal.START.plusSeconds(5));
    }

    @Test
    void dataCanBeLeftOut() {
        ExecutionDescription ended = rehearsal.run(STATES, "{\"a\":1}");
        List<HistoryEvent> events = rehearsal.engine.getExecutionHistory(ended.executionArn());
        assertThat(events.get(0).toJson(false).get("executionStartedEventDetails"))
                .isEqualTo(Rehearsal.json("{\"roleArn\":\"arn:aws:iam::000000000000:role/engine\"}"));
        assertThat(events.get(2).toJson(false).get("stateExitedEventDetails"))
                .isEqualTo(Rehearsal.json("{\"name\":\"P\"}"));
    }

    @Test
    void aFailureIsWrittenDownWithItsCause() {
        ExecutionDescription ended = rehearsal.run("\"F\":{\"Type\":\"Fail\",\"Error\":\"E\",\"Cause\":\"C\"}", "{}");
        List<HistoryEvent> events = rehearsal.engine.getExecutionHistory(ended.executionArn());
        assertThat(events)
                .extracting(event -> event.type().awsName())
                .containsExactly("ExecutionStarted", "FailStateEntered", "ExecutionFailed");
        assertThat(events.get(2).toJson().get("executionFailedEventDetails"))
                .isEqualTo(Rehearsal.json("{\"error\":\"E\",\"cause\":\"C\"}"));
    }
}

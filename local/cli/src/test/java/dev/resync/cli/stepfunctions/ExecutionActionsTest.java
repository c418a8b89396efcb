package dev.resync.cli.stepfunctions;

import static dev.resync.cli.stepfunctions.ServedRehearsal.NOW;
import static dev.resync.cli.stepfunctions.ServedRehearsal.RESTORE;
import static dev.resync.cli.stepfunctions.ServedRehearsal.RESYNC;
import static dev.resync.cli.stepfunctions.ServedRehearsal.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resync.cli.stepfunctions.ServedRehearsal.Gate;
import dev.resync.run.Ending;
import dev.resync.store.ControlJson;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionNotRedrivableException;
import software.amazon.awssdk.services.sfn.model.ExecutionRedriveStatus;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import software.amazon.awssdk.services.sfn.model.HistoryEventType;
import software.amazon.awssdk.services.sfn.model.InvalidArnException;
import software.amazon.awssdk.services.sfn.model.InvalidExecutionInputException;
import software.amazon.awssdk.services.sfn.model.InvalidNameException;
import software.amazon.awssdk.services.sfn.model.InvalidTokenException;
import software.amazon.awssdk.services.sfn.model.StartExecutionResponse;
import software.amazon.awssdk.services.sfn.model.StateMachineDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.ValidationException;

/** Executions by AWS' own client: started, looked at, stopped, redriven, and what it is refused. */
class ExecutionActionsTest {

    private static final int PAYLOAD_BYTES = 262_144;
    private static final String NONE = "arn:aws:states:local:000000000000:execution:resync:none";

    private ServedRehearsal rehearsal;

    @BeforeEach
    void serve() {
        rehearsal = new ServedRehearsal(false);
    }

    @AfterEach
    void close() {
        rehearsal.close();
    }

    private DescribeExecutionResponse describe(String execution) {
        return rehearsal.client.describeExecution(describe -> describe.executionArn(execution));
    }

    private List<HistoryEvent> history(String execution) {
        return rehearsal
                .client
                .getExecutionHistoryPaginator(
                        history -> history.executionArn(execution).maxResults(7))
                .events()
                .stream()
                .toList();
    }

    @Test
    void aRealRunIsStartedAndDescribedToItsEnd() {
        String execution;
        try (Gate gate = rehearsal.gate("admit")) {
            execution = rehearsal.execute();
            gate.awaitReached();
            assertThat(rehearsal.held).as("its lease was taken").containsKey(execution);
            DescribeExecutionResponse running = describe(execution);
            assertThat(running.status()).isEqualTo(ExecutionStatus.RUNNING);
            assertThat(running.startDate()).isEqualTo(NOW);
            assertThat(running.stopDate()).isNull();
            assertThat(running.output()).isNull();
            assertThat(running.input()).isEqualTo(rehearsal.held.get(execution).toString());
            assertThat(running.stateMachineArn()).isEqualTo(RESYNC);
            assertThat(running.redriveStatus()).isEqualTo(ExecutionRedriveStatus.NOT_REDRIVABLE);
            assertThat(running.redriveStatusReason()).isEqualTo("Execution is RUNNING and cannot be redriven");
        }
        rehearsal.settle(execution);
        DescribeExecutionResponse ended = describe(execution);
        assertThat(ended.status()).as("%s: %s", ended.error(), ended.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(ended.stopDate()).isNotNull();
        assertThat(ended.output()).contains("CUT_OVER");
        assertThat(ended.outputDetails().included()).isTrue();
        assertThat(rehearsal.run(execution).ending()).isEqualTo(Ending.CUT_OVER);
        assertThat(rehearsal.held).isEmpty();
        DescribeExecutionResponse metadata = rehearsal.client.describeExecution(
                describe -> describe.executionArn(execution).includedData("METADATA_ONLY"));
        assertThat(metadata.input()).isNull();
        assertThat(metadata.output()).isNull();
        assertThat(metadata.inputDetails().included()).isFalse();
    }

    /** As the console does with its example input, or none. */
    @Test
    void withoutInputItIsAPreview() {
        String execution = rehearsal.preview("console");
        assertThat(execution).endsWith(":execution:resync:console");
        rehearsal.settle(execution);
        assertThat(describe(execution).input()).isEqualTo("{}");
        assertThat(describe(execution).output()).contains("PREVIEW");
    }

    @Test
    void aNameCountsOnce() {
        StartExecutionResponse first;
        try (Gate gate = rehearsal.gate("admit")) {
            first = rehearsal.client.startExecution(
                    start -> start.stateMachineArn(RESYNC).name("once").input("{ \"a\" : 1 }"));
            gate.awaitReached();
            assertThat(rehearsal
                            .client
                            .startExecution(start ->
                                    start.stateMachineArn(RESYNC).name("once").input("{\"a\":1}"))
                            .equalsBySdkFields(first))
                    .isTrue();
            refused(
                    ExecutionAlreadyExistsException.class,
                    () -> rehearsal.client.startExecution(
                            start -> start.stateMachineArn(RESYNC).name("once").input("{\"a\":2}")));
            assertThat(rehearsal.held.get(first.executionArn()))
                    .as("the lease is still the first one's")
                    .hasToString("{\"a\":1}");
        }
        rehearsal.settle(first.executionArn());
        refused(
                ExecutionAlreadyExistsException.class,
                () -> rehearsal.client.startExecution(
                        start -> start.stateMachineArn(RESYNC).name("once").input("{\"a\":1}")));
        assertThat(rehearsal.held).as("nobody holds a lease of what has ended").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "with space",
                "a:b",
                "a/b",
                "\"",
                "12345678901234567890123456789012345678901234567890" + "1234567890123456789012345678901"
            })
    void aNameThatAwsWouldNotTakeIsRefused(String name) {
        refused(
                InvalidNameException.class,
                () -> rehearsal.client.startExecution(
                        start -> start.stateMachineArn(RESYNC).name(name)));
        assertThat(rehearsal.held).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{", "{} {}", "{'a':1}"})
    void anInputThatIsNotJsonIsRefused(String input) {
        refused(
                InvalidExecutionInputException.class,
                () -> rehearsal.client.startExecution(
                        start -> start.stateMachineArn(RESYNC).input(input)));
    }

    @Test
    void anInputIsAtMostAsLargeAsOnAws() {
        String most = '"' + "x".repeat(PAYLOAD_BYTES - 2) + '"';
        String execution = rehearsal
                .client
                .startExecution(start -> start.stateMachineArn(RESYNC).input(most))
                .executionArn();
        assertThat(describe(execution).input()).hasSize(PAYLOAD_BYTES);
        // Bytes are counted, not characters.
        String more = '"' + "x".repeat(PAYLOAD_BYTES - 3) + "\u00e9\"";
        refused(
                ValidationException.class,
                () -> rehearsal.client.startExecution(
                        start -> start.stateMachineArn(RESYNC).input(more)));
    }

    @Test
    void onlyTheMachinesThatThereAreAreStarted() {
        refused(
                StateMachineDoesNotExistException.class,
                () -> rehearsal.client.startExecution(start -> start.stateMachineArn(RESYNC + "2")));
        refused(
                StateMachineDoesNotExistException.class,
                () -> rehearsal.client.startExecution(start -> start.stateMachineArn(RESYNC + "/sync")));
        refused(
                InvalidArnException.class,
                () -> rehearsal.client.startExecution(start -> start.stateMachineArn("resync")));
        refused(ValidationException.class, () -> rehearsal.client.startExecution(start -> {}));
    }

    /** What EventBridge does on AWS: the rule of a stopped execution starts the restore machine. */
    @Test
    void aStopHasTheRestoreMachineStartByItself() {
        String execution;
        try (Gate gate = rehearsal.gate("sync-chunk")) {
            execution = rehearsal.execute();
            gate.awaitReached();
            assertThat(rehearsal
                            .client
                            .stopExecution(stop ->
                                    stop.executionArn(execution).error("Mine").cause("because"))
                            .stopDate())
                    .isEqualTo(describe(execution).stopDate());
        }
        rehearsal.settle(execution);
        DescribeExecutionResponse stopped = describe(execution);
        assertThat(stopped.status()).isEqualTo(ExecutionStatus.ABORTED);
        assertThat(stopped.error()).isEqualTo("Mine");
        assertThat(stopped.cause()).isEqualTo("because");
        assertThat(stopped.redriveStatus()).isEqualTo(ExecutionRedriveStatus.REDRIVABLE);
        List<ExecutionListItem> restores = rehearsal
                .client
                .listExecutions(list -> list.stateMachineArn(RESTORE))
                .executions();
        assertThat(restores).hasSize(1);
        assertThat(restores.get(0).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(rehearsal.run(execution).ending()).isEqualTo(Ending.UNTOUCHED);
        assertThat(rehearsal.run(execution).error().name()).isEqualTo("Mine");
        assertThat(history(execution).stream().map(HistoryEvent::type))
                .endsWith(
                        HistoryEventType.MAP_RUN_ABORTED,
                        HistoryEventType.MAP_STATE_ABORTED,
                        HistoryEventType.EXECUTION_ABORTED);
        // A second stop changes nothing.
        rehearsal.client.stopExecution(stop -> stop.executionArn(execution).error("Other"));
        assertThat(describe(execution).equalsBySdkFields(stopped)).isTrue();
    }

    /** No event starts anything for a restore: its run is closed all the same. */
    @Test
    void aStoppedRestoreIsClosed() {
        String first = rehearsal.execute();
        rehearsal.settle(first);
        String snapshot = rehearsal.run(first).snapshot();
        String restore;
        try (Gate gate = rehearsal.gate("snapshot-chunk")) {
            restore = rehearsal
                    .client
                    .startExecution(start -> start.stateMachineArn(RESTORE)
                            .input(ControlJson.mapper()
                                    .createObjectNode()
                                    .put("environment", "local")
                                    .put("mode", "RESTORE")
                                    .put("snapshot", snapshot)
                                    .put("requestedBy", "Ada Example")
                                    .put("reason", "rehearsal")
                                    .toString()))
                    .executionArn();
            gate.awaitReached();
            rehearsal.client.stopExecution(stop -> stop.executionArn(restore).error("Mine"));
        }
        rehearsal.settle(restore);
        assertThat(rehearsal.run(restore).ending()).isEqualTo(Ending.UNTOUCHED);
    }

    @Test
    void whatDoesNotExistIsNamed() {
        refused(ExecutionDoesNotExistException.class, () -> describe(NONE));
        refused(
                ExecutionDoesNotExistException.class,
                () -> rehearsal.client.stopExecution(stop -> stop.executionArn(NONE)));
        refused(
                ExecutionDoesNotExistException.class,
                () -> rehearsal.client.redriveExecution(redrive -> redrive.executionArn(NONE)));
        refused(
                ExecutionDoesNotExistException.class,
                () -> rehearsal.client.getExecutionHistory(history -> history.executionArn(NONE)));
        refused(InvalidArnException.class, () -> describe("none"));
        refused(
                ValidationException.class,
                () -> rehearsal.client.stopExecution(
                        stop -> stop.executionArn(NONE).error("x".repeat(257))));
        refused(
                ValidationException.class,
                () -> rehearsal.client.describeExecution(
                        describe -> describe.executionArn(NONE).includedData("SOME")));
    }

    @Test
    void aFailedExecutionIsRedrivenOnceForOneClientToken() {
        AtomicBoolean broken = new AtomicBoolean(true);
        rehearsal.calls.set((function, payload, call) -> {
            if (function.equals("admit") && broken.get()) {
                throw new IllegalStateException("broken for a while");
            }
            return call.get();
        });
        String execution = rehearsal.preview("again");
        rehearsal.settle(execution);
        DescribeExecutionResponse failed = describe(execution);
        assertThat(failed.status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(failed.error()).isEqualTo("java.lang.IllegalStateException");
        assertThat(failed.redriveStatus()).isEqualTo(ExecutionRedriveStatus.REDRIVABLE);
        broken.set(false);
        try (Gate gate = rehearsal.gate("admit")) {
            var redriven = rehearsal.client.redriveExecution(
                    redrive -> redrive.executionArn(execution).clientToken("one"));
            gate.awaitReached();
            assertThat(rehearsal.held).as("its lease was taken again").containsKey(execution);
            assertThat(describe(execution).redriveDate()).isEqualTo(redriven.redriveDate());
            assertThat(rehearsal
                            .client
                            .redriveExecution(
                                    redrive -> redrive.executionArn(execution).clientToken("one"))
                            .redriveDate())
                    .isEqualTo(redriven.redriveDate());
            refused(
                    ExecutionNotRedrivableException.class,
                    () -> rehearsal.client.redriveExecution(
                            redrive -> redrive.executionArn(execution).clientToken("two")));
        }
        rehearsal.settle(execution);
        assertThat(describe(execution).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(describe(execution).redriveCount()).isEqualTo(1);
        assertThat(history(execution).stream().map(HistoryEvent::type)).contains(HistoryEventType.EXECUTION_REDRIVEN);
        refused(
                ExecutionNotRedrivableException.class,
                () -> rehearsal.client.redriveExecution(redrive -> redrive.executionArn(execution)));
        assertThat(rehearsal.held).isEmpty();
    }

    /** Every event of a whole run and of a child of each map; the answers are held to the model as well. */
    @Test
    void theHistoryIsWholeOnPagesInBothDirections() {
        String execution = rehearsal.execute();
        rehearsal.settle(execution);
        List<HistoryEvent> all = history(execution);
        assertThat(all).extracting(HistoryEvent::type).doesNotContain(HistoryEventType.UNKNOWN_TO_SDK_VERSION);
        for (int i = 0; i < all.size(); i++) {
            assertThat(all.get(i).id()).isEqualTo(i + 1L);
        }
        assertThat(all.get(0).timestamp()).isEqualTo(NOW);
        assertThat(all.get(0).executionStartedEventDetails().input()).contains("EXECUTE");
        assertThat(all.get(1).stateEnteredEventDetails().name()).isEqualTo("Admit");
        HistoryEvent scheduled = all.get(2);
        assertThat(scheduled.type()).isEqualTo(HistoryEventType.TASK_SCHEDULED);
        assertThat(scheduled.taskScheduledEventDetails().region()).isEqualTo("local");
        assertThat(scheduled.taskScheduledEventDetails().parameters()).contains(":function:admit");
        HistoryEvent mapRun = all.stream()
                .filter(event -> event.type() == HistoryEventType.MAP_RUN_STARTED)
                .findFirst()
                .orElseThrow();
        assertThat(mapRun.mapRunStartedEventDetails().mapRunArn()).contains(":mapRun:resync/snapshot:");
        List<HistoryEvent> backwards = new ArrayList<>(rehearsal
                .client
                .getExecutionHistoryPaginator(
                        history -> history.executionArn(execution).maxResults(7).reverseOrder(true))
                .events()
                .stream()
                .toList());
        assertThat(backwards.get(0).id()).isEqualTo((long) all.size());
        java.util.Collections.reverse(backwards);
        assertThat(backwards).isEqualTo(all);
        HistoryEvent bare = rehearsal
                .client
                .getExecutionHistory(history -> history.executionArn(execution).includeExecutionData(false))
                .events()
                .get(0);
        assertThat(bare.executionStartedEventDetails().input()).isNull();
        String child = rehearsal
                .client
                .listExecutions(list -> list.stateMachineArn(RESYNC + "/sync"))
                .executions()
                .get(0)
                .executionArn();
        assertThat(history(child).stream().map(HistoryEvent::typeAsString).collect(Collectors.toSet()))
                .contains("ExecutionStarted", "TaskSucceeded", "ExecutionSucceeded");
    }

    @Test
    void aTokenIsGoodForItsOwnQuestionOnly() {
        String execution = rehearsal.preview("token");
        rehearsal.settle(execution);
        String token = rehearsal
                .client
                .getExecutionHistory(history -> history.executionArn(execution).maxResults(2))
                .nextToken();
        assertThat(rehearsal
                        .client
                        .getExecutionHistory(
                                history -> history.executionArn(execution).nextToken(token))
                        .events()
                        .get(0)
                        .id())
                .isEqualTo(3);
        refused(
                InvalidTokenException.class,
                () -> rehearsal.client.getExecutionHistory(history ->
                        history.executionArn(execution).reverseOrder(true).nextToken(token)));
        refused(
                InvalidTokenException.class,
                () -> rehearsal.client.getExecutionHistory(
                        history -> history.executionArn(execution).nextToken("mine")));
        refused(
                ValidationException.class,
                () -> rehearsal.client.getExecutionHistory(
                        history -> history.executionArn(execution).maxResults(1001)));
    }
}

package dev.resync.cli.stepfunctions;

import static dev.resync.cli.stepfunctions.ServedRehearsal.RESYNC;
import static dev.resync.cli.stepfunctions.ServedRehearsal.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resync.cli.stepfunctions.ServedRehearsal.Gate;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionRedriveFilter;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.InvalidArnException;
import software.amazon.awssdk.services.sfn.model.InvalidTokenException;
import software.amazon.awssdk.services.sfn.model.ListExecutionsRequest;
import software.amazon.awssdk.services.sfn.model.ListExecutionsResponse;
import software.amazon.awssdk.services.sfn.model.ResourceNotFoundException;
import software.amazon.awssdk.services.sfn.model.StateMachineDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.ValidationException;

/** Lists of executions by AWS' own client. */
class ListActionsTest {

    private ServedRehearsal rehearsal;

    @BeforeEach
    void serve() {
        rehearsal = new ServedRehearsal(false);
    }

    @AfterEach
    void close() {
        rehearsal.close();
    }

    private List<ExecutionListItem> list(Consumer<ListExecutionsRequest.Builder> request) {
        return rehearsal.client.listExecutionsPaginator(request).executions().stream()
                .toList();
    }

    @Test
    void theNewestComeFirstAndNoneTwiceWhereOthersBeginMeanwhile() {
        for (String name : List.of("a", "b", "c", "d")) {
            rehearsal.settle(rehearsal.preview(name));
        }
        ListExecutionsResponse first = rehearsal.client.listExecutions(
                list -> list.stateMachineArn(RESYNC).maxResults(2));
        assertThat(first.executions()).extracting(ExecutionListItem::name).containsExactly("d", "c");
        rehearsal.settle(rehearsal.preview("e"));
        ListExecutionsResponse second = rehearsal.client.listExecutions(
                list -> list.stateMachineArn(RESYNC).maxResults(2).nextToken(first.nextToken()));
        assertThat(second.executions()).extracting(ExecutionListItem::name).containsExactly("b", "a");
        assertThat(second.nextToken()).isNull();
        assertThat(list(list -> list.stateMachineArn(RESYNC).maxResults(1)))
                .extracting(ExecutionListItem::name)
                .containsExactly("e", "d", "c", "b", "a");
        refused(
                InvalidTokenException.class,
                () -> rehearsal.client.listExecutions(list -> list.stateMachineArn(RESYNC)
                        .statusFilter(ExecutionStatus.SUCCEEDED)
                        .nextToken(first.nextToken())));
    }

    @Test
    void theyAreFilteredByStatus() {
        rehearsal.settle(rehearsal.preview("ended"));
        try (Gate gate = rehearsal.gate("admit")) {
            rehearsal.preview("running");
            gate.awaitReached();
            assertThat(list(list -> list.stateMachineArn(RESYNC).statusFilter(ExecutionStatus.RUNNING)))
                    .extracting(ExecutionListItem::name)
                    .containsExactly("running");
            assertThat(list(list -> list.stateMachineArn(RESYNC).statusFilter(ExecutionStatus.SUCCEEDED)))
                    .extracting(ExecutionListItem::name)
                    .containsExactly("ended");
        }
    }

    @Test
    void childrenAreListedByTheirMapOrTheirMapRun() {
        String execution = rehearsal.execute();
        rehearsal.settle(execution);
        List<ExecutionListItem> ofMap = list(list -> list.stateMachineArn(RESYNC + "/sync"));
        assertThat(ofMap).hasSizeGreaterThan(1).allSatisfy(child -> {
            assertThat(child.stateMachineArn()).isEqualTo(RESYNC + "/sync");
            assertThat(child.itemCount()).isNull();
        });
        String mapRun = ofMap.get(0).mapRunArn();
        List<ExecutionListItem> ofMapRun = list(list -> list.mapRunArn(mapRun));
        assertThat(ofMapRun)
                .extracting(ExecutionListItem::executionArn)
                .containsExactlyElementsOf(
                        ofMap.stream().map(ExecutionListItem::executionArn).toList());
        assertThat(ofMapRun).allSatisfy(child -> assertThat(child.itemCount()).isEqualTo(1));
        assertThat(list(list -> list.mapRunArn(mapRun).redriveFilter(ExecutionRedriveFilter.REDRIVEN)))
                .isEmpty();
        assertThat(list(list -> list.mapRunArn(mapRun).redriveFilter(ExecutionRedriveFilter.NOT_REDRIVEN)))
                .hasSameSizeAs(ofMapRun);
        assertThat(list(list -> list.stateMachineArn(RESYNC)))
                .extracting(ExecutionListItem::executionArn)
                .containsExactly(execution);
    }

    @Test
    void whatDoesNotExistIsNamed() {
        String mapRun = "arn:aws:states:local:000000000000:mapRun:resync/sync:none";
        refused(ValidationException.class, () -> rehearsal.client.listExecutions(list -> {}));
        refused(
                ValidationException.class,
                () -> rehearsal.client.listExecutions(
                        list -> list.stateMachineArn(RESYNC).mapRunArn(mapRun)));
        refused(
                ValidationException.class,
                () -> rehearsal.client.listExecutions(
                        list -> list.stateMachineArn(RESYNC).redriveFilter(ExecutionRedriveFilter.REDRIVEN)));
        refused(
                ValidationException.class,
                () -> rehearsal.client.listExecutions(
                        list -> list.stateMachineArn(RESYNC).statusFilter("ENDED")));
        refused(
                StateMachineDoesNotExistException.class,
                () -> rehearsal.client.listExecutions(list -> list.stateMachineArn(RESYNC + "2")));
        refused(
                StateMachineDoesNotExistException.class,
                () -> rehearsal.client.listExecutions(list -> list.stateMachineArn(RESYNC + "/none")));
        refused(ResourceNotFoundException.class, () -> rehearsal.client.listExecutions(list -> list.mapRunArn(mapRun)));
        refused(InvalidArnException.class, () -> rehearsal.client.listExecutions(list -> list.mapRunArn("none")));
    }
}

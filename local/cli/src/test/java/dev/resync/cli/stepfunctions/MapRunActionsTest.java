package dev.resync.cli.stepfunctions;

import static dev.resync.cli.stepfunctions.ServedRehearsal.NOW;
import static dev.resync.cli.stepfunctions.ServedRehearsal.RESYNC;
import static dev.resync.cli.stepfunctions.ServedRehearsal.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resync.cli.stepfunctions.ServedRehearsal.Gate;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.model.DescribeMapRunResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.InvalidArnException;
import software.amazon.awssdk.services.sfn.model.MapRunListItem;
import software.amazon.awssdk.services.sfn.model.MapRunStatus;
import software.amazon.awssdk.services.sfn.model.ResourceNotFoundException;
import software.amazon.awssdk.services.sfn.model.ValidationException;

/** Map runs by AWS' own client, looked at and changed while they are under way. */
class MapRunActionsTest {

    private static final String NONE = "arn:aws:states:local:000000000000:mapRun:resync/sync:none";

    private ServedRehearsal rehearsal;

    @BeforeEach
    void serve() {
        rehearsal = new ServedRehearsal(false);
    }

    @AfterEach
    void close() {
        rehearsal.close();
    }

    private DescribeMapRunResponse describe(String mapRun) {
        return rehearsal.client.describeMapRun(describe -> describe.mapRunArn(mapRun));
    }

    @Test
    void aMapRunIsDescribedAndChangedUnderWay() {
        String execution;
        String mapRun;
        try (Gate gate = rehearsal.gate("snapshot-chunk")) {
            execution = rehearsal.execute();
            gate.awaitReached();
            List<MapRunListItem> listed = rehearsal
                    .client
                    .listMapRuns(list -> list.executionArn(execution))
                    .mapRuns();
            assertThat(listed).hasSize(1);
            assertThat(listed.get(0).executionArn()).isEqualTo(execution);
            assertThat(listed.get(0).stateMachineArn()).isEqualTo(RESYNC + "/snapshot");
            mapRun = listed.get(0).mapRunArn();
            DescribeMapRunResponse before = describe(mapRun);
            assertThat(before.status()).isEqualTo(MapRunStatus.RUNNING);
            assertThat(before.executionArn()).isEqualTo(execution);
            assertThat(before.startDate()).isEqualTo(NOW);
            assertThat(before.maxConcurrency()).isEqualTo(2);
            assertThat(before.toleratedFailureCount()).isZero();
            assertThat(before.toleratedFailurePercentage()).isZero();
            assertThat(before.itemCounts().running()).isEqualTo(2);
            assertThat(before.itemCounts().pending()).isPositive();
            assertThat(before.executionCounts().total())
                    .isEqualTo(2 + before.itemCounts().pending());

            rehearsal.client.updateMapRun(update -> update.mapRunArn(mapRun).maxConcurrency(3));
            DescribeMapRunResponse more = describe(mapRun);
            assertThat(more.maxConcurrency()).isEqualTo(3);
            assertThat(more.itemCounts().running()).isEqualTo(3);
            rehearsal.client.updateMapRun(
                    update -> update.mapRunArn(mapRun).toleratedFailureCount(4L).toleratedFailurePercentage(12.5f));
            DescribeMapRunResponse tolerant = describe(mapRun);
            assertThat(tolerant.maxConcurrency()).isEqualTo(3);
            assertThat(tolerant.toleratedFailureCount()).isEqualTo(4);
            assertThat(tolerant.toleratedFailurePercentage()).isEqualTo(12.5f);
            assertThat(tolerant.itemCounts().running()).isEqualTo(3);
        }
        rehearsal.settle(execution);
        DescribeMapRunResponse ended = describe(mapRun);
        assertThat(ended.status()).isEqualTo(MapRunStatus.SUCCEEDED);
        assertThat(ended.stopDate()).isNotNull();
        assertThat(ended.itemCounts().succeeded()).isEqualTo(ended.itemCounts().total());
        assertThat(
                        rehearsal
                                .client
                                .listMapRunsPaginator(
                                        list -> list.executionArn(execution).maxResults(1))
                                .mapRuns()
                                .stream()
                                .map(each -> each.stateMachineArn().substring(RESYNC.length())))
                .containsExactly("/map", "/sync", "/snapshot");
        refused(
                ValidationException.class,
                () -> rehearsal.client.updateMapRun(
                        update -> update.mapRunArn(mapRun).maxConcurrency(1)));
    }

    @Test
    void aStopAbortsIt() {
        String execution;
        try (Gate gate = rehearsal.gate("snapshot-chunk")) {
            execution = rehearsal.execute();
            gate.awaitReached();
            rehearsal.client.stopExecution(stop -> stop.executionArn(execution));
        }
        String mapRun = rehearsal
                .client
                .listMapRuns(list -> list.executionArn(execution))
                .mapRuns()
                .get(0)
                .mapRunArn();
        await().atMost(Duration.ofSeconds(30)).until(() -> describe(mapRun).status() == MapRunStatus.ABORTED);
        assertThat(describe(mapRun).itemCounts().aborted()).isEqualTo(2);
    }

    @Test
    void whatDoesNotExistOrFitIsNamed() {
        String execution = "arn:aws:states:local:000000000000:execution:resync:none";
        refused(
                ExecutionDoesNotExistException.class,
                () -> rehearsal.client.listMapRuns(list -> list.executionArn(execution)));
        refused(ResourceNotFoundException.class, () -> describe(NONE));
        refused(
                ResourceNotFoundException.class,
                () -> rehearsal.client.updateMapRun(
                        update -> update.mapRunArn(NONE).maxConcurrency(1)));
        refused(InvalidArnException.class, () -> describe(execution));
        refused(ValidationException.class, () -> rehearsal.client.updateMapRun(update -> update.mapRunArn(NONE)));
        refused(
                ValidationException.class,
                () -> rehearsal.client.updateMapRun(
                        update -> update.mapRunArn(NONE).maxConcurrency(-1)));
        refused(
                ValidationException.class,
                () -> rehearsal.client.updateMapRun(
                        update -> update.mapRunArn(NONE).toleratedFailurePercentage(100.5f)));
    }
}

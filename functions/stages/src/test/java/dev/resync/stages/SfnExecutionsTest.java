package dev.resync.stages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.resync.error.EnvironmentInvalid;
import dev.resync.error.ExecutionsUnavailable;
import dev.resync.run.ExecutionStatus;
import dev.resync.stages.FakeAws.Asked;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sfn.SfnClient;

class SfnExecutionsTest {

    private static final String MACHINE = "arn:aws:states:eu-west-2:123456789012:stateMachine:resync-restore-test";
    private static final Instant NOW = Instant.parse("2026-06-15T09:00:00Z");
    private static final String EXECUTION = Requests.EXECUTION + "one";

    private final FakeAws service = new FakeAws();
    private final SfnClient client = SfnClient.builder()
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .credentialsProvider(AnonymousCredentialsProvider.create())
            .region(Region.EU_WEST_2)
            .endpointOverride(service.endpoint())
            .build();
    private final SfnExecutions executions = executions(Optional.of(MACHINE));

    @AfterEach
    void stop() {
        client.close();
        service.close();
    }

    @ParameterizedTest
    @EnumSource(names = "UNKNOWN", mode = EnumSource.Mode.EXCLUDE)
    void everyStatusIsRead(ExecutionStatus status) {
        service.answer("{\"status\": \"" + status + "\"}");

        assertThat(executions.status(EXECUTION)).isEqualTo(status);
        assertThat(service.asked())
                .containsExactly(
                        new Asked("DescribeExecution", Event.json("{\"executionArn\": \"" + EXECUTION + "\"}")));
    }

    @ParameterizedTest
    @CsvSource({
        "RUNNING,   49, ,  RUNNING",
        "RUNNING,   50, ,  TIMED_OUT",
        "PENDING_REDRIVE, 50, , TIMED_OUT",
        "RUNNING,   90, 49, RUNNING",
        "RUNNING,   90, 50, TIMED_OUT",
        "SUCCEEDED, 90, ,  SUCCEEDED",
        "FAILED,    90, ,  FAILED"
    })
    void anExecutionOlderThanItsLimitHasTimedOut(
            ExecutionStatus described, long startedHoursAgo, Long redrivenHoursAgo, ExecutionStatus status) {
        service.answer("{\"status\": \"%s\", \"startDate\": %d%s}"
                .formatted(
                        described,
                        hoursAgo(startedHoursAgo),
                        redrivenHoursAgo == null ? "" : ", \"redriveDate\": " + hoursAgo(redrivenHoursAgo)));

        assertThat(executions.status(EXECUTION)).isEqualTo(status);
    }

    private static long hoursAgo(long hours) {
        // A second less, so that the margin counts as not yet over.
        return NOW.minus(Duration.ofHours(hours)).plusSeconds(1).getEpochSecond();
    }

    @ParameterizedTest
    @ValueSource(strings = {"resync", "restore"})
    void theLimitIsThatOfTheStateMachines(String machine) throws IOException {
        JsonNode asl = new ObjectMapper()
                .readTree(Path.of("..", "..", "statemachine", machine + ".asl.json")
                        .toFile());

        assertThat(asl.path("TimeoutSeconds").asLong()).isEqualTo(SfnExecutions.LIMIT.toSeconds());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ExecutionDoesNotExist", "InvalidArn"})
    void anExecutionThatTheServiceDoesNotKnowIsUnknown(String error) {
        service.refuse(error);

        assertThat(executions.status(EXECUTION)).isEqualTo(ExecutionStatus.UNKNOWN);
    }

    @Test
    void nothingIsConcludedFromARefusalOrANewStatus() {
        service.refuse("AccessDeniedException");
        assertThatThrownBy(() -> executions.status(EXECUTION)).isInstanceOf(ExecutionsUnavailable.class);

        service.answer("{\"status\": \"PAUSED\"}");
        assertThatThrownBy(() -> executions.status(EXECUTION)).hasMessageContaining("PAUSED");
    }

    @Test
    void aRestoreIsStartedUnderTheNameOfRunAndAttempt() {
        service.answer("{\"executionArn\": \"" + EXECUTION + "\", \"startDate\": 1772355600}");

        executions.startRestore("test-revalidation-20260301T090000-0123456789", "2-17");

        assertThat(service.asked())
                .containsExactly(
                        new Asked(
                                "StartExecution",
                                Event.json(
                                        "{\"stateMachineArn\": \"" + MACHINE + "\","
                                                + " \"name\": \"test-revalidation-20260301T090000-0123456789-2-17\","
                                                + " \"input\": \"{\\\"runId\\\":\\\"test-revalidation-20260301T090000-0123456789\\\"}\"}")));
    }

    @Test
    void aRestoreThatWasStartedBeforeIsFine() {
        service.refuse("ExecutionAlreadyExists");

        executions.startRestore("test-run", "2-17");

        assertThat(service.asked()).hasSize(1);
    }

    @Test
    void withoutAStateMachineNothingIsAsked() {
        assertThatThrownBy(() -> executions(Optional.empty()).startRestore("test-run", "2-17"))
                .isInstanceOf(EnvironmentInvalid.class)
                .hasMessageContaining("RESYNC_RESTORE_MACHINE_ARN");
        assertThat(service.asked()).isEmpty();
    }

    private SfnExecutions executions(Optional<String> machine) {
        return new SfnExecutions(
                client,
                Deployed.with(machine.map(arn -> Map.of("resync.restore-machine-arn", arn))
                        .orElse(Map.of())),
                Clock.fixed(NOW, ZoneOffset.UTC));
    }
}

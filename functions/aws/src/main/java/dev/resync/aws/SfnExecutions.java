package dev.resync.aws;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.resync.error.ExecutionsUnavailable;
import dev.resync.run.ExecutionStatus;
import dev.resync.run.Executions;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.InvalidArnException;

/** Executions of AWS Step Functions. */
@Singleton
public final class SfnExecutions implements Executions {

    /** {@code TimeoutSeconds} of both state machines. */
    static final Duration LIMIT = Duration.ofSeconds(172_800);

    /** How much later than its limit an execution may be described as running. */
    static final Duration MARGIN = Duration.ofHours(1);

    private final SfnClient client;
    private final Settings settings;
    private final Clock clock;

    SfnExecutions(SfnClient client, Settings settings, Clock clock) {
        this.client = client;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Returns the status of an execution. One that is older than its limit, counted from its last redrive as the service does,
     * has timed out: a state machine that was deployed without its limit must not keep a run open for ever.
     *
     * @throws IllegalStateException for a status not known to this version: nothing may be concluded from it
     */
    @Override
    public ExecutionStatus status(String execution) {
        try {
            DescribeExecutionResponse described = client.describeExecution(request -> request.executionArn(execution));
            ExecutionStatus status = known(execution, described.statusAsString());
            return status.active() && overLimit(described) ? ExecutionStatus.TIMED_OUT : status;
        } catch (ExecutionDoesNotExistException | InvalidArnException e) {
            return ExecutionStatus.UNKNOWN;
        } catch (SdkException e) {
            throw unavailable(e);
        }
    }

    private boolean overLimit(DescribeExecutionResponse described) {
        Instant since = described.redriveDate() == null ? described.startDate() : described.redriveDate();
        return since != null && clock.instant().isAfter(since.plus(LIMIT).plus(MARGIN));
    }

    private static ExecutionStatus known(String execution, String status) {
        for (ExecutionStatus known : ExecutionStatus.values()) {
            if (known.name().equals(status)) {
                return known;
            }
        }
        throw new IllegalStateException("execution " + execution + " has status " + status);
    }

    @Override
    public void startRestore(String runId, String attempt) {
        String machine = settings.restoreMachine();
        String input = JsonNodeFactory.instance.objectNode().put("runId", runId).toString();
        try {
            client.startExecution(request -> request.stateMachineArn(machine)
                    .name(RestoreName.of(runId, attempt))
                    .input(input));
        } catch (ExecutionAlreadyExistsException e) {
            // This attempt was started before, which is all that was asked for.
            return;
        } catch (SdkException e) {
            throw unavailable(e);
        }
    }

    /** Returns the named error of a call that the service did not answer, or refused. */
    public static ExecutionsUnavailable unavailable(SdkException e) {
        return new ExecutionsUnavailable(
                "Step Functions did not do what it was asked: " + e.getMessage()
                        + ". Tried again, it may; if it keeps failing, check the function's permissions.",
                e);
    }
}

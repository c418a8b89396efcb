package dev.resync.admin.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.admin.ExecutionControl;
import dev.resync.aws.Settings;
import dev.resync.aws.SfnExecutions;
import dev.resync.error.ResumeRefused;
import dev.resync.run.ExecutionStatus;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.ExecutionNotRedrivableException;
import software.amazon.awssdk.services.sfn.model.InvalidArnException;
import software.amazon.awssdk.services.sfn.model.StartExecutionResponse;
import software.amazon.awssdk.services.sfn.model.TaskDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.TaskTimedOutException;

/** Starts, stops and wakes executions of AWS Step Functions. */
@Singleton
final class SfnExecutionControl implements ExecutionControl {

    /** API Gateway gives an answer 30 seconds, and whoever looks at a run is not to wait for what is known without it. */
    private static final Duration LOOK = Duration.ofSeconds(3);

    private static final AwsRequestOverrideConfiguration SOON =
            AwsRequestOverrideConfiguration.builder().apiCallTimeout(LOOK).build();

    private final SfnClient client;
    private final Settings settings;

    SfnExecutionControl(SfnClient client, Settings settings) {
        this.client = client;
        this.settings = settings;
    }

    @Override
    public Optional<Started> start(Machine machine, String name, JsonNode input) {
        String arn = machine == Machine.RESYNC ? settings.resyncMachine() : settings.restoreMachine();
        try {
            StartExecutionResponse started = client.startExecution(
                    request -> request.stateMachineArn(arn).name(name).input(input.toString()));
            return Optional.of(new Started(started.executionArn(), started.startDate()));
        } catch (ExecutionAlreadyExistsException ended) {
            return Optional.empty();
        } catch (SdkException e) {
            throw SfnExecutions.unavailable(e);
        }
    }

    @Override
    public void stop(String execution, String who, String why) {
        try {
            client.stopExecution(request ->
                    request.executionArn(execution).error("Resync.Stopped").cause("Stopped by " + who + ": " + why));
        } catch (ExecutionDoesNotExistException gone) {
            // Ended long ago; reconcile closes its run.
            return;
        } catch (SdkException e) {
            throw SfnExecutions.unavailable(e);
        }
    }

    @Override
    public void wake(String taskToken) {
        try {
            client.sendTaskSuccess(request -> request.taskToken(taskToken).output("{}"));
        } catch (TaskDoesNotExistException | TaskTimedOutException gone) {
            // It waits no more: the run goes on, or ends, by itself.
            return;
        } catch (SdkException e) {
            throw SfnExecutions.unavailable(e);
        }
    }

    @Override
    public ExecutionStatus status(String execution) {
        try {
            return ExecutionStatus.valueOf(client.describeExecution(
                            request -> request.executionArn(execution).overrideConfiguration(SOON))
                    .statusAsString());
        } catch (ExecutionDoesNotExistException | InvalidArnException | IllegalArgumentException e) {
            return ExecutionStatus.UNKNOWN;
        } catch (SdkException e) {
            throw SfnExecutions.unavailable(e);
        }
    }

    @Override
    public void redrive(String execution) {
        try {
            client.redriveExecution(request -> request.executionArn(execution));
        } catch (ExecutionNotRedrivableException | ExecutionDoesNotExistException cannot) {
            throw new ResumeRefused("Step Functions cannot redrive " + execution + ": " + cannot.getMessage()
                    + ". Resume the run from MAP in a new execution, or stop it.");
        } catch (SdkException e) {
            throw SfnExecutions.unavailable(e);
        }
    }

    @Override
    public void limitConcurrency(String execution, int most) {
        try {
            client.listMapRunsPaginator(request -> request.executionArn(execution)).mapRuns().stream()
                    .filter(run -> run.stopDate() == null)
                    .forEach(run -> client.updateMapRun(
                            request -> request.mapRunArn(run.mapRunArn()).maxConcurrency(most)));
        } catch (ExecutionDoesNotExistException gone) {
            // Ended long ago.
            return;
        } catch (SdkException e) {
            throw SfnExecutions.unavailable(e);
        }
    }
}

package dev.resync.admin.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.admin.ExecutionControl;
import dev.resync.aws.Settings;
import dev.resync.aws.SfnExecutions;
import jakarta.inject.Singleton;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.StartExecutionResponse;
import software.amazon.awssdk.services.sfn.model.TaskDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.TaskTimedOutException;

/** Starts, stops and wakes executions of AWS Step Functions. */
@Singleton
final class SfnExecutionControl implements ExecutionControl {

    private final SfnClient client;
    private final Settings settings;

    SfnExecutionControl(SfnClient client, Settings settings) {
        this.client = client;
        this.settings = settings;
    }

    @Override
    public Started start(Machine machine, String name, JsonNode input) {
        String arn = machine == Machine.RESYNC ? settings.resyncMachine() : settings.restoreMachine();
        try {
            StartExecutionResponse started = client.startExecution(
                    request -> request.stateMachineArn(arn).name(name).input(input.toString()));
            return new Started(started.executionArn(), started.startDate());
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
}

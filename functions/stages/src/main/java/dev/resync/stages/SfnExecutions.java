package dev.resync.stages;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.resync.error.ExecutionsUnavailable;
import dev.resync.run.ExecutionStatus;
import dev.resync.run.Executions;
import jakarta.inject.Singleton;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.InvalidArnException;

/** Executions of AWS Step Functions. */
@Singleton
public final class SfnExecutions implements Executions {

    private final SfnClient client;
    private final Settings settings;

    SfnExecutions(SfnClient client, Settings settings) {
        this.client = client;
        this.settings = settings;
    }

    /** @throws IllegalStateException for a status not known to this version: nothing may be concluded from it */
    @Override
    public ExecutionStatus status(String execution) {
        String status;
        try {
            status = client.describeExecution(request -> request.executionArn(execution))
                    .statusAsString();
        } catch (ExecutionDoesNotExistException | InvalidArnException e) {
            return ExecutionStatus.UNKNOWN;
        } catch (SdkException e) {
            throw unavailable(e);
        }
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

    private static ExecutionsUnavailable unavailable(SdkException e) {
        return new ExecutionsUnavailable(
                "Step Functions did not answer: " + e.getMessage()
                        + ". The call is tried again; if it keeps failing, check the function's permissions.",
                e);
    }
}

package dev.resync.cli.serve;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.admin.ExecutionControl;
import dev.resync.cli.local.LocalPlatform;
import dev.resync.cli.local.StoredLeases;
import dev.resync.engine.ExecutionAlreadyExists;
import dev.resync.engine.ExecutionDoesNotExist;
import dev.resync.engine.ExecutionNotRedrivable;
import dev.resync.engine.TaskDoesNotExist;
import dev.resync.error.ResumeRefused;
import dev.resync.run.ExecutionStatus;
import dev.resync.store.ControlJson;
import java.util.Optional;

/** Starts, stops and wakes executions of the platform in this process, and asks other processes to stop theirs. */
final class LocalExecutionControl implements ExecutionControl {

    private final LocalPlatform platform;
    private final StoredLeases leases;

    LocalExecutionControl(LocalPlatform platform, StoredLeases leases) {
        this.platform = platform;
        this.leases = leases;
    }

    @Override
    public Optional<Started> start(Machine machine, String name, JsonNode input) {
        try {
            String arn =
                    machine == Machine.RESYNC ? platform.startResync(name, input) : platform.startRestore(name, input);
            return Optional.of(
                    new Started(arn, platform.engine().describeExecution(arn).startDate()));
        } catch (ExecutionAlreadyExists ended) {
            return Optional.empty();
        }
    }

    @Override
    public void stop(String execution, String who, String why) {
        try {
            platform.stop(execution, "Stopped by " + who + ": " + why);
        } catch (ExecutionDoesNotExist another) {
            // A command in another process drives it.
            leases.requestStop(execution);
        }
    }

    @Override
    public void wake(String taskToken) {
        try {
            platform.engine().sendTaskSuccess(taskToken, ControlJson.mapper().createObjectNode());
        } catch (TaskDoesNotExist gone) {
            // It waits no more, or in another process, which looks by itself.
            return;
        }
    }

    @Override
    public ExecutionStatus status(String execution) {
        try {
            return ExecutionStatus.valueOf(
                    platform.engine().describeExecution(execution).status().name());
        } catch (ExecutionDoesNotExist another) {
            return leases.status(execution);
        }
    }

    @Override
    public void redrive(String execution) {
        try {
            platform.redrive(execution);
        } catch (ExecutionDoesNotExist | ExecutionNotRedrivable cannot) {
            throw new ResumeRefused("This process cannot redrive " + execution + ": " + cannot.getMessage()
                    + ". Resume the run from MAP in a new execution, or stop it.");
        }
    }

    /** Does nothing: the functions keep the limit by themselves, and cost nothing while they wait here. */
    @Override
    public void limitConcurrency(String execution, int most) {}
}

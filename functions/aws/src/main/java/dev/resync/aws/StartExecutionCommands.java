package dev.resync.aws;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resync.run.NextCommands;
import dev.resync.run.Run;
import dev.resync.run.RunMode;
import java.util.List;
import java.util.Optional;

/** Words the next step as a call of the AWS command line that starts an execution with the exact input. */
final class StartExecutionCommands implements NextCommands {

    private final Optional<String> restoreMachine;

    /** @param restoreMachine ARN of the restore state machine, where this function knows it */
    StartExecutionCommands(Optional<String> restoreMachine) {
        this.restoreMachine = restoreMachine;
    }

    @Override
    public String dryRun(Run run) {
        return start(machineOf(run), resync(run).put("mode", RunMode.DRY_RUN.name()));
    }

    @Override
    public String realRun(Run dryRun, String token) {
        return start(
                machineOf(dryRun),
                resync(dryRun).put("mode", RunMode.EXECUTE.name()).put("confirm", token));
    }

    @Override
    public String restore(Run run, String snapshot, List<String> only) {
        return restore(run, RunMode.RESTORE, snapshot, only);
    }

    @Override
    public String restoreDryRun(Run run, String snapshot, List<String> only) {
        return restore(run, RunMode.RESTORE_DRY_RUN, snapshot, only);
    }

    private String restore(Run run, RunMode mode, String snapshot, List<String> only) {
        String machine = run.mode().fromSnapshot()
                ? machineOf(run)
                // Not every function is told the other machine's ARN: whoever pastes the command fills it in.
                : restoreMachine.orElse("\"$RESTORE_MACHINE_ARN\"");
        ObjectNode input = request(run).put("mode", mode.name()).put("snapshot", snapshot);
        if (!only.isEmpty()) {
            only.forEach(input.putArray("only")::add);
        }
        return start(machine, input);
    }

    private static ObjectNode resync(Run run) {
        return request(run).put("plan", run.plan());
    }

    private static ObjectNode request(Run run) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("environment", run.environment())
                .put("requestedBy", run.requestedBy())
                .put("reason", run.reason());
    }

    private static String machineOf(Run run) {
        String arn = run.startedBy().replace(":execution:", ":stateMachine:");
        return arn.substring(0, arn.lastIndexOf(':'));
    }

    private static String start(String machine, ObjectNode input) {
        String quoted = input.toString().replace("'", "'\\''");
        return "aws stepfunctions start-execution --state-machine-arn " + machine + " --input '" + quoted + "'";
    }
}

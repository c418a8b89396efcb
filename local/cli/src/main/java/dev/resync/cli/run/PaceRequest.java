package dev.resync.cli.run;

import dev.resync.cli.control.RunControls;
import dev.resync.cli.exit.ExitCode;
import dev.resync.cli.option.RequesterOptions;
import dev.resync.cli.option.RequesterOptions.Who;
import dev.resync.cli.output.Output;
import dev.resync.environment.Environment;
import dev.resync.run.RunSummary;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** What every command says that changes the pace of a run, whichever process or service it is in: which run, where, who and why. */
final class PaceRequest {

    @Parameters(paramLabel = "RUN_ID", description = "Id of the run.")
    private String runId;

    @Mixin
    private ControlPlace place;

    @Mixin
    private RequesterOptions requester;

    /** A change of pace. */
    interface Change {

        /** Makes it; returns the run as it is then. */
        RunSummary of(RunControls controls, String runId, Who who);
    }

    /**
     * Asks for a change and prints the run as it is then.
     *
     * @param withReason whether there must be a reason
     * @return the exit code
     */
    int ask(boolean withReason, Change change, Output output) {
        Environment environment = requester.environment();
        Who who = place.api(requester.where()).isPresent() ? requester.caller(withReason) : requester.who(withReason);
        try (RunControls controls = place.open(environment, requester.where(), requester.shown(), output)) {
            controls.show(output);
            output.print(change.of(controls, runId, who), null);
            return ExitCode.DONE.code();
        }
    }
}

package dev.resync.cli.run;

import dev.resync.cli.control.Outcome;
import dev.resync.cli.control.RunControls;
import dev.resync.cli.option.EnvironmentOptions;
import dev.resync.cli.option.RequesterOptions.Who;
import dev.resync.cli.output.Output;
import dev.resync.environment.Environment;
import dev.resync.run.Ending;
import dev.resync.schema.OneLine;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Stops a run, whichever process it is in, and closes it. */
@Command(
        name = "stop",
        mixinStandardHelpOptions = true,
        description = "Stops a run and closes it; live is then what it was before.")
public final class StopCommand implements Callable<Integer> {

    @Parameters(paramLabel = "RUN_ID", description = "Id of the run.")
    private String runId;

    @Option(
            names = "--requested-by",
            paramLabel = "WHO",
            defaultValue = "${sys:user.name}",
            description = "Who stops it, for the audit trail (default: ${DEFAULT-VALUE}).")
    private String requestedBy;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the audit trail.")
    private String reason;

    @Mixin
    private ControlPlace place;

    @Mixin
    private EnvironmentOptions environmentOptions;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        OneLine.require("--requested-by", requestedBy, "Say who asks. Nothing was changed.");
        if (reason != null) {
            OneLine.require("--reason", reason, "Say why. Nothing was changed.");
        }
        Environment environment = environmentOptions.environment(null);
        try (RunControls controls = place.open(environment, environmentOptions, environmentOptions.shown(), output)) {
            controls.confirm("stop " + runId, output);
            Outcome stopped = controls.stop(runId, new Who(requestedBy, reason));
            stopped.print(output);
            if (stopped.run().ending() == Ending.CUT_OVER) {
                controls.say(
                        "The stop came too late: the new view is live. The receipt's next command brings the old one back.");
            }
            return stopped.exitCodeOfStop().code();
        }
    }
}

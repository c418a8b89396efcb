package dev.resync.cli.run;

import dev.resync.cli.exit.ExitCode;
import dev.resync.cli.option.DatabaseOptions;
import dev.resync.cli.option.EnvironmentOptions;
import dev.resync.cli.output.Output;
import dev.resync.environment.Environment;
import dev.resync.run.Ending;
import dev.resync.run.Run;
import dev.resync.run.RunState;
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
    private DatabaseOptions database;

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
        try (Session session =
                Session.open(database, environment, new NoPlans(), null, environmentOptions.shown(), output)) {
            session.confirm("stop " + runId, output);
            Run run = session.asked("stop", runId, requestedBy, reason, true);
            Run stopped = new Stop(session).of(run);
            output.print(stopped);
            if (stopped.ending() == Ending.CUT_OVER) {
                session.say(
                        "The stop came too late: the new view is live. The receipt's next command brings the old one back.");
            }
            return exitCode(stopped).code();
        }
    }

    private static ExitCode exitCode(Run stopped) {
        if (stopped.state() != RunState.CLOSED) {
            return Followed.of(stopped);
        }
        return stopped.ending() == Ending.CUT_OVER ? ExitCode.RUN_CLOSED : ExitCode.DONE;
    }
}

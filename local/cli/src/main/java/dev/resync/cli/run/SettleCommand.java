package dev.resync.cli.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resync.cli.control.Outcome;
import dev.resync.cli.exit.ExitCode;
import dev.resync.cli.option.DatabaseOptions;
import dev.resync.cli.option.RequesterOptions;
import dev.resync.cli.output.Output;
import dev.resync.environment.Environment;
import dev.resync.error.RequestInvalid;
import dev.resync.run.Ending;
import dev.resync.run.Run;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Closes a run that nobody but a person can end. */
@Command(
        name = "settle",
        mixinStandardHelpOptions = true,
        description = {
            "Closes a run that needs an operator, as you say that it ended, and frees its locks.",
            "Changes no document: look at live first, and put it right. What you say goes into receipt and audit trail."
        })
public final class SettleCommand implements Callable<Integer> {

    @Parameters(paramLabel = "RUN_ID", description = "Id of the run.")
    private String runId;

    @Option(
            names = "--as",
            paramLabel = "ENDING",
            description = "What live is now: ${COMPLETION-CANDIDATES}. Required.")
    private Ending as;

    @Mixin
    private DatabaseOptions database;

    @Mixin
    private RequesterOptions options;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        Environment environment = options.environment();
        if (as == null) {
            throw new RequestInvalid("--as is missing; expected what live is now: UNTOUCHED, CUT_OVER or RESTORED."
                    + " Nothing was changed.");
        }
        RequesterOptions.Who who = options.who();
        try (Session session = Session.open(database, environment, new NoPlans(), null, options.shown(), output)) {
            session.confirm("close " + runId + " as " + as, output);
            Run run = session.asked("settle as " + as, runId, who.requestedBy(), who.reason(), false);
            ObjectNode input = options.request()
                    .put("runId", run.id())
                    .put("settleAs", as.name())
                    .put("requestedBy", who.requestedBy())
                    .put("reason", who.reason());
            session.follow(session.platform().startRestore(null, input));
            Outcome.of(session.context().runs().require(run.id())).print(output);
            return ExitCode.DONE.code();
        }
    }
}

package dev.resync.cli.run;

import dev.resync.cli.exit.ExitCode;
import dev.resync.cli.option.DatabaseOptions;
import dev.resync.cli.option.RequesterOptions;
import dev.resync.cli.output.Output;
import dev.resync.environment.Environment;
import dev.resync.environment.StartWay;
import dev.resync.pace.PaceControl;
import dev.resync.run.AuditTrail.Asked;
import dev.resync.run.Run;
import java.util.function.BiFunction;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** What every command says that changes the pace of a run, whichever process or service it is in: which run, where, who and why. */
final class PaceRequest {

    @Parameters(paramLabel = "RUN_ID", description = "Id of the run.")
    private String runId;

    @Mixin
    private DatabaseOptions database;

    @Mixin
    private RequesterOptions requester;

    /** Makes sure that there is a reason, and somebody who gives it. */
    void requireReason() {
        requester.who();
    }

    /**
     * Asks for a change and prints the run as it is then.
     *
     * @param change makes it, given who asks
     * @return the exit code
     */
    int ask(BiFunction<PaceControl, Asker, Run> change, Output output) {
        Environment environment = requester.environment();
        RequesterOptions.Who who = requester.whoPerhapsWhy();
        try (Session session = Session.open(database, environment, new NoPlans(), null, requester.shown(), output)) {
            session.show(output);
            PaceControl control = new PaceControl(
                    session.context().runs(),
                    session.context().audit(),
                    session.context().clock(),
                    environment.name());
            Asked asked = new Asked(who.requestedBy(), null, StartWay.COMMAND_LINE.label(), null, null, who.reason());
            output.print(change.apply(control, new Asker(runId, asked)));
            return ExitCode.DONE.code();
        }
    }

    /**
     * Who asks, and of which run.
     *
     * @param asked for the audit trail
     */
    record Asker(String runId, Asked asked) {}
}

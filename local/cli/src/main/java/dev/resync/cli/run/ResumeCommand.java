package dev.resync.cli.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resync.approval.Approval;
import dev.resync.cli.local.StoredLeases;
import dev.resync.cli.option.DatabaseOptions;
import dev.resync.cli.option.RequesterOptions;
import dev.resync.cli.output.Output;
import dev.resync.environment.Environment;
import dev.resync.error.ExecutionLost;
import dev.resync.error.RequestInvalid;
import dev.resync.error.ResumeRefused;
import dev.resync.plan.PlanFile;
import dev.resync.run.Run;
import dev.resync.run.RunState;
import dev.resync.run.RunUpdate;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lets a run go on whose execution failed or died. */
@Command(
        name = "resume",
        mixinStandardHelpOptions = true,
        description = {
            "Lets a run go on whose execution failed or died.",
            "Without --from the same execution goes on; what it had done is not done again, and plan and program must be the"
                    + " same. With --from MAP a new execution maps again from the staging that the run has; the plan's rules"
                    + " may have changed."
        })
public final class ResumeCommand implements Callable<Integer> {

    /** Where a run can go on in a new execution. */
    private enum From {
        MAP
    }

    @Parameters(paramLabel = "RUN_ID", description = "Id of the run.")
    private String runId;

    @Option(names = "--from", description = "Go on from here in a new execution: ${COMPLETION-CANDIDATES}.")
    private From from;

    @Option(
            names = "--confirm",
            paramLabel = "HASH",
            description =
                    "With --from: hash of the plan, where it changed since the run was confirmed; plan validate shows it.")
    private String confirm;

    @Option(names = "--plan", paramLabel = "FILE", description = "The run's plan. Required.")
    private Path plan;

    @Mixin
    private DatabaseOptions database;

    @Mixin
    private RequesterOptions options;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        Environment environment = options.environment();
        if (confirm != null && from == null) {
            throw new RequestInvalid(
                    "--confirm is given without --from; the same execution goes on with the plan that it was"
                            + " confirmed for. Leave it out, or give --from MAP as well.");
        }
        PlanFile plans = RunCommand.planFile(plan);
        plans.read();
        try (Session session = Session.open(database, environment, plans, plan, options.shown(), output)) {
            session.confirm("resume " + runId, output);
            RequesterOptions.Who who = options.who();
            Run run = session.asked("resume", runId, who.requestedBy(), who.reason(), true);
            String execution = from == null ? again(session, run, who) : fromMap(session);
            return Ended.of(session.follow(execution), output);
        }
    }

    private String fromMap(Session session) {
        ObjectNode request = options.request().put("resume", runId).put("from", from.name());
        if (confirm != null) {
            request.put("confirm", confirm);
        }
        return session.platform().startResync(session.newName("resume"), request);
    }

    /** The local engine forgets with its process, so a redrive plays the execution again; finished work answers at once. */
    private static String again(Session session, Run run, RequesterOptions.Who who) {
        if (run.mode().fromSnapshot()
                || !EnumSet.of(RunState.OPEN, RunState.SUSPENDED, RunState.RESUMING)
                        .contains(run.state())) {
            throw new ResumeRefused("Run " + run.id() + " cannot be resumed: it is a " + run.mode() + " in state "
                    + run.state() + (run.ending() == null ? "" : " and ended " + run.ending())
                    + ". Only an open, suspended or resuming resync can.");
        }
        StoredLeases leases = session.leases();
        JsonNode input = leases.input(run.execution())
                .orElseThrow(() -> new ExecutionLost("The execution of run " + run.id()
                        + " was not started by this command line. Redrive it where it was started, or stop the run."));
        if (!leases.takeOver(run.execution())) {
            throw new ExecutionLost("The execution of run " + run.id()
                    + " is at work in another process. Wait for it, or stop the run.");
        }
        Instant now = session.context().clock().instant();
        // Whoever lets it go on has asked for it, and cannot approve it.
        session.context()
                .runs()
                .change(
                        run.id(),
                        run.epoch(),
                        EnumSet.of(run.state()),
                        RunUpdate.push("resumers", new Approval(who.requestedBy(), null, now)));
        session.platform().startAgain(run.execution(), input);
        return run.execution();
    }
}

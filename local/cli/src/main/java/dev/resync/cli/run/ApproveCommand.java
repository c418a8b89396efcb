package dev.resync.cli.run;

import dev.resync.approval.Approvals;
import dev.resync.cli.exit.ExitCode;
import dev.resync.cli.option.DatabaseOptions;
import dev.resync.cli.option.RequesterOptions;
import dev.resync.cli.output.Output;
import dev.resync.cli.output.RunLine;
import dev.resync.environment.Environment;
import dev.resync.run.Run;
import dev.resync.run.RunSummary;
import dev.resync.verify.TargetComparison;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Approves the cut-over of a run that waits for it, or with {@code refuse} says no. */
@Command(
        name = "approve",
        mixinStandardHelpOptions = true,
        description = {
            "Approves the cut-over of a run that waits for it. Shows first what it would change.",
            "Who you are is a claim here: in production only the admin API, which knows its callers, can approve."
        })
public class ApproveCommand implements Callable<Integer> {

    @Parameters(paramLabel = "RUN_ID", description = "Id of the run.")
    private String runId;

    @Mixin
    private DatabaseOptions database;

    @Mixin
    private RequesterOptions options;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        Environment environment = options.environment();
        RequesterOptions.Who who = options.who();
        try (Session session = Session.open(database, environment, new NoPlans(), null, options.shown(), output)) {
            session.requireOwnDatabase();
            Run run = session.asked(verb(), runId, who.requestedBy(), who.reason(), true);
            if (!output.json()) {
                output.print(figures(run));
            }
            session.confirm(verb() + " the cut-over of " + run.id(), output);
            Run answered = answer(new Approvals(session.context()), run, who);
            if (output.json()) {
                output.print(RunSummary.of(answered));
            } else {
                output.print(List.of(RunLine.of(answered)));
            }
        }
        return ExitCode.DONE.code();
    }

    String verb() {
        return "approve";
    }

    Run answer(Approvals approvals, Run run, RequesterOptions.Who who) {
        return approvals.approve(run.id(), who.requestedBy(), null, who.reason());
    }

    /** The main figures of the verification report. */
    private static List<String> figures(Run run) {
        List<String> lines = new ArrayList<>();
        lines.add(run.id() + ", asked for by " + run.requestedBy() + ": " + run.reason());
        if (run.verdict() != null) {
            for (TargetComparison target : run.verdict().targets()) {
                lines.add(String.format(
                        "  %-20s %,d in live, %,d in the new view: %,d added, %,d changed, %,d removed, %,d unchanged",
                        target.target(),
                        target.live().documents(),
                        target.shadow().documents(),
                        target.added(),
                        target.changed(),
                        target.removed(),
                        target.unchanged()));
            }
            lines.add("  " + run.verdict().gates().size() + " gates asked, "
                    + (run.verdict().passed() ? "all passed" : "not all passed") + ", at "
                    + run.verdict().at());
        }
        return lines;
    }
}

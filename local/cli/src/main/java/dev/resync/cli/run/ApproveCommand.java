package dev.resync.cli.run;

import dev.resync.cli.control.RunControls;
import dev.resync.cli.control.RunControls.Verified;
import dev.resync.cli.exit.ExitCode;
import dev.resync.cli.option.RequesterOptions;
import dev.resync.cli.option.RequesterOptions.Who;
import dev.resync.cli.output.Output;
import dev.resync.cli.output.RunLine;
import dev.resync.environment.Environment;
import dev.resync.run.RunSummary;
import dev.resync.status.RunStatus.Gates;
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
    private ControlPlace place;

    @Mixin
    private RequesterOptions options;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        Environment environment = options.environment();
        Who who = place.api(options.where()).isPresent() ? options.caller(true) : options.who();
        try (RunControls controls = place.open(environment, options.where(), options.shown(), output)) {
            Verified verified = controls.verified(verb(), runId, who);
            if (!output.json()) {
                output.print(figures(verified));
            }
            controls.confirm(verb() + " the cut-over of " + runId, output);
            RunSummary answered = answer(controls, runId, who);
            if (output.json()) {
                output.print(answered);
            } else {
                output.print(List.of(RunLine.of(answered)));
            }
        }
        return ExitCode.DONE.code();
    }

    String verb() {
        return "approve";
    }

    RunSummary answer(RunControls controls, String run, Who who) {
        return controls.approve(run, who);
    }

    /** The main figures of the verification report. */
    private static List<String> figures(Verified verified) {
        List<String> lines = new ArrayList<>();
        RunSummary run = verified.run();
        Gates verdict = verified.verdict();
        lines.add(run.runId() + ", asked for by " + run.requestedBy() + ": " + run.reason());
        if (verdict != null) {
            for (TargetComparison target : verdict.targets()) {
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
            lines.add("  " + verdict.gates().size() + " gates asked, "
                    + (verdict.passed() ? "all passed" : "not all passed") + ", at "
                    + verdict.at());
        }
        return lines;
    }
}

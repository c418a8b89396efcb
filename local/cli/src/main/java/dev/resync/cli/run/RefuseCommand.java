package dev.resync.cli.run;

import dev.resync.approval.Approvals;
import dev.resync.cli.option.RequesterOptions;
import dev.resync.run.Run;
import picocli.CommandLine.Command;

/** Refuses the cut-over of a run that waits for an approval; the run then ends untouched. */
@Command(
        name = "refuse",
        mixinStandardHelpOptions = true,
        description = "Refuses the cut-over of a run that waits for an approval: the run ends UNTOUCHED.")
public final class RefuseCommand extends ApproveCommand {

    @Override
    String verb() {
        return "refuse";
    }

    @Override
    Run answer(Approvals approvals, Run run, RequesterOptions.Who who) {
        return approvals.refuse(run.id(), who.requestedBy(), null, who.reason());
    }
}

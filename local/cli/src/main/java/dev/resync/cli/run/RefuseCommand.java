package dev.resync.cli.run;

import dev.resync.cli.control.RunControls;
import dev.resync.cli.option.RequesterOptions.Who;
import dev.resync.run.RunSummary;
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
    RunSummary answer(RunControls controls, String run, Who who) {
        return controls.refuse(run, who);
    }
}

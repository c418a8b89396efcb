package dev.resync.cli.run;

import dev.resync.cli.output.Output;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Holds a run before its cut-over. */
@Command(
        name = "hold",
        mixinStandardHelpOptions = true,
        description = "Holds a run that has not begun its cut-over, within seconds, until it is told to continue.")
public final class HoldCommand implements Callable<Integer> {

    @Mixin
    private PaceRequest request;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        return request.ask(true, (controls, runId, who) -> controls.hold(runId, who), output);
    }
}

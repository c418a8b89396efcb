package dev.resync.cli.run;

import dev.resync.cli.output.Output;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lets a run that is held go on. */
@Command(name = "continue", mixinStandardHelpOptions = true, description = "Lets a run that is held go on.")
public final class ContinueCommand implements Callable<Integer> {

    @Mixin
    private PaceRequest request;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        return request.ask(false, (controls, runId, who) -> controls.release(runId, who), output);
    }
}

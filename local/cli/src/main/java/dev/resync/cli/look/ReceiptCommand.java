package dev.resync.cli.look;

import dev.resync.cli.control.RunRecords;
import dev.resync.cli.exit.ExitCode;
import dev.resync.cli.output.Output;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows the receipt of a run, or where a run stands that has none yet. */
@Command(name = "receipt", mixinStandardHelpOptions = true, description = "Shows the receipt of a run.")
public final class ReceiptCommand implements Callable<Integer> {

    @Parameters(paramLabel = "RUN_ID", description = "Id of the run.")
    private String runId;

    @Mixin
    private LookPlace place;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        try (RunRecords records = place.open(output)) {
            records.run(runId).print(output);
        }
        return ExitCode.DONE.code();
    }
}

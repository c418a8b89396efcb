package dev.resync.cli.look;

import dev.resync.cli.exit.ExitCode;
import dev.resync.cli.option.DatabaseOptions;
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
    private DatabaseOptions database;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        try (ControlData data = new ControlData(database.open(), output)) {
            output.print(data.runs().require(runId));
        }
        return ExitCode.DONE.code();
    }
}

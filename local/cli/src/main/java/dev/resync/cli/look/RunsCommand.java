package dev.resync.cli.look;

import dev.resync.cli.exit.ExitCode;
import dev.resync.cli.option.DatabaseOptions;
import dev.resync.cli.output.Output;
import dev.resync.cli.output.RunLine;
import dev.resync.error.RequestInvalid;
import dev.resync.run.Run;
import dev.resync.run.RunSummary;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists runs. */
@Command(name = "runs", mixinStandardHelpOptions = true, description = "Lists runs, newest first.")
public final class RunsCommand implements Callable<Integer> {

    @Mixin
    private DatabaseOptions database;

    @Mixin
    private Output output;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "50",
            description = "At most so many (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Override
    public Integer call() {
        if (limit < 1) {
            throw new RequestInvalid("--limit is " + limit + "; expected 1 or more.");
        }
        try (ControlData data = new ControlData(database.open(), output)) {
            List<Run> runs = data.runs().all().stream().limit(limit).toList();
            if (output.json()) {
                output.print(runs.stream().map(RunSummary::of).toArray());
            } else {
                output.print(runs.stream().map(RunLine::of).toList());
            }
        }
        return ExitCode.DONE.code();
    }
}

package dev.resync.cli.look;

import dev.resync.cli.control.RunRecords;
import dev.resync.cli.exit.ExitCode;
import dev.resync.cli.output.Output;
import dev.resync.cli.output.RunLine;
import dev.resync.error.RequestInvalid;
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
    private LookPlace place;

    @Mixin
    private Output output;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "50",
            description = "At most so many (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Option(
            names = "--watch",
            description =
                    "Go on showing them until none is at work: redrawn on a terminal, else a line for each that changes.")
    private boolean watch;

    @Override
    public Integer call() {
        if (limit < 1) {
            throw new RequestInvalid("--limit is " + limit + "; expected 1 or more.");
        }
        try (RunRecords records = place.open(output)) {
            if (watch) {
                new RunsWatch(records, limit, output).untilNoneIsAtWork();
                return ExitCode.DONE.code();
            }
            List<RunSummary> runs = records.runs(limit);
            if (output.json()) {
                output.print(runs.toArray());
            } else {
                output.print(runs.stream().map(RunLine::of).toList());
            }
        }
        return ExitCode.DONE.code();
    }
}

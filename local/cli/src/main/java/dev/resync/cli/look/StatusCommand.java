package dev.resync.cli.look;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.cli.control.Outcome;
import dev.resync.cli.control.RunRecords;
import dev.resync.cli.control.RunWatch;
import dev.resync.cli.exit.ExitCode;
import dev.resync.cli.output.Output;
import dev.resync.cli.progress.Progress;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows where a run stands, and what can be done next. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = {
            "Shows where a run stands: stages with counts and rate, when it is expected to end, gates, and what can be done next.",
            "With --watch it goes on showing the progress until the run has ended or waits to be resumed, prints what became of it,"
                    + " and exits as `run` would have. The run does not notice."
        })
public final class StatusCommand implements Callable<Integer> {

    @Parameters(paramLabel = "RUN_ID", description = "Id of the run.")
    private String runId;

    @Option(names = "--watch", description = "Show the progress until the run ends.")
    private boolean watch;

    @Mixin
    private LookPlace place;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        try (RunRecords records = place.open(output)) {
            JsonNode status = records.status(runId);
            if (watch) {
                return watched(records, status);
            }
            if (output.json()) {
                output.print(status);
            } else {
                output.print(StatusText.of(status));
            }
        }
        return ExitCode.DONE.code();
    }

    private int watched(RunRecords records, JsonNode status) {
        try (Progress progress = Watched.progress(status, output)) {
            new RunWatch(progress, Watched.EVERY).until(() -> records.status(runId));
        }
        Outcome outcome = records.run(runId);
        outcome.print(output);
        return outcome.exitCode().code();
    }
}

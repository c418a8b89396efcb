package dev.resync.cli.look;

import dev.resync.cli.exit.ExitCode;
import dev.resync.cli.option.DatabaseOptions;
import dev.resync.cli.output.Output;
import dev.resync.error.RequestInvalid;
import dev.resync.run.QuarantineCompleteness;
import dev.resync.run.QuarantineEntry.Problem;
import dev.resync.run.QuarantineTally;
import dev.resync.run.Run;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows which bundles a run could not map, and why. Writes nothing, and holds no more than one bundle at a time. */
@Command(
        name = "quarantine",
        mixinStandardHelpOptions = true,
        description = {
            "Shows the bundles that a run could not map, lowest key first, with all that was wrong with each.",
            "At the end it counts bundles by reason and field, all of them whatever the limit. A bundle with several problems"
                    + " counts under each; the receipt counts it under its first."
        })
public final class QuarantineCommand implements Callable<Integer> {

    @Parameters(paramLabel = "RUN_ID", description = "Id of the run, open or closed.")
    private String runId;

    @Option(names = "--reason", paramLabel = "R", description = "Only problems of this reason, such as bad-date.")
    private String reason;

    @Option(names = "--source", paramLabel = "S", description = "Only problems of this source.")
    private String source;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "50",
            description = "Show at most so many bundles, 0 for the counts alone (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Mixin
    private DatabaseOptions database;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        if (limit < 0) {
            throw new RequestInvalid("--limit is " + limit + "; expected 0 or more. Give 0 to see the counts alone.");
        }
        try (ControlData data = new ControlData(database.open(), output)) {
            Run run = data.runs().require(runId);
            QuarantineTally tally = new QuarantineTally(reason, source);
            QuarantineListing listing =
                    output.json() ? new QuarantineJson(output.writer(), runId) : new QuarantineText(output.writer());
            data.quarantine().forEach(run, bundle -> {
                List<Problem> problems = tally.count(bundle);
                if (!problems.isEmpty() && tally.bundles() <= limit) {
                    listing.bundle(bundle.key(), problems);
                }
            });
            tally.requireMatch();
            listing.end(tally, QuarantineCompleteness.of(run, data.runs().require(runId), tally));
        }
        return ExitCode.DONE.code();
    }
}

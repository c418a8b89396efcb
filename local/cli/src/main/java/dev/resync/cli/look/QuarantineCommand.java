package dev.resync.cli.look;

import dev.resync.cli.control.RunRecords;
import dev.resync.cli.exit.ExitCode;
import dev.resync.cli.output.Output;
import dev.resync.error.RequestInvalid;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows which bundles a run could not map, and why. Writes nothing. */
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
    private LookPlace place;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        if (limit < 0) {
            throw new RequestInvalid("--limit is " + limit + "; expected 0 or more. Give 0 to see the counts alone.");
        }
        try (RunRecords records = place.open(output)) {
            QuarantineListing listing =
                    output.json() ? new QuarantineJson(output.writer(), runId) : new QuarantineText(output.writer());
            listing.end(records.quarantine(runId, reason, source, limit, listing));
        }
        return ExitCode.DONE.code();
    }
}

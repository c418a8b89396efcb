package dev.resync.cli.look;

import dev.resync.cli.exit.ExitCode;
import dev.resync.cli.option.DatabaseOptions;
import dev.resync.cli.output.Output;
import dev.resync.error.RequestInvalid;
import dev.resync.run.Run;
import dev.resync.verify.DifferenceReport;
import dev.resync.verify.DifferenceStore;
import dev.resync.verify.FieldDifference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows how the new view of a run differs from live as it was verified. Writes nothing. */
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        description = {
            "Shows how the new view of a run differed from live when it was verified, field by field, with examples.",
            "Works for dry runs and real runs, whether they were refused, published, stopped or taken back after that; a report is"
                    + " kept for 90 days."
        })
public final class DiffCommand implements Callable<Integer> {

    @Parameters(paramLabel = "RUN_ID", description = "Id of the run, open or closed.")
    private String runId;

    @Option(names = "--target", paramLabel = "T", description = "Only this target.")
    private String target;

    @Option(
            names = "--field",
            paramLabel = "F",
            description = "Only this field and those below it, such as cities or cities[].lat.")
    private String field;

    @Mixin
    private DatabaseOptions database;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        try (ControlData data = new ControlData(database.open(), output)) {
            Run run = data.runs().require(runId);
            DifferenceReport whole = data.differences()
                    .of(run)
                    .orElseThrow(() -> new RequestInvalid("RUN_ID is " + runId + ", " + DifferenceStore.missing(run)));
            DifferenceReport report = whole.only(target, field);
            if (output.json()) {
                output.print(report);
            } else {
                List<String> lines = new ArrayList<>(DifferenceText.of(report));
                if (field != null && fields(report).isEmpty()) {
                    lines.add("no difference in " + field + "; " + where(fields(whole)));
                }
                output.print(lines);
            }
        }
        return ExitCode.DONE.code();
    }

    private static List<String> fields(DifferenceReport report) {
        return report.targets().stream()
                .flatMap(each -> each.fields().stream())
                .map(FieldDifference::field)
                .distinct()
                .toList();
    }

    private static String where(List<String> others) {
        return others.isEmpty()
                ? "there is none in any other field either"
                : "there are some in " + String.join(", ", others);
    }
}

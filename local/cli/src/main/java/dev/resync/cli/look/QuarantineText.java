package dev.resync.cli.look;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.cli.control.RunRecords.QuarantineCounts;
import dev.resync.run.QuarantineEntry.Problem;
import dev.resync.schema.OneLine;
import java.io.PrintWriter;
import java.util.List;

/** Quarantined bundles for people: a line for each problem. */
final class QuarantineText implements QuarantineListing {

    private static final String LINE = "%-24s  %-20s  %-16s  %-28s  %s";

    private final PrintWriter out;
    private long shown;

    QuarantineText(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void bundle(JsonNode key, List<Problem> problems) {
        if (shown++ == 0) {
            out.println(line("KEY", "REASON", "SOURCE", "FIELD", "VALUE"));
        }
        String text = key.isTextual() ? key.textValue() : key.toString();
        problems.forEach(problem -> out.println(line(
                text,
                problem.reason(),
                problem.source() == null ? "-" : problem.source(),
                field(problem),
                problem.value() == null ? "" : problem.value())));
    }

    private static String field(Problem problem) {
        String field = problem.field() == null ? problem.target() : problem.field();
        return field == null ? "-" : field;
    }

    /** A value is a text from a source and may hold anything. */
    private static String line(Object... columns) {
        return OneLine.shown(LINE.formatted(columns).stripTrailing());
    }

    @Override
    public void end(QuarantineCounts counted) {
        out.printf("%,d bundles, %,d shown%n", counted.count(), shown);
        counted.counts()
                .forEach(count -> out.printf(
                        "%,11d  %s%s%n",
                        count.count(), count.reason(), count.field() == null ? "" : " in " + count.field()));
        if (!counted.complete()) {
            out.println("Not all: " + counted.why() + ".");
        }
        out.flush();
    }
}

package dev.resync.cli.plan;

import dev.resync.estimate.Estimate;
import dev.resync.estimate.Quotas;
import dev.resync.estimate.StepEstimate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** An estimate as a person reads it. */
final class EstimateText {

    private static final double GIGABYTE = 1e9;

    private EstimateText() {}

    static List<String> of(Estimate estimate) {
        List<String> lines = new ArrayList<>();
        lines.add(format(
                "%s of plan %s: %,d documents in each target, chunks of %,d, %,d at once, %,d MB",
                estimate.dryRun() ? "Dry run" : "Real run",
                estimate.plan(),
                estimate.documents(),
                estimate.chunkDocuments(),
                estimate.concurrency(),
                estimate.memoryMegabytes()));
        lines.add("");
        lines.addAll(steps(estimate));
        lines.add("");
        lines.addAll(figures(estimate));
        lines.add("");
        if (estimate.warnings().isEmpty()) {
            lines.add("No limit is near.");
        }
        estimate.warnings().forEach(warning -> lines.add("WARNING " + warning.subject() + ": " + warning.message()));
        return lines;
    }

    private static List<String> steps(Estimate estimate) {
        Columns columns = new Columns();
        columns.add("FUNCTION", "CALLS", "DOCUMENTS A CALL", "READ", "WRITTEN", "LONGEST CALL", "TIME", "GB-SECONDS");
        for (StepEstimate step : estimate.steps()) {
            columns.add(
                    step.function(),
                    format("%,d", step.calls()),
                    format("%,d", step.documents()),
                    format("%,d", step.reads()),
                    format("%,d", step.writes()),
                    time(step.callSeconds()),
                    time(step.seconds()),
                    format("%,.1f", step.gigabyteSeconds()));
        }
        return columns.lines();
    }

    private static List<String> figures(Estimate estimate) {
        Columns columns = new Columns();
        columns.add("time", time(estimate.seconds()), "without waiting for people");
        columns.add("transitions", format("%,d", estimate.transitions()), executions(estimate));
        columns.add("calls", format("%,d", estimate.calls()), "");
        columns.add("GB-seconds", format("%,.0f", estimate.gigabyteSeconds()), "");
        columns.add("documents read", format("%,d", estimate.reads()), "");
        columns.add("documents written", format("%,d", estimate.writes()), "");
        columns.add(
                "space", format("%,.1f GB", estimate.spaceBytes() / GIGABYTE), "beside live, until the run is closed");
        columns.add("connections", format("%,d", estimate.connections()), "at once");
        columns.add("history", format("%,d events", estimate.historyEvents()), format("of %,d", Quotas.HISTORY_EVENTS));
        columns.add(
                "history of a close",
                format("%,d events", estimate.closingHistoryEvents()),
                format("of %,d, where nobody resumes a run that failed", Quotas.HISTORY_EVENTS));
        columns.add("children of a map", format("%,d", estimate.mapChildren()), format("of %,d", Quotas.MAP_CHILDREN));
        columns.add(
                "largest payload",
                format("%,d bytes", estimate.payloadBytes()),
                format("of %,d", Quotas.PAYLOAD_BYTES));
        if (estimate.cost() != null) {
            columns.add(
                    "cost",
                    format("%,.2f", estimate.cost()),
                    "by your prices: Step Functions and Lambda, nothing else");
        }
        return columns.lines();
    }

    private static String executions(Estimate estimate) {
        return format("in %,d executions", estimate.executions());
    }

    private static String time(double seconds) {
        if (seconds < Duration.ofMinutes(2).toSeconds()) {
            return format("%.1f s", seconds);
        }
        double hour = Duration.ofHours(1).toSeconds();
        return seconds < 2 * hour ? format("%.1f min", seconds / 60) : format("%,.1f h", seconds / hour);
    }

    private static String format(String text, Object... values) {
        return String.format(Locale.ROOT, text, values);
    }
}

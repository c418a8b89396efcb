package dev.resync.cli.drill;

import java.util.ArrayList;
import java.util.List;

/** A drill's report as lines for people. */
final class DrillText {

    private DrillText() {}

    static List<String> of(DrillReport report) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                "%,d rounds from seed %d: %,d violations, %,d reader errors in %,d reads",
                report.runs(), report.seed(), report.violations(), report.readerErrors(), report.reads()));
        report.faults()
                .forEach((kind, hits) -> lines.add(
                        String.format("  %-18s %,4d planned, %,4d struck", kind, hits.planned(), hits.hits())));
        report.endings().forEach((phase, endings) -> lines.add("  " + phase + " ended " + endings));
        lines.add(String.format("  %,d requests came to no run", report.notAdmitted()));
        lines.add(String.format("  longest from stop to receipt %.2f s", report.longestStopToReceiptSeconds()));
        lines.add(String.format(
                "  longest from reconcile to receipt %.2f s, where a run was left open",
                report.longestReconcileToReceiptSeconds()));
        lines.add(String.format("  longest with views of different runs %.3f s", report.longestWindowSeconds()));
        if (report.mixedReads() > 0) {
            lines.add(String.format("  %,d reads saw old and new documents side by side", report.mixedReads()));
        }
        for (DrillReport.Violation violation : report.found()) {
            lines.add("  VIOLATION with seed " + violation.seed() + ", " + violation.fault());
            violation.what().forEach(what -> lines.add("    " + what));
        }
        return lines;
    }
}

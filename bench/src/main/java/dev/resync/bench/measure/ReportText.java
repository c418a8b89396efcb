package dev.resync.bench.measure;

import dev.resync.bench.process.JvmFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A report as Markdown, which reads well in a terminal, too. */
public final class ReportText {

    private static final double MEGABYTE = 1 << 20;
    private static final String[] HEADINGS = {
        "row",
        "seconds",
        "from – to",
        "doctors/s",
        "CPU s",
        "allocated MB",
        "live heap MB more",
        "pauses ms",
        "server CPU s",
        "server pauses ms (longest)",
        "extra scans, documents"
    };

    private ReportText() {}

    /** Returns the lines. */
    public static List<String> of(Report report) {
        List<String> lines = new ArrayList<>();
        lines.add(text(
                "%,d doctors, %,d source documents; medians of %d; %d at once; chunks of %,d documents; %d processors, Java %s,"
                        + " heap %,d MB, %s server.",
                report.doctors(),
                report.sourceDocuments(),
                report.repeats(),
                report.concurrency(),
                report.chunkDocuments(),
                report.machine().processors(),
                report.machine().java(),
                report.machine().heapMegabytes(),
                report.machine().server()));
        if (report.roundTrip() != null) {
            Report.Proxy proxy = report.roundTrip();
            lines.add(text(
                    "A round trip takes %.2f ms, through the proxy %.2f ms: it adds %.2f ms where %.2f ms are asked for. It"
                            + " carries %,.0f MB/s.",
                    proxy.bareMillis(),
                    proxy.proxiedMillis(),
                    proxy.addedMillis(),
                    proxy.askedMillis(),
                    proxy.megabytesPerSecond()));
        }
        report.ratios()
                .forEach((targets, byLink) -> byLink.forEach((link, ratios) -> {
                    lines.add("");
                    lines.add("### " + (targets.equals("oneTarget") ? "One target" : "Two targets") + ", " + link);
                    lines.add("");
                    table(lines, report, targets.equals("oneTarget") ? 1 : 2, link);
                    lines.add("");
                    ratios(lines, ratios);
                }));
        if (!report.skipped().isEmpty()) {
            lines.add("");
            report.skipped().forEach(skipped -> lines.add("SKIPPED " + skipped.name() + ": " + skipped.why()));
        }
        return lines;
    }

    private static void table(List<String> lines, Report report, int targets, String link) {
        lines.add("| " + String.join(" | ", HEADINGS) + " |");
        lines.add("|---|" + "---:|".repeat(HEADINGS.length - 1));
        report.rows().stream()
                .filter(row -> row.targets() == targets && row.link().equals(link))
                .forEach(row -> lines.add(line(row)));
    }

    private static String line(Row row) {
        JvmFigures client = row.client();
        JvmFigures server = row.server();
        return text(
                "| %s | %.3f | %.3f – %.3f | %,.0f | %.2f | %,.0f | %,.0f | %d | %s | %s | %,d |",
                row.name(),
                row.seconds(),
                row.fastestSeconds(),
                row.slowestSeconds(),
                row.documentsPerSecond(),
                client.cpuMillis() / 1e3,
                client.allocatedBytes() / MEGABYTE,
                client.peakLiveBytes() / MEGABYTE,
                client.pauseMillis(),
                server == null ? "" : text("%.2f", server.cpuMillis() / 1e3),
                server == null ? "" : text("%d (%d)", server.pauseMillis(), server.longestPauseMillis()),
                row.extraScans());
    }

    private static void ratios(List<String> lines, Ratios ratios) {
        lines.add("| ratio | |");
        lines.add("|---|---:|");
        add(lines, "wholeResyncVsPerDocument, times faster", ratios.wholeResyncVsPerDocument());
        add(lines, "syncAndMapVsPerDocument, times faster", ratios.syncAndMapVsPerDocument());
        add(lines, "syncAndMapVsSpringBatch, times faster", ratios.syncAndMapVsSpringBatch());
        add(lines, "syncAndMapVsSpringBatchGathered, times faster", ratios.syncAndMapVsSpringBatchGathered());
        add(lines, "wholeResyncVsSpringBatchGathered, times faster", ratios.wholeResyncVsSpringBatchGathered());
        add(lines, "snapshotVsDriverCopy, times as long", ratios.snapshotVsDriverCopy());
        add(lines, "restoreVsDriverCopy, times as long", ratios.restoreVsDriverCopy());
        add(lines, "wholeRestoreVsDriverCopy, times as long", ratios.wholeRestoreVsDriverCopy());
        add(lines, "syncAndMapVsLimit, times as long", ratios.syncAndMapVsLimit());
        if (ratios.engineShare() != null) {
            lines.add(text("| engineShare of the whole run | %.2f %% |", 100 * ratios.engineShare()));
        }
    }

    private static void add(List<String> lines, String name, Double ratio) {
        if (ratio != null) {
            lines.add(text("| %s | %.2f |", name, ratio));
        }
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}

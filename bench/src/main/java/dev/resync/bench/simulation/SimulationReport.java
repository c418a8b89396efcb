package dev.resync.bench.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What came of a simulation.
 *
 * @param items chunks of each map
 * @param concurrency chunks at once
 * @param passes each machine with each share of faults
 */
public record SimulationReport(int items, int concurrency, List<Pass> passes) {

    private static final String[] HEADINGS = {
        "machine",
        "calls that fail",
        "executions",
        "states entered",
        "transitions",
        "calls",
        "failed",
        "events, own",
        "events, a child",
        "events, all",
        "largest payload, bytes",
        "children at once",
        "functions at once",
        "virtual hours",
        "seconds",
        "live heap MB more"
    };

    public SimulationReport {
        passes = List.copyOf(passes);
    }

    /**
     * One execution.
     *
     * @param faults share of the calls that fail
     * @param counted what was counted
     * @param checks what must hold of it
     * @param seconds how long the simulation took
     * @param liveHeapMegabytes most heap in use after a garbage collection, beyond what was in use before; all histories are kept
     */
    public record Pass(
            double faults, Counted counted, List<QuotaCheck> checks, double seconds, double liveHeapMegabytes) {

        public Pass {
            checks = List.copyOf(checks);
        }
    }

    /** Returns whether all holds that must hold. */
    public boolean kept() {
        return passes.stream().flatMap(pass -> pass.checks().stream()).allMatch(QuotaCheck::kept);
    }

    /** Returns the report as Markdown. */
    public List<String> text() {
        List<String> lines = new ArrayList<>();
        lines.add(text("%,d chunks in each map, %,d functions at once.", items, concurrency));
        lines.add("");
        lines.add("| " + String.join(" | ", HEADINGS) + " |");
        lines.add("|---|" + "---:|".repeat(HEADINGS.length - 1));
        passes.forEach(pass -> lines.add(row(pass)));
        lines.add("");
        lines.add("| machine | calls that fail | what must hold | limit | counted | |");
        lines.add("|---|---:|---|---:|---:|---|");
        passes.forEach(pass -> pass.checks()
                .forEach(check -> lines.add(text(
                        "| %s | %.0f %% | %s | %s | %s | %s |",
                        pass.counted().machine(),
                        pass.faults() * 100,
                        check.quota(),
                        check.limit(),
                        check.value(),
                        check.kept() ? "kept" : "BROKEN"))));
        return lines;
    }

    private static String row(Pass pass) {
        Counted counted = pass.counted();
        return text(
                "| %s | %.0f %% | %,d | %,d | %,d | %,d | %,d | %,d | %,d | %,d | %,d | %,d | %,d | %.2f | %.1f | %,.0f |",
                counted.machine(),
                pass.faults() * 100,
                counted.executions(),
                counted.statesEntered(),
                counted.transitions(),
                counted.calls(),
                counted.failedCalls(),
                counted.historyEvents(),
                counted.childHistoryEvents(),
                counted.allHistoryEvents(),
                counted.payloadBytes(),
                counted.childrenAtOnce(),
                counted.functionsAtOnce(),
                counted.virtualSeconds() / 3600,
                pass.seconds(),
                pass.liveHeapMegabytes());
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}

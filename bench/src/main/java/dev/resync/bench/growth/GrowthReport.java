package dev.resync.bench.growth;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How the time of a run grows with the documents.
 *
 * @param targets number of the plan's targets
 * @param chunkDocuments documents of each collection in a chunk
 * @param small the smaller number of documents
 * @param large the larger one
 * @param growth by row, in the order of the run; {@code whole-resync} and {@code whole-restore} are sums
 */
public record GrowthReport(int targets, int chunkDocuments, Size small, Size large, Map<String, Growth> growth) {

    /** Rows of whole executions. */
    public static final String RESYNC = "whole-resync";

    public static final String RESTORE = "whole-restore";

    private static final double MOST_GROWTH = 1.15;
    private static final double MOST_ENGINE_SHARE = 0.01;

    public GrowthReport {
        growth = new LinkedHashMap<>(growth);
    }

    /**
     * A run and a restore, one function at a time.
     *
     * @param doctors number of doctors
     * @param sourceDocuments documents of all sources together
     * @param rows by name, in the order of the run
     * @param serverPauseSeconds how long the embedded server stood still for its garbage, over run and restore
     * @param engine what the run took while no function was at work: time, and processors of the client
     * @param engineShare its share of the processors' time of the run, 0 to 1
     */
    public record Size(
            int doctors,
            long sourceDocuments,
            Map<String, Spent> rows,
            double serverPauseSeconds,
            Clocks.Time engine,
            double engineShare) {

        public Size {
            rows = new LinkedHashMap<>(rows);
        }
    }

    /**
     * What a row took.
     *
     * @param calls calls of functions
     * @param time time by the clock, and of the processors of client and embedded server
     * @param scans of that, what the embedded server's missing index ranges cost, measured in a pass of their own
     */
    public record Spent(int calls, Clocks.Time time, Clocks.Time scans) {

        Spent plus(Spent next) {
            return new Spent(calls + next.calls, time.plus(next.time), scans.plus(next.scans));
        }

        /** Returns the same with what another pass took for the scans; null where it had no such row. */
        Spent withScans(Spent other) {
            return new Spent(calls, time, other == null ? Clocks.Time.NONE : other.time());
        }

        /** Returns the same with another time. */
        Spent lasting(Clocks.Time other) {
            return new Spent(calls, other, scans);
        }
    }

    /**
     * Growth of time divided by growth of documents: 1 is a straight line.
     *
     * @param seconds by the clock
     * @param secondsWithoutScans by the clock, without the embedded server's extra scans
     * @param processors by the time of the processors
     * @param processorsWithoutScans by the time of the processors, without the embedded server's extra scans
     */
    public record Growth(double seconds, double secondsWithoutScans, double processors, double processorsWithoutScans) {

        static Growth of(Spent before, Spent after, double documents) {
            Clocks.Time small = before.time().minus(before.scans());
            Clocks.Time large = after.time().minus(after.scans());
            return new Growth(
                    after.time().seconds() / before.time().seconds() / documents,
                    large.seconds() / small.seconds() / documents,
                    after.time().processorSeconds() / before.time().processorSeconds() / documents,
                    large.processorSeconds() / small.processorSeconds() / documents);
        }
    }

    /** Compares two sizes. */
    static GrowthReport of(int targets, int chunkDocuments, Size small, Size large) {
        double documents = (double) large.doctors() / small.doctors();
        Map<String, Growth> growth = new LinkedHashMap<>();
        small.rows().forEach((row, before) -> {
            Spent after = large.rows().get(row);
            if (after != null) {
                growth.put(row, Growth.of(before, after, documents));
            }
        });
        return new GrowthReport(targets, chunkDocuments, small, large, growth);
    }

    /** Returns what is broken, a line each; empty where the run grows as it should. */
    public List<String> broken() {
        List<String> broken = new ArrayList<>();
        double resync = growth.get(RESYNC).processorsWithoutScans();
        if (!(resync <= MOST_GROWTH)) {
            broken.add(text(
                    "%s takes %.2f times as much time of the processors a document with %,d doctors as with %,d;"
                            + " allowed is %.2f",
                    RESYNC, resync, large.doctors(), small.doctors(), MOST_GROWTH));
        }
        for (Size size : List.of(small, large)) {
            if (!(size.engineShare() <= MOST_ENGINE_SHARE)) {
                broken.add(text(
                        "the engine takes %.2f %% of the processors' time of the run with %,d doctors; allowed is %.0f %%",
                        100 * size.engineShare(), size.doctors(), 100 * MOST_ENGINE_SHARE));
            }
        }
        return broken;
    }

    /** Returns the report as Markdown. */
    public List<String> text() {
        List<String> lines = new ArrayList<>();
        lines.add(text(
                "%,d and %,d doctors, %,d and %,d source documents, %d targets, chunks of %,d documents, one function at a time.",
                small.doctors(),
                large.doctors(),
                small.sourceDocuments(),
                large.sourceDocuments(),
                targets,
                chunkDocuments));
        lines.add("");
        String half = " calls | seconds | CPU s | of them scans |";
        lines.add("| row |" + half + half + " growth, s | without scans | growth, CPU s | without scans |");
        lines.add("|---|" + "---:|".repeat(12));
        growth.forEach((row, ratio) -> lines.add(text(
                "| %s |%s%s %.2f | %.2f | %.2f | %.2f |",
                row,
                half(small.rows().get(row)),
                half(large.rows().get(row)),
                ratio.seconds(),
                ratio.secondsWithoutScans(),
                ratio.processors(),
                ratio.processorsWithoutScans())));
        lines.add("");
        lines.add("| doctors | server's pauses, s | engine, s | engine, CPU s | its share of whole-resync, CPU s |");
        lines.add("|---:|---:|---:|---:|---:|");
        for (Size size : List.of(small, large)) {
            lines.add(text(
                    "| %,d | %.2f | %.3f | %.3f | %.2f %% |",
                    size.doctors(),
                    size.serverPauseSeconds(),
                    size.engine().seconds(),
                    size.engine().processorSeconds(),
                    100 * size.engineShare()));
        }
        return lines;
    }

    private static String half(Spent spent) {
        return text(
                " %,d | %.2f | %.2f | %.2f |",
                spent.calls(),
                spent.time().seconds(),
                spent.time().processorSeconds(),
                spent.scans().processorSeconds());
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}

package dev.resync.bench.measure;

import dev.resync.bench.process.JvmFigures;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/**
 * A row of the table: the medians of all repeats.
 *
 * @param name what was measured
 * @param targets number of the plan's targets
 * @param link way to the server, {@code bare} or {@code proxied}
 * @param seconds median time
 * @param fastestSeconds shortest time
 * @param slowestSeconds longest time
 * @param documentsPerSecond doctors a second, by the median
 * @param client what the contenders' process spent
 * @param server what the embedded server's process spent; null for another server
 * @param rangeReads queries for a range of keys
 * @param extraScans documents that the embedded server went through for them beyond once each
 * @param engineShare share of the time in which no function was at work; null where there is no engine
 */
public record Row(
        String name,
        int targets,
        String link,
        double seconds,
        double fastestSeconds,
        double slowestSeconds,
        double documentsPerSecond,
        JvmFigures client,
        JvmFigures server,
        int rangeReads,
        long extraScans,
        Double engineShare) {

    /**
     * Returns the row of some figures.
     *
     * @param figures all of one name, number of targets and link; at least one
     * @param doctors number of doctors
     * @param rangeReads queries for a range of keys, by collection
     * @param scans what they made the embedded server do; null for another server
     */
    static Row of(List<Figure> figures, int doctors, Map<String, Integer> rangeReads, ServerScans scans) {
        Figure first = figures.get(0);
        double seconds = median(figures, Figure::seconds);
        long extraScans = scans == null ? 0 : scans.extra(rangeReads);
        return new Row(
                first.row(),
                first.targets(),
                first.link(),
                seconds,
                figures.stream().mapToDouble(Figure::seconds).min().orElseThrow(),
                figures.stream().mapToDouble(Figure::seconds).max().orElseThrow(),
                doctors / seconds,
                medians(figures.stream().map(Figure::client).toList()),
                first.server() == null
                        ? null
                        : medians(figures.stream().map(Figure::server).toList()),
                rangeReads.values().stream().mapToInt(Integer::intValue).sum(),
                extraScans,
                first.engineShare() == null ? null : median(figures, Figure::engineShare));
    }

    private static JvmFigures medians(List<JvmFigures> all) {
        return new JvmFigures(
                median(all, JvmFigures::cpuMillis),
                (long) median(all, JvmFigures::allocatedBytes),
                (long) median(all, JvmFigures::peakHeapBytes),
                (long) median(all, JvmFigures::peakLiveBytes),
                (long) median(all, JvmFigures::collections),
                (long) median(all, JvmFigures::pauseMillis),
                (long) median(all, JvmFigures::longestPauseMillis));
    }

    private static <T> double median(List<T> all, ToDoubleFunction<T> figure) {
        double[] sorted = all.stream()
                .filter(Objects::nonNull)
                .mapToDouble(figure)
                .sorted()
                .toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}

package dev.resync.bench.heap;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the functions held of their heap.
 *
 * @param heapMegabytes most heap of their process
 * @param chunkDocuments documents of each collection in a chunk
 * @param targets number of the plan's targets
 * @param sizes by number of doctors, ascending
 */
public record HeapReport(int heapMegabytes, int chunkDocuments, int targets, List<Size> sizes) {

    /** A full collection comes a little sooner or later in a call: that much may differ without meaning anything. */
    private static final double TOLERATED_SHARE = 0.1;

    public HeapReport {
        sizes = List.copyOf(sizes);
    }

    /**
     * A run and a restore.
     *
     * @param doctors number of doctors
     * @param functions what each function held
     * @param failure why they did not end well; null where they did
     */
    public record Size(int doctors, Map<String, Function> functions, String failure) {

        public Size {
            functions = new TreeMap<>(functions);
        }
    }

    /**
     * All calls of a function.
     *
     * @param calls number of calls
     * @param liveMegabytes most heap that a full collection left during one of them; 0 where all were too short to see one
     */
    public record Function(int calls, double liveMegabytes) {

        /** Returns both together. */
        Function plus(Function next) {
            return new Function(calls + next.calls, Math.max(liveMegabytes, next.liveMegabytes));
        }
    }

    /** Returns what is broken, a line each; empty where the heap was enough and flat. */
    public List<String> broken() {
        List<String> broken = new ArrayList<>();
        sizes.stream()
                .filter(size -> size.failure() != null)
                .forEach(size -> broken.add(
                        text("with %,d doctors and -Xmx%dm %s", size.doctors(), heapMegabytes, size.failure())));
        double allowed = TOLERATED_SHARE * heapMegabytes;
        for (String function : functions()) {
            double least = live(sizes.get(0), function);
            sizes.stream()
                    .filter(size -> least > 0 && live(size, function) > least + allowed)
                    .forEach(size -> broken.add(text(
                            "%s holds %.1f MB with %,d doctors and %.1f MB with %,d; allowed is %.1f MB more",
                            function, least, sizes.get(0).doctors(), live(size, function), size.doctors(), allowed)));
        }
        return broken;
    }

    private static double live(Size size, String function) {
        Function found = size.functions().get(function);
        return found == null ? 0 : found.liveMegabytes();
    }

    private TreeSet<String> functions() {
        TreeSet<String> names = new TreeSet<>();
        sizes.forEach(size -> names.addAll(size.functions().keySet()));
        return names;
    }

    /** Returns the report as Markdown. */
    public List<String> text() {
        List<String> lines = new ArrayList<>();
        lines.add(text(
                "-Xmx%dm, chunks of %,d documents, %d targets; the most heap that is held, in MB.",
                heapMegabytes, chunkDocuments, targets));
        lines.add("");
        StringBuilder heading = new StringBuilder("| function |");
        StringBuilder line = new StringBuilder("|---|");
        for (Size size : sizes) {
            heading.append(text(" %,d doctors: calls | MB |", size.doctors()));
            line.append("---:|---:|");
        }
        lines.add(heading.toString());
        lines.add(line.toString());
        for (String function : functions()) {
            StringBuilder row = new StringBuilder("| " + function + " |");
            for (Size size : sizes) {
                Function found = size.functions().getOrDefault(function, new Function(0, 0));
                row.append(text(
                        " %,d | %s |",
                        found.calls(), found.liveMegabytes() == 0 ? "" : text("%.1f", found.liveMegabytes())));
            }
            lines.add(row.toString());
        }
        StringBuilder most = new StringBuilder("| all |");
        for (Size size : sizes) {
            most.append(text(
                    " %,d | %.1f |",
                    size.functions().values().stream().mapToInt(Function::calls).sum(),
                    size.functions().values().stream()
                            .mapToDouble(Function::liveMegabytes)
                            .max()
                            .orElse(0)));
        }
        lines.add(most.toString());
        return lines;
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}

package dev.resync.bench.micro;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What the benchmarks of the hot parts gave.
 *
 * @param results in the order of their names
 */
public record MicroReport(List<Result> results) {

    public MicroReport {
        results = List.copyOf(results);
    }

    /**
     * One of them.
     *
     * @param name what was measured
     * @param nanos average time for one document, bundle or state, in nanoseconds
     * @param error half of the 99.9 % confidence interval, in nanoseconds; not a number with fewer than two measurements
     * @param perDecode as a ratio to decoding a target document
     * @param perDigest as a ratio to the bare SHA-256 of a target document
     */
    public record Result(String name, double nanos, double error, double perDecode, double perDigest) {}

    /** Returns the report as Markdown. */
    public List<String> text() {
        List<String> lines = new ArrayList<>();
        lines.add("| part | µs | ± | decodes | digests |");
        lines.add("|---|---:|---:|---:|---:|");
        results.forEach(result -> lines.add(String.format(
                Locale.ROOT,
                "| %s | %.2f | %.2f | %.2f | %.2f |",
                result.name(),
                result.nanos() / 1e3,
                result.error() / 1e3,
                result.perDecode(),
                result.perDigest())));
        return lines;
    }
}

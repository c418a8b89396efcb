package dev.resync.bench.measure;

import java.util.List;
import java.util.Map;

/**
 * What came of a benchmark.
 *
 * @param doctors doctors that were generated
 * @param sourceDocuments documents of all sources together
 * @param repeats how often each contender was measured
 * @param concurrency chunks, batches or cursors at once
 * @param chunkDocuments documents of each collection in a chunk
 * @param machine where it ran
 * @param roundTrip what the proxy did
 * @param rows medians, in the order in which contenders are listed
 * @param ratios by number of targets ({@code oneTarget}, {@code twoTargets}) and way to the server
 * @param skipped what could not be measured here
 */
public record Report(
        int doctors,
        long sourceDocuments,
        int repeats,
        int concurrency,
        int chunkDocuments,
        Machine machine,
        Proxy roundTrip,
        List<Row> rows,
        Map<String, Map<String, Ratios>> ratios,
        List<Skipped> skipped) {

    /**
     * Where it ran.
     *
     * @param processors for all processes together
     * @param java version
     * @param heapMegabytes most heap of the contenders' process
     * @param server {@code embedded}, or {@code given}
     */
    public record Machine(int processors, String java, long heapMegabytes, String server) {}

    /**
     * What the proxy did.
     *
     * @param askedMillis what it was to add to a round trip
     * @param bareMillis median round trip without it
     * @param proxiedMillis median round trip through it
     * @param addedMillis what it added
     * @param megabytesPerSecond what it can carry, 10^6 bytes a second
     */
    public record Proxy(
            double askedMillis,
            double bareMillis,
            double proxiedMillis,
            double addedMillis,
            double megabytesPerSecond) {}

    /**
     * What could not be measured.
     *
     * @param name of the row
     * @param why and what stands in its place
     */
    public record Skipped(String name, String why) {}
}

package dev.resync.bench.measure;

import dev.resync.bench.link.RangeReads;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Counts the queries for ranges of each row in a pass that is not measured. */
final class Counting implements Recorder {

    private final RangeReads reads;
    private final Map<String, Map<String, Integer>> byRow = new HashMap<>();

    Counting(RangeReads reads) {
        this.reads = reads;
    }

    @Override
    public void measure(String row, Runnable work) {
        reads.take();
        work.run();
        byRow.put(row, reads.take());
    }

    @Override
    public void sum(String row, String... parts) {
        Map<String, Integer> sum = new TreeMap<>();
        for (String part : parts) {
            byRow.get(part).forEach((namespace, count) -> sum.merge(namespace, count, Integer::sum));
        }
        byRow.put(row, sum);
    }

    @Override
    public void engineShare(String row, double share) {}

    /** Returns the counts of a row by collection; empty for one that asks for no ranges. */
    Map<String, Integer> of(String row) {
        return byRow.getOrDefault(row, Map.of());
    }
}

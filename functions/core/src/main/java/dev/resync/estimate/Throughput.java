package dev.resync.estimate;

/**
 * What one call of a function gets done in a second.
 *
 * @param snapshot documents that snapshot-chunk copies and reads back
 * @param sync source documents that sync-chunk reads and stages
 * @param map bundles that map-chunk maps and writes to all targets
 * @param whole documents that a call reads which looks at collections whole: the seals, verify and pre-cut-over
 */
public record Throughput(double snapshot, double sync, double map, double whole) {

    /**
     * Measured by {@code ./resync demo}: the stages of its first act, with 20,000 doctors, two chunks at once on two cores, divided
     * by two and rounded down. The database was on the same machine.
     */
    public static final Throughput MEASURED = new Throughput(7_500, 8_000, 3_000, 25_000);

    /** Returns the same, with another rate for all that works chunk by chunk. */
    public Throughput withChunks(double documentsPerSecond) {
        return new Throughput(documentsPerSecond, documentsPerSecond, documentsPerSecond, whole);
    }

    /** Returns the same, with another rate for what reads collections whole. */
    public Throughput withWhole(double documentsPerSecond) {
        return new Throughput(snapshot, sync, map, documentsPerSecond);
    }
}

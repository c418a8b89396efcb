package dev.resync.estimate;

/**
 * What one call of a function gets done in a second.
 *
 * @param snapshot documents that snapshot-chunk copies and reads back
 * @param sync source documents that sync-chunk reads and stages
 * @param map bundles that map-chunk maps and writes to all targets
 * @param seal documents that a call reads to prove them by hash: the seals and pre-cut-over
 * @param verify documents that verify reads and compares
 */
public record Throughput(double snapshot, double sync, double map, double seal, double verify) {

    /**
     * Measured by {@code RatesMeasurement} in {@code local/cli}: the built-in plan with 15,000 doctors, database and functions on two
     * busy cores, the shortest of four runs, rounded down. Not measured on AWS.
     */
    public static final Throughput MEASURED = new Throughput(15_000, 20_000, 4_500, 60_000, 20_000);

    /** Returns the rate of a function that reads collections whole. */
    double whole(String function) {
        return function.equals("verify") ? verify : seal;
    }

    /** Returns the same, with another rate for all that works chunk by chunk. */
    public Throughput withChunks(double documentsPerSecond) {
        return new Throughput(documentsPerSecond, documentsPerSecond, documentsPerSecond, seal, verify);
    }

    /** Returns the same, with another rate for what proves collections by hash. */
    public Throughput withSeal(double documentsPerSecond) {
        return new Throughput(snapshot, sync, map, documentsPerSecond, verify);
    }

    /** Returns the same, with another rate for what compares collections. */
    public Throughput withVerify(double documentsPerSecond) {
        return new Throughput(snapshot, sync, map, seal, documentsPerSecond);
    }
}

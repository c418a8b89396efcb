package dev.resync.estimate;

import dev.resync.error.RequestInvalid;
import dev.resync.plan.Plan;
import dev.resync.plan.SourcePlan;
import java.util.Map;

/**
 * What a run is to be estimated for.
 *
 * @param plan the plan
 * @param dryRun whether nothing is published
 * @param documents documents of each target, in live and in the new view, 0 to 10^12
 * @param sourceDocuments documents of sources that have another number than that, by name
 * @param documentBytes average size of a document of any collection, 1 to 16 MiB
 * @param chunkDocuments documents of each collection that a chunk is planned for, 1 to 1,000,000
 * @param concurrency chunks at once, 1 to 1,000
 * @param throughput what one call gets done; all above 0
 * @param memoryMegabytes memory of the functions, 128 to 10,240 MB
 * @param callSeconds what each call costs besides its work, 0 or more
 * @param hosts members of the database's replica set, 1 to 50
 */
public record Sizing(
        Plan plan,
        boolean dryRun,
        long documents,
        Map<String, Long> sourceDocuments,
        int documentBytes,
        int chunkDocuments,
        int concurrency,
        Throughput throughput,
        int memoryMegabytes,
        double callSeconds,
        int hosts) {

    private static final long MOST_DOCUMENTS = 1_000_000_000_000L;
    private static final int MOST_BYTES = 16 * 1024 * 1024;

    /** @throws RequestInvalid where a figure is out of its range, or a source is not one of the plan's */
    public Sizing {
        require("documents", documents, 0, MOST_DOCUMENTS);
        require("documentBytes", documentBytes, 1, MOST_BYTES);
        require("chunkDocuments", chunkDocuments, 1, 1_000_000);
        require("concurrency", concurrency, 1, 1_000);
        require("memoryMegabytes", memoryMegabytes, 128, 10_240);
        require("hosts", hosts, 1, 50);
        requirePositive("documentsPerSecond", throughput.snapshot());
        requirePositive("documentsPerSecond", throughput.sync());
        requirePositive("documentsPerSecond", throughput.map());
        requirePositive("sealDocumentsPerSecond", throughput.seal());
        requirePositive("verifyDocumentsPerSecond", throughput.verify());
        if (!(callSeconds >= 0 && callSeconds < Double.MAX_VALUE)) {
            throw new RequestInvalid("callSeconds is " + callSeconds + "; expected a number of 0 or more.");
        }
        sourceDocuments = Map.copyOf(sourceDocuments);
        for (Map.Entry<String, Long> source : sourceDocuments.entrySet()) {
            boolean known = plan.sources().stream().map(SourcePlan::name).anyMatch(source.getKey()::equals);
            if (!known) {
                throw new RequestInvalid("source " + source.getKey() + " is none of plan " + plan.name()
                        + "; expected one of "
                        + plan.sources().stream().map(SourcePlan::name).toList() + ".");
            }
            require("source " + source.getKey(), source.getValue(), 0, MOST_DOCUMENTS);
        }
    }

    /** Returns how many documents a source has. */
    public long of(SourcePlan source) {
        return sourceDocuments.getOrDefault(source.name(), documents);
    }

    private static void require(String field, long value, long least, long most) {
        if (value < least || value > most) {
            throw new RequestInvalid(field + " is " + value + "; expected " + least + " to " + most + ".");
        }
    }

    private static void requirePositive(String field, double value) {
        if (!(value > 0 && value < Double.MAX_VALUE)) {
            throw new RequestInvalid(field + " is " + value + "; expected a number above 0.");
        }
    }
}

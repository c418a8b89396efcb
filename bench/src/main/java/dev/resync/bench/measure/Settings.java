package dev.resync.bench.measure;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What is to be measured.
 *
 * @param doctors doctors to generate, 1,000 or more
 * @param seed of the generator
 * @param repeats how often each contender is measured, 1 or more
 * @param roundTrip what the proxy is to add to each round trip
 * @param mongoUri connection string of a server; null for an embedded one. Its databases revalidation, bench and resync are
 *     replaced
 * @param plans folder of the plans
 * @param targets numbers of targets to measure with, each 1 or 2
 * @param concurrency chunks, batches or cursors at once
 * @param chunkDocuments documents of each collection in a chunk; null for what the plan says
 * @param only names of contenders to measure; empty for all
 * @param warmUpDoctors doctors of the unmeasured passes before, 1,000 or more; 0 for no such passes
 */
public record Settings(
        int doctors,
        long seed,
        int repeats,
        Duration roundTrip,
        String mongoUri,
        Path plans,
        List<Integer> targets,
        int concurrency,
        Integer chunkDocuments,
        List<String> only,
        int warmUpDoctors) {

    public Settings {
        targets = List.copyOf(targets);
        only = List.copyOf(only);
    }
}

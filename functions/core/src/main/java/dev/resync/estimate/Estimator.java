package dev.resync.estimate;

import dev.resync.chunk.ChunkPlanner;
import dev.resync.chunk.ChunkStage;
import dev.resync.chunk.KeyFamily;
import dev.resync.plan.Apply;
import dev.resync.plan.Plan;
import dev.resync.plan.SourcePlan;
import dev.resync.sync.SourceKeys;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * Works out what a run would come to, as the chunk planner cuts and the state machine goes. Where it cannot know (how many documents
 * of several sources share a key in one chunk, say) it takes the most there can be.
 */
public final class Estimator {

    private static final double MEGABYTES_OF_A_GIGABYTE = 1_024;

    /** A chunk of raw keys and one of another type beside them, which is empty as a rule. */
    private static final int COMPLEMENT = 1;

    /** Two in use by a call, which fetches a batch while it writes another, and two by which the driver watches each host. */
    private static final int CONNECTIONS_OF_A_CALL = 2;

    private static final int CONNECTIONS_OF_A_HOST = 2;
    private static final int BRACKETS = 2;
    /** Live and the new view before and after, and the snapshot. */
    private static final int READS_IN_PLACE = 5;

    private final Sizing sizing;
    private final Plan plan;
    private final List<StepEstimate> steps = new ArrayList<>();
    private final Map<String, FullChunk> fullChunks = new HashMap<>();

    private Estimator(Sizing sizing) {
        this.sizing = sizing;
        this.plan = sizing.plan();
    }

    /**
     * Estimates a run.
     *
     * @param prices null where cost is not asked for
     */
    public static Estimate estimate(Sizing sizing, Prices prices) {
        return new Estimator(sizing).estimate(prices);
    }

    private Estimate estimate(Prices prices) {
        long live = sizing.documents() * plan.targets().size();
        Map<KeyFamily, Cover> byFamily = sources();
        long sources = byFamily.values().stream().mapToLong(Cover::documents).sum();
        boolean preserves =
                plan.targets().stream().anyMatch(target -> !target.preserved().isEmpty());
        Throughput rates = sizing.throughput();
        List<Cover> inPlace = plan.targets().stream()
                .filter(target -> target.apply() == Apply.IN_PLACE)
                .map(target -> new Cover(2 * sizing.documents(), sizing.documents()))
                .toList();
        long written = sizing.documents() * inPlace.size();
        List<Cover> eachTarget = plan.targets().stream()
                .map(target -> new Cover(sizing.documents(), sizing.documents()))
                .toList();

        single("admit", 0);
        long sampled = plan.targets().size() * sampled(sizing.documents())
                + plan.sources().stream()
                        .mapToLong(source -> sampled(sizing.of(source)))
                        .sum();
        single("plan-chunks", sampled);
        chunked(ChunkStage.SNAPSHOT, eachTarget, COMPLEMENT, live, 2 * live, live, rates.snapshot());
        single("seal-snapshot", 2 * live);
        chunked(ChunkStage.SYNC, byFamily.values(), COMPLEMENT, sources, sources, sources, rates.sync());
        single("seal-staging", sources);
        chunked(
                ChunkStage.MAP,
                List.of(byFamily.values().stream().reduce(Cover.NONE, Cover::with)),
                0,
                sizing.documents(),
                sources + (preserves ? live : 0),
                live,
                rates.map());
        single("seal-shadow", live);
        single("verify", 2 * live);
        if (!sizing.dryRun()) {
            single("catch-up", 0);
            single("pre-cut-over", live);
            if (!inPlace.isEmpty()) {
                // As if all documents differed: what live and the new view hold is read, and read again as proof.
                chunked(
                        ChunkStage.APPLY,
                        inPlace,
                        COMPLEMENT,
                        written,
                        READS_IN_PLACE * written,
                        written,
                        rates.snapshot());
            }
            single("cut-over", 0);
        }
        single("finish", 0);
        return gather(live, sources, prices);
    }

    /**
     * One key space that is cut by itself.
     *
     * @param documents documents of all its collections
     * @param largest documents of the largest of them
     */
    private record Cover(long documents, long largest) {

        static final Cover NONE = new Cover(0, 0);

        Cover with(Cover other) {
            return new Cover(documents + other.documents, Math.max(largest, other.largest));
        }
    }

    private Map<KeyFamily, Cover> sources() {
        Map<KeyFamily, Cover> covers = new EnumMap<>(KeyFamily.class);
        for (SourcePlan source : plan.sources()) {
            Cover cover = new Cover(sizing.of(source), sizing.of(source));
            covers.merge(SourceKeys.familyOf(source), cover, Cover::with);
        }
        return covers;
    }

    /** Keys of small collections are all read, of large ones a sample, which is smaller than the largest of the small ones. */
    private static long sampled(long documents) {
        return Math.min(documents, ChunkPlanner.MAX_KEYS);
    }

    private void single(String function, long reads) {
        double seconds = reads / sizing.throughput().whole(function) + sizing.callSeconds();
        steps.add(new StepEstimate(function, 1, reads, reads, 0, seconds, seconds, gigabyteSeconds(seconds)));
    }

    /**
     * @param complement further chunks of each cover
     * @param handled what the rate counts: documents, or bundles
     */
    private void chunked(
            ChunkStage stage,
            Collection<Cover> covers,
            int complement,
            long handled,
            long reads,
            long writes,
            double rate) {
        int most = ChunkPlanner.MAX_RANGES / Math.max(1, covers.size());
        long chunks = 0;
        double fullest = 0;
        for (Cover cover : covers) {
            FullChunk full = fullChunk(cover);
            double ranges = Math.max(1, Math.min(Math.ceil(cover.documents() / full.documents()), most));
            chunks += (long) ranges + complement;
            // As if each were full, so that more documents never look faster.
            double documents = ranges == 1 ? cover.documents() : Math.max(full.documents(), cover.documents() / ranges);
            if (documents >= fullest) {
                fullest = documents;
                fullChunks.put(stage.function(), full);
            }
        }
        long all = covers.stream().mapToLong(Cover::documents).sum();
        double documents = all == 0 ? 0 : fullest * handled / all;
        double callSeconds = documents / rate + sizing.callSeconds();
        double waves = Math.ceil((double) chunks / sizing.concurrency());
        steps.add(new StepEstimate(
                stage.function(),
                chunks,
                (long) Math.ceil(fullest),
                reads,
                writes,
                callSeconds,
                waves * callSeconds,
                gigabyteSeconds(handled / rate + chunks * sizing.callSeconds())));
    }

    private FullChunk fullChunk(Cover cover) {
        double share = cover.documents() == 0 ? 1 : (double) cover.largest() / cover.documents();
        double byBytes = (double) plan.chunkBytes() / sizing.documentBytes();
        return new FullChunk(Math.max(1, Math.min(sizing.chunkDocuments() / share, byBytes)), share);
    }

    private double gigabyteSeconds(double seconds) {
        return seconds * sizing.memoryMegabytes() / MEGABYTES_OF_A_GIGABYTE;
    }

    private Estimate gather(long live, long sources, Prices prices) {
        long chunks = 0;
        long mapChildren = 0;
        boolean inPlace = false;
        for (ChunkStage stage : ChunkStage.values()) {
            Optional<StepEstimate> step = step(stage.function());
            inPlace |= stage == ChunkStage.APPLY && step.isPresent();
            long ofStage = step.map(StepEstimate::calls).orElse(0L);
            chunks += ofStage;
            mapChildren = Math.max(mapChildren, ofStage);
        }
        ExecutionShape shape = ExecutionShape.of(sizing.dryRun(), inPlace, chunks);
        double gigabyteSeconds =
                steps.stream().mapToDouble(StepEstimate::gigabyteSeconds).sum();
        long connections =
                (long) sizing.concurrency() * (CONNECTIONS_OF_A_CALL + (long) CONNECTIONS_OF_A_HOST * sizing.hosts());
        Estimate estimate = new Estimate(
                plan.name(),
                sizing.dryRun(),
                sizing.documents(),
                sizing.chunkDocuments(),
                sizing.concurrency(),
                sizing.memoryMegabytes(),
                steps,
                shape.executions(),
                shape.transitions(),
                shape.calls(),
                gigabyteSeconds,
                steps.stream().mapToDouble(StepEstimate::seconds).sum(),
                steps.stream().mapToLong(StepEstimate::reads).sum(),
                steps.stream().mapToLong(StepEstimate::writes).sum(),
                (live * 2 + sources) * sizing.documentBytes(),
                connections,
                shape.historyEvents(),
                ExecutionShape.closingHistoryEvents(plan.resumeWithin().toMinutes()),
                mapChildren,
                indexListBytes(mapChildren),
                prices == null ? null : prices.of(shape.transitions(), gigabyteSeconds, shape.calls()),
                List.of());
        return estimate.with(new Limits(sizing, fullChunks).against(estimate));
    }

    /**
     * A chunk that holds as much as it may.
     *
     * @param documents documents of all collections, by number and bytes, 1 or more
     * @param share the largest collection's share of them, above 0, at most 1
     */
    record FullChunk(double documents, double share) {}

    private Optional<StepEstimate> step(String function) {
        return steps.stream().filter(step -> step.function().equals(function)).findFirst();
    }

    /** Length of the JSON list [0,1,…] of so many indexes, which a map has as its items. */
    static long indexListBytes(long items) {
        long digits = LongStream.range(0, items)
                .map(index -> Long.toString(index).length())
                .sum();
        return BRACKETS + digits + Math.max(0, items - 1);
    }
}

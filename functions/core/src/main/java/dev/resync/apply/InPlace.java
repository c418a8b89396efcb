package dev.resync.apply;

import com.mongodb.MongoNamespace;
import dev.resync.chunk.Chunk;
import dev.resync.chunk.ChunkPlan;
import dev.resync.chunk.ChunkPlanStore;
import dev.resync.chunk.ChunkPlanner;
import dev.resync.chunk.ChunkStage;
import dev.resync.chunk.KeyRange;
import dev.resync.cutover.JournalEntry;
import dev.resync.cutover.JournalStep;
import dev.resync.error.CallUnfinished;
import dev.resync.error.SealMismatch;
import dev.resync.hash.ContentHash;
import dev.resync.run.CollectionKind;
import dev.resync.run.Run;
import dev.resync.run.RunCollection;
import dev.resync.run.RunTarget;
import dev.resync.seal.StageTimes;
import dev.resync.stage.StageContext;
import dev.resync.store.CollectionShape;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonString;

/** The part of a cut-over that writes to live collections instead of replacing them. */
public final class InPlace {

    private final StageContext context;
    private final ChunkPlanner planner;
    private final ChunkPlanStore planStore;
    private final CallsInFlight calls;

    public InPlace(StageContext context) {
        this.context = context;
        this.planner = new ChunkPlanner(context.store());
        this.planStore = new ChunkPlanStore(context.store());
        this.calls = new CallsInFlight(context);
    }

    /**
     * Begins to write to live, or finds that all is written.
     *
     * @param journal all lines of this cut-over
     * @return the number of chunks that are to be applied before the next try; 0 where nothing is left to do
     * @throws CallUnfinished where all is written, and a call may still be writing it again
     * @throws SealMismatch where the chunks say that they wrote something else than the new view
     */
    public int chunksLeft(Run run, List<JournalEntry> journal) {
        List<JournalEntry> unfinished = journal.stream()
                .filter(entry -> entry.inPlace() && entry.step() != JournalStep.DONE)
                .toList();
        if (unfinished.isEmpty()) {
            return 0;
        }
        for (JournalEntry entry : unfinished) {
            context.locks().requireHeld(run, run.target(entry.target()));
            context.journal().applying(entry, context.clock().instant());
            context.checkpoints().reached("cut-over:applying:" + entry.target());
        }
        List<Chunk> chunks = planned(run, unfinished);
        if (chunks.stream().anyMatch(chunk -> !chunk.done())) {
            return chunks.size();
        }
        requireQuiet(run);
        // First, since a call that comes after this one may find nothing left to do.
        context.runs().stageDone(run, StageTimes.of(ChunkStage.APPLY, chunks));
        unfinished.forEach(entry -> finish(run, entry, chunks));
        return 0;
    }

    private List<Chunk> planned(Run run, List<JournalEntry> entries) {
        String id = ChunkPlan.applyId(run.id(), run.epoch());
        ChunkPlan plan = planStore.find(id).orElseGet(() -> {
            Map<RunTarget, MongoNamespace> shadows = new LinkedHashMap<>();
            entries.forEach(entry -> shadows.put(run.target(entry.target()), entry.shadowNamespace()));
            return planStore.record(planner.forApply(run, shadows));
        });
        List<Chunk> chunks = new ArrayList<>();
        for (ChunkPlan.Cover cover : plan.covers()) {
            for (KeyRange range : cover.ranges()) {
                chunks.add(
                        Chunk.planned(run.id(), run.epoch(), ChunkStage.APPLY, chunks.size(), cover.target(), range));
            }
        }
        context.chunks().plan(chunks);
        return context.chunks().all(run.id(), run.epoch(), ChunkStage.APPLY);
    }

    /** Those of the snapshot that live lost; what it got since stays, and its options do. */
    private void bringIndexesBack(Run run, RunTarget target) {
        CollectionShape shape = context.snapshots()
                .require(run.restoreFrom())
                .target(target.name())
                .shape();
        List<BsonString> there = context.store().indexes(target.live()).stream()
                .map(index -> index.getString("name"))
                .toList();
        context.store()
                .createIndexes(
                        target.live(),
                        shape.lastingIndexes().stream()
                                .filter(index -> !there.contains(index.getString("name")))
                                .toList());
    }

    private void requireQuiet(Run run) {
        Duration left = calls.left(run);
        if (left.compareTo(Duration.ZERO) > 0) {
            throw new CallUnfinished("A call of " + ChunkStage.APPLY.function() + " of run " + run.id()
                    + " has not said that it ended. It is waited for, " + left.toSeconds()
                    + " seconds at most; then it cannot be alive any more.");
        }
    }

    /** Each range was seen to hold what the new view holds there; together they must be the new view that was proven. */
    private void finish(Run run, JournalEntry entry, List<Chunk> chunks) {
        RunTarget target = run.target(entry.target());
        String key = RunCollection.of(run, CollectionKind.SHADOW, target).key();
        ContentHash written = chunks.stream()
                .filter(chunk -> chunk.target() == target.index())
                .map(chunk -> chunk.result().written().get(key))
                .reduce(ContentHash.EMPTY, ContentHash::plus);
        if (!written.equals(entry.content())) {
            throw new SealMismatch("What run " + run.id() + " wrote to live " + entry.live() + " is " + written
                    + ", and its new view is " + entry.content()
                    + ". Look for another writer to collections of the run; live goes back to the snapshot.");
        }
        if (run.restoring()) {
            bringIndexesBack(run, target);
        }
        context.checkpoints().reached("cut-over:applied:" + entry.target());
        context.journal().done(entry, context.clock().instant());
    }
}

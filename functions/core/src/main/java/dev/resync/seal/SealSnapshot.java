package dev.resync.seal;

import dev.resync.chunk.Chunk;
import dev.resync.chunk.ChunkLocator;
import dev.resync.chunk.ChunkPlanStore;
import dev.resync.chunk.ChunkStage;
import dev.resync.error.LiveDrifted;
import dev.resync.pace.RunWatch;
import dev.resync.plan.Retention;
import dev.resync.run.CollectionKind;
import dev.resync.run.Run;
import dev.resync.run.RunCollection;
import dev.resync.run.RunTarget;
import dev.resync.run.RunUpdate;
import dev.resync.run.Sealed;
import dev.resync.snapshot.Snapshot;
import dev.resync.snapshot.SnapshotTarget;
import dev.resync.stage.Deadline;
import dev.resync.stage.RunInput;
import dev.resync.stage.RunPlans;
import dev.resync.stage.StageContext;
import dev.resync.stage.TimedStage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Proves and seals the snapshot and records its manifest. */
public final class SealSnapshot implements TimedStage<RunInput, SealAnswer> {

    private final StageContext context;
    private final Seal seal;
    private final RunPlans plans;

    public SealSnapshot(StageContext context) {
        this.context = context;
        this.seal = new Seal(context);
        this.plans = new RunPlans(context);
    }

    @Override
    public String name() {
        return "seal-snapshot";
    }

    @Override
    public Class<RunInput> input() {
        return RunInput.class;
    }

    @Override
    public SealAnswer run(RunInput input, Deadline deadline) {
        RunWatch watch = new RunWatch(context, deadline, context.runs().enter(input.runId(), input.epoch()));
        Run run = watch.awaitRelease();
        if (seal.awaits(run, ChunkStage.SNAPSHOT)) {
            return new SealAnswer(false);
        }
        // Only the chunk plan can say that a target had no live collection; a lack of chunks says nothing.
        boolean copies = new ChunkPlanStore(context.store())
                .require(run.id(), run.epoch()).covers().stream()
                        .anyMatch(cover -> cover.stage() == ChunkStage.SNAPSHOT);
        List<Chunk> done = copies ? context.chunks().allDone(run.id(), run.epoch(), ChunkStage.SNAPSHOT) : List.of();
        Optional<Run> sealed = seal.seal(run, ChunkStage.SNAPSHOT, done, parts(run, done), watch);
        if (sealed.isEmpty()) {
            return new SealAnswer(false);
        }
        Snapshot snapshot = context.snapshots().record(manifest(sealed.get(), done));
        context.runs().update(run, RunUpdate.set("snapshot", snapshot.id()));
        if (!done.isEmpty()) {
            context.runs().stageDone(run, StageTimes.of(ChunkStage.SNAPSHOT, done));
        }
        return new SealAnswer(true);
    }

    private List<SealPart> parts(Run run, List<Chunk> chunks) {
        List<SealPart> parts = new ArrayList<>();
        for (RunTarget target : run.targetsToReplace()) {
            List<Chunk> cover = ofTarget(chunks, target);
            if (!cover.isEmpty()) {
                ChunkLocator locator = new ChunkLocator(cover);
                parts.add(new SealPart(
                        RunCollection.of(run, CollectionKind.SNAPSHOT, target),
                        target.live(),
                        document -> locator.locate(document.get("_id")).index()));
            }
        }
        return parts;
    }

    /** A target without chunks had no live collection when the chunks were planned. */
    private Snapshot manifest(Run run, List<Chunk> chunks) {
        List<SnapshotTarget> targets = new ArrayList<>();
        for (RunTarget target : run.targetsToReplace()) {
            if (ofTarget(chunks, target).isEmpty()) {
                targets.add(SnapshotTarget.absent(target.name(), target.namespace(), target.apply()));
                continue;
            }
            Sealed copy = run.sealedAs(RunCollection.of(run, CollectionKind.SNAPSHOT, target));
            targets.add(SnapshotTarget.copied(
                    target.name(),
                    target.namespace(),
                    target.apply(),
                    copy.where(),
                    copy.content(),
                    context.store().shape(target.live()).orElseThrow(() -> gone(target))));
        }
        String id = run.id() + "-s" + run.epoch();
        return Snapshot.seal(
                id, run.id(), run.plan(), run.environment(), context.clock().instant(), targets, retention(run));
    }

    /** The plan of a restore may be gone, so it goes by what the snapshot that it brings back says. */
    private Retention retention(Run run) {
        return run.restoring()
                ? context.snapshots().require(run.restoreFrom()).retention()
                : plans.of(run).retention();
    }

    private static LiveDrifted gone(RunTarget target) {
        return new LiveDrifted("Live collection " + target.namespace()
                + " was dropped by someone while its snapshot was taken. Find out who did it, then start a new run.");
    }

    private static List<Chunk> ofTarget(List<Chunk> chunks, RunTarget target) {
        return chunks.stream().filter(chunk -> chunk.target() == target.index()).toList();
    }
}

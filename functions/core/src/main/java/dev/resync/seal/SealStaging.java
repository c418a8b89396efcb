package dev.resync.seal;

import dev.resync.chunk.Chunk;
import dev.resync.chunk.ChunkStage;
import dev.resync.pace.RunWatch;
import dev.resync.run.CollectionKind;
import dev.resync.run.Run;
import dev.resync.run.RunCollection;
import dev.resync.run.RunUpdate;
import dev.resync.stage.Deadline;
import dev.resync.stage.RunInput;
import dev.resync.stage.StageContext;
import dev.resync.stage.TimedStage;
import dev.resync.sync.Fragment;
import java.util.List;
import java.util.Optional;

/** Proves and seals the fragments of all sources. */
public final class SealStaging implements TimedStage<RunInput, SealAnswer> {

    private final StageContext context;
    private final Seal seal;

    public SealStaging(StageContext context) {
        this.context = context;
        this.seal = new Seal(context);
    }

    @Override
    public String name() {
        return "seal-staging";
    }

    @Override
    public Class<RunInput> input() {
        return RunInput.class;
    }

    @Override
    public SealAnswer run(RunInput input, Deadline deadline) {
        RunWatch watch = new RunWatch(context, deadline, context.runs().enter(input.runId(), input.epoch()));
        Run run = watch.awaitRelease();
        if (seal.awaits(run, ChunkStage.SYNC)) {
            return new SealAnswer(false);
        }
        List<Chunk> chunks = context.chunks().allDone(run.id(), run.epoch(), ChunkStage.SYNC);
        SealPart staging = SealPart.made(RunCollection.of(run, CollectionKind.STAGING), Fragment::chunkOf);
        Optional<Run> sealed = seal.seal(run, ChunkStage.SYNC, chunks, List.of(staging), watch);
        if (sealed.isEmpty()) {
            return new SealAnswer(false);
        }
        context.runs().update(run, RunUpdate.set("stagingEpoch", run.epoch()));
        context.runs().stageDone(run, StageTimes.of(ChunkStage.SYNC, chunks));
        return new SealAnswer(true);
    }
}

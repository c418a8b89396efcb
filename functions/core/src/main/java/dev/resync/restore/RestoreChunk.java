package dev.resync.restore;

import dev.resync.chunk.Chunk;
import dev.resync.chunk.ChunkResult;
import dev.resync.chunk.ChunkStage;
import dev.resync.hash.ContentHash;
import dev.resync.pace.Pace;
import dev.resync.run.CollectionKind;
import dev.resync.run.Run;
import dev.resync.run.RunCollection;
import dev.resync.run.RunTarget;
import dev.resync.snapshot.RangeCopy;
import dev.resync.snapshot.SnapshotTarget;
import dev.resync.stage.ChunkAnswer;
import dev.resync.stage.ChunkInput;
import dev.resync.stage.ChunkWork;
import dev.resync.stage.Deadline;
import dev.resync.stage.StageContext;
import dev.resync.stage.TimedStage;
import java.util.List;
import java.util.Map;

/** Copies one range of a snapshot to the open shadow that will take live's place. */
public final class RestoreChunk implements TimedStage<ChunkInput, ChunkAnswer> {

    private final StageContext context;
    private final ChunkWork chunkWork;
    private final RangeCopy copy;

    public RestoreChunk(StageContext context) {
        this.context = context;
        this.chunkWork = new ChunkWork(context, ChunkStage.RESTORE);
        this.copy = new RangeCopy(context.store());
    }

    @Override
    public String name() {
        return ChunkStage.RESTORE.function();
    }

    @Override
    public Class<ChunkInput> input() {
        return ChunkInput.class;
    }

    @Override
    public ChunkAnswer run(ChunkInput input, Deadline deadline) {
        return chunkWork.run(input, deadline, this::copyRange);
    }

    private ChunkResult copyRange(Run run, Chunk chunk, Pace pace) {
        RunTarget target = run.targets().get(chunk.target());
        SnapshotTarget snapshot = context.snapshots().require(run.restoreFrom()).target(target.name());
        RunCollection shadow = RunCollection.of(run, CollectionKind.SHADOW, target);
        ContentHash content =
                copy.copy(snapshot.where(), shadow.open(run.openGeneration(ChunkStage.RESTORE)), chunk.keys(), pace);
        return new ChunkResult(content.documents(), Map.of(shadow.key(), content), Map.of(), Map.of(), List.of());
    }
}

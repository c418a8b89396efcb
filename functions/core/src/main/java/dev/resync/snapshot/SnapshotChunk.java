package dev.resync.snapshot;

import dev.resync.chunk.Chunk;
import dev.resync.chunk.ChunkResult;
import dev.resync.chunk.ChunkStage;
import dev.resync.hash.ContentHash;
import dev.resync.pace.Pace;
import dev.resync.run.CollectionKind;
import dev.resync.run.Run;
import dev.resync.run.RunCollection;
import dev.resync.run.RunTarget;
import dev.resync.stage.ChunkAnswer;
import dev.resync.stage.ChunkInput;
import dev.resync.stage.ChunkWork;
import dev.resync.stage.Deadline;
import dev.resync.stage.StageContext;
import dev.resync.stage.TimedStage;
import java.util.List;
import java.util.Map;

/** Copies one range of a live collection to the open snapshot. */
public final class SnapshotChunk implements TimedStage<ChunkInput, ChunkAnswer> {

    private final ChunkWork chunkWork;
    private final RangeCopy copy;

    public SnapshotChunk(StageContext context) {
        this.chunkWork = new ChunkWork(context, ChunkStage.SNAPSHOT);
        this.copy = new RangeCopy(context.store());
    }

    @Override
    public String name() {
        return ChunkStage.SNAPSHOT.function();
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
        RunCollection snapshot = RunCollection.of(run, CollectionKind.SNAPSHOT, target);
        ContentHash content =
                copy.copy(target.live(), snapshot.open(run.openGeneration(ChunkStage.SNAPSHOT)), chunk.keys(), pace);
        return new ChunkResult(content.documents(), Map.of(snapshot.key(), content), Map.of(), Map.of(), List.of());
    }
}

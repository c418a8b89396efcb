package dev.resync.stage;

import dev.resync.chunk.Chunk;
import dev.resync.chunk.ChunkResult;
import dev.resync.chunk.ChunkStage;
import dev.resync.run.Run;
import java.util.function.BiFunction;

/** The frame around every chunk: begin, let in, work, say done. */
public final class ChunkWork {

    private final StageContext context;
    private final ChunkStage stage;

    public ChunkWork(StageContext context, ChunkStage stage) {
        this.context = context;
        this.stage = stage;
    }

    /** Does a chunk unless it is done already. */
    public ChunkAnswer run(ChunkInput input, BiFunction<Run, Chunk, ChunkResult> work) {
        // The chunk first, the run second: a chunk that a seal sent back must see the open names of after that.
        Chunk chunk = context.chunks().begin(input.runId(), input.epoch(), stage, input.index());
        Run run = context.runs().enter(input.runId(), input.epoch());
        if (!chunk.done()) {
            ChunkResult result = work.apply(run, chunk);
            context.checkpoints().reached(stage.function() + ":before-done:" + input.index());
            context.chunks().done(chunk, result);
        }
        return ChunkAnswer.DONE;
    }
}

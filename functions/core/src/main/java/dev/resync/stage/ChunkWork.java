package dev.resync.stage;

import dev.resync.chunk.Chunk;
import dev.resync.chunk.ChunkResult;
import dev.resync.chunk.ChunkStage;
import dev.resync.error.ChunkOverdue;
import dev.resync.error.RunHeld;
import dev.resync.metrics.Metric;
import dev.resync.pace.Pace;
import dev.resync.run.Run;
import java.time.Duration;

/** The frame around every chunk: begin, let in, work at the pace of the run, say done. */
public final class ChunkWork {

    private final StageContext context;
    private final ChunkStage stage;

    public ChunkWork(StageContext context, ChunkStage stage) {
        this.context = context;
        this.stage = stage;
    }

    /** What is done to one chunk. */
    @FunctionalInterface
    public interface Work {

        /**
         * Does it.
         *
         * @param pace to be asked between documents
         */
        ChunkResult on(Run run, Chunk chunk, Pace pace);
    }

    /**
     * Does a chunk unless it is done already.
     *
     * @throws RunHeld where the run is held for longer than the call can wait
     * @throws ChunkOverdue where the call has no time left to do it in
     */
    public ChunkAnswer run(ChunkInput input, Deadline deadline, Work work) {
        // The chunk first, the run second: a chunk that a seal sent back must see the open names of after that.
        Chunk chunk = begun(input);
        Run run = context.runs().enter(input.runId(), input.epoch());
        if (!chunk.done()) {
            ChunkResult result = paced(run, chunk, deadline, work);
            context.checkpoints().reached(stage.function() + ":before-done:" + input.index());
            context.chunks().done(chunk, result);
        }
        return ChunkAnswer.DONE;
    }

    private Chunk begun(ChunkInput input) {
        long before = context.time().nanos();
        Chunk chunk = context.chunks().begin(input.runId(), input.epoch(), stage, input.index());
        context.backoff().sample(context.time().nanos() - before);
        return chunk;
    }

    private ChunkResult paced(Run run, Chunk chunk, Deadline deadline, Work work) {
        Pace pace = new Pace(context, deadline, run, chunk);
        try {
            pace.begin();
            long begun = context.time().nanos();
            ChunkResult result = work.on(run, chunk, pace);
            long taken = context.time().nanos() - begun;
            pace.finish();
            context.metrics().say(Metric.DOCUMENTS, result.documents());
            context.metrics()
                    .say(Metric.CHUNK_MILLISECONDS, Duration.ofNanos(taken).toMillis());
            return result;
        } catch (RunHeld | ChunkOverdue stopped) {
            // So that others need not wait until it has stood still for long enough.
            pace.withdraw();
            throw stopped;
        }
    }
}

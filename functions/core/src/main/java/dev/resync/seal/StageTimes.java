package dev.resync.seal;

import dev.resync.chunk.Chunk;
import dev.resync.chunk.ChunkStage;
import dev.resync.run.StageRecord;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** Sums up the chunks of a stage for the receipt. */
public final class StageTimes {

    private StageTimes() {}

    /**
     * Returns the account of a stage.
     *
     * @param chunks all of the stage, done; at least one
     */
    public static StageRecord of(ChunkStage stage, List<Chunk> chunks) {
        Instant first = chunks.stream()
                .map(Chunk::startedAt)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        Instant last = chunks.stream()
                .map(Chunk::endedAt)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        long documents =
                chunks.stream().mapToLong(chunk -> chunk.result().documents()).sum();
        return new StageRecord(stage.function(), chunks.size(), documents, first, last);
    }
}

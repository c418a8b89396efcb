package dev.resync.chunk;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;

/**
 * One chunk of a run, as the {@code chunks} collection keeps it.
 *
 * @param id {@code runId/epoch/STAGE/index}
 * @param run id of the run
 * @param epoch epoch in which the chunk was planned
 * @param fence epoch in which it may be worked on; raised when the run is closed
 * @param stage the stage that does it
 * @param index from 0, without gaps within stage and epoch
 * @param target index of the target; 0 where the stage is not per target
 * @param range the part of the key space that it covers
 * @param done whether it is finished and proven
 * @param generation how often a seal sent it back, from 0
 * @param attempts how often it was begun
 * @param startedAt when it was begun first; null before
 * @param endedAt when it was finished; null before
 * @param result null until done
 * @param progress what the function that works on it said last; null where none does
 */
public record Chunk(
        @JsonProperty("_id") String id,
        String run,
        long epoch,
        long fence,
        ChunkStage stage,
        int index,
        int target,
        RangeText range,
        boolean done,
        int generation,
        int attempts,
        Instant startedAt,
        Instant endedAt,
        ChunkResult result,
        ChunkProgress progress) {

    /** Returns a chunk that nobody has begun. */
    public static Chunk planned(String run, long epoch, ChunkStage stage, int index, int target, KeyRange range) {
        return new Chunk(
                id(run, epoch, stage, index),
                run,
                epoch,
                epoch,
                stage,
                index,
                target,
                RangeText.of(range),
                false,
                0,
                0,
                null,
                null,
                null,
                null);
    }

    /** Returns the id of a chunk. */
    public static String id(String run, long epoch, ChunkStage stage, int index) {
        return run + "/" + epoch + "/" + stage + "/" + index;
    }

    /** Returns the part of the key space that this chunk covers. */
    @JsonIgnore
    public KeyRange keys() {
        return range.toRange();
    }
}

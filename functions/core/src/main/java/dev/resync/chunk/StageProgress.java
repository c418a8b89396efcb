package dev.resync.chunk;

import java.time.Instant;

/**
 * How far a stage of a run is, as its chunks say.
 *
 * @param stage the stage
 * @param chunks chunks planned, 1 or more
 * @param done chunks finished and proven, 0 to {@code chunks}
 * @param doneDocuments documents of those that are done, 0 or more
 * @param documents documents handled so far, by chunks at work as they said last, 0 or more
 * @param slowedTo least share of full speed that a chunk at work keeps to for the sake of the database, from 0.1 to 1; null
 *     where none is slowed
 * @param latencyMillis longest time that the database took for a small write of a chunk at work, in milliseconds; null where
 *     nobody asks
 * @param startedAt when its first chunk was begun; null before
 */
public record StageProgress(
        ChunkStage stage,
        int chunks,
        int done,
        long doneDocuments,
        long documents,
        Double slowedTo,
        Long latencyMillis,
        Instant startedAt) {}

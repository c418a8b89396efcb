package dev.resync.chunk;

/**
 * How far a stage of a run is, as its chunks say.
 *
 * @param stage the stage
 * @param chunks chunks planned, 1 or more
 * @param done chunks finished and proven, 0 to {@code chunks}
 * @param documents documents handled by finished chunks, 0 or more
 */
public record StageProgress(ChunkStage stage, int chunks, int done, long documents) {}

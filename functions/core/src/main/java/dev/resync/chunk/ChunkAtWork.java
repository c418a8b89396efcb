package dev.resync.chunk;

/**
 * A chunk that was begun and is not done.
 *
 * @param index its index within its stage
 * @param progress what the function that works on it said last
 */
public record ChunkAtWork(int index, ChunkProgress progress) {}

package dev.resync.chunk;

/**
 * What the function that works on a chunk says of it every few seconds.
 *
 * @param beat counter that it raises each time; judged by how long it stands still
 * @param documents documents handled so far, 0 or more
 * @param waiting whether it waits for its turn or for a hold to end, rather than working
 * @param slowedTo share of full speed that it keeps to for the sake of the database, from 0.1 to 1; null for full speed
 * @param latencyMillis how long the database took for a small write lately, in milliseconds; null where nobody asks
 */
public record ChunkProgress(long beat, long documents, boolean waiting, Double slowedTo, Long latencyMillis) {}

package dev.resync.stage;

/**
 * Input of the stages that work on one chunk.
 *
 * @param runId id of the run
 * @param epoch the run's epoch that this execution works in; a call of another epoch is refused
 * @param index index of the chunk within its stage, from 0
 */
public record ChunkInput(String runId, long epoch, int index) {}

package dev.resync.stage;

/**
 * Input of the stages that work on a whole run.
 *
 * @param runId id of the run
 * @param epoch the run's epoch that this execution works in; a call of another epoch is refused
 */
public record RunInput(String runId, long epoch) {}

package dev.resync.run;

/**
 * What stopped a run.
 *
 * @param name stable name, such as {@code dev.resync.error.GateRefused}
 * @param message for people
 */
public record RunError(String name, String message) {}

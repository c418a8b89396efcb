package dev.resync.estimate;

/**
 * A limit that a run would come near or beyond.
 *
 * @param subject name of the function, setting or quota that it is about
 * @param message figure, limit, and what to set instead
 */
public record Warning(String subject, String message) {}

package dev.resync.cli.run;

/**
 * What commands that are shown to people say.
 *
 * @param plan file of the plan, absolute; null where none was given
 * @param database how to name the database in a shell, without secrets
 * @param environment the options that name the environment, and sizes
 */
public record Shown(String plan, String database, String environment) {}

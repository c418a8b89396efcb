package dev.resync.cli.run;

import dev.resync.engine.ExecutionDescription;
import dev.resync.run.Run;

/**
 * What became of an execution.
 *
 * @param execution how it ended
 * @param run its run as it is now; null for a preview, which has none
 */
public record Followed(ExecutionDescription execution, Run run) {}

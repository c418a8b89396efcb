package dev.resync.cli.output;

import dev.resync.run.RunState;
import dev.resync.run.RunSummary;
import dev.resync.schema.OneLine;

/** A run as text. */
public final class RunLine {

    private RunLine() {}

    /** Returns a run in one line. */
    public static String of(RunSummary run) {
        String state = run.ending() == null ? run.state().name() : run.ending().name();
        StringBuilder line = new StringBuilder(String.format(
                "%s  %-15s %-14s by %s: %s", run.runId(), run.mode(), state, run.requestedBy(), run.reason()));
        if (run.state() == RunState.SUSPENDED) {
            line.append(" (may be resumed until ").append(run.resumeUntil()).append(')');
        }
        if (run.pace() != null) {
            line.append(" (").append(run.pace()).append(')');
        }
        if (run.error() != null) {
            line.append(" (")
                    .append(run.error().name())
                    .append(": ")
                    .append(run.error().message())
                    .append(')');
        }
        // Whoever stops an execution chooses its error, and whoever starts a run its reason.
        return OneLine.shown(line.toString());
    }
}

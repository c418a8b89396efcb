package dev.resync.cli.exit;

import dev.resync.run.RunError;

/** An execution ended with an error before there was a run. */
public final class ExecutionRefused extends RuntimeException {

    private final transient RunError error;

    /** @param error name and message, as the function gave them */
    public ExecutionRefused(RunError error) {
        super(error.message());
        this.error = error;
    }

    /** Returns name and message, as the function gave them. */
    public RunError error() {
        return error;
    }
}

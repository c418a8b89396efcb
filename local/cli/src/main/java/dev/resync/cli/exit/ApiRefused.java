package dev.resync.cli.exit;

import dev.resync.run.RunError;

/** An admin API refused a request, with the name and the message that the same command has on the database itself. */
public final class ApiRefused extends RuntimeException {

    private final transient RunError error;

    /** @param error name and message, as the API gave them */
    public ApiRefused(RunError error) {
        super(error.message());
        this.error = error;
    }

    /** Returns name and message, as the API gave them. */
    public RunError error() {
        return error;
    }
}

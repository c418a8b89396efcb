package dev.resync.cli.exit;

/** A run may still be open, and this process can do no more about it. */
public final class RunLeftOpen extends RuntimeException {

    /** Name under which it is reported. */
    static final String NAME = "Resync.LeftOpen";

    /** @param message what happened and what to do next; never null */
    public RunLeftOpen(String message) {
        super(message);
    }
}

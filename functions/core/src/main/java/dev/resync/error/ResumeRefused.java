package dev.resync.error;

/** A run cannot be resumed in this way. */
public final class ResumeRefused extends ResyncException {

    /** @param message what was wrong and what to do next; never null */
    public ResumeRefused(String message) {
        super(message);
    }
}

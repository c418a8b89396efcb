package dev.resync.error;

/** A request to start has an unknown, missing or wrongly typed field. */
public final class RequestInvalid extends ResyncException {

    /** @param message what was wrong and what to do next; never null */
    public RequestInvalid(String message) {
        super(message);
    }
}

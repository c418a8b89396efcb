package dev.resync.error;

/** The confirmation of a real run is missing, unknown, expired, used, or made for something else. */
public final class ConfirmationInvalid extends ResyncException {

    /** @param message what was wrong and what to do next; never null */
    public ConfirmationInvalid(String message) {
        super(message);
    }
}

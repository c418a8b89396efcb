package dev.resync.error;

/** The environment's profile does not let this caller of the admin API do this. */
public final class AccessDenied extends ResyncException {

    /** @param message who may and what to do next; never null */
    public AccessDenied(String message) {
        super(message);
    }
}

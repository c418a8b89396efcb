package dev.resync.error;

/** The environment profile of this deployment is missing or not valid. */
public final class EnvironmentInvalid extends ResyncException {

    /** @param message what was wrong and what to do next; never null */
    public EnvironmentInvalid(String message) {
        super(message);
    }
}

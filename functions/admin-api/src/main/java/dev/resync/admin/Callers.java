package dev.resync.admin;

/** Says who calls; whatever serves the API knows. */
@FunctionalInterface
public interface Callers {

    /**
     * Returns who makes the call that is being answered.
     *
     * @throws dev.resync.error.AccessDenied where nobody has authenticated them
     */
    Caller current();
}

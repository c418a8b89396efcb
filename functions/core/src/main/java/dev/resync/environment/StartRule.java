package dev.resync.environment;

/**
 * Who may start by one way.
 *
 * @param who may
 * @param realRuns whether real runs and restores may be started, not only dry runs
 */
public record StartRule(People who, boolean realRuns) {

    /** Returns whether a person may, as the request says, or as the API authenticated them. */
    public boolean allows(String person) {
        return who.include(person);
    }
}

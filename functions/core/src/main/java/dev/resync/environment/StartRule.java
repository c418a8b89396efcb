package dev.resync.environment;

import java.util.Set;

/**
 * Who may start by one way.
 *
 * @param who names, or {@value #ANYBODY}
 * @param realRuns whether real runs and restores may be started, not only dry runs
 */
public record StartRule(Set<String> who, boolean realRuns) {

    /** Stands for everybody. */
    public static final String ANYBODY = "*";

    public StartRule {
        who = Set.copyOf(who);
    }

    /** Returns whether a person may, as the request says, or as the API authenticated them. */
    public boolean allows(String person) {
        return who.contains(ANYBODY) || who.contains(person.strip());
    }
}

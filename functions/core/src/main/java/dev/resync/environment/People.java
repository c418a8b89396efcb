package dev.resync.environment;

import java.util.Set;

/**
 * Who is meant: names as they are given or authenticated.
 *
 * @param patterns names; {@value #ANYBODY} at the end of one stands for any ending, alone for everybody
 */
public record People(Set<String> patterns) {

    /** Stands for any ending, and for everybody. */
    public static final String ANYBODY = "*";

    /** Nobody. */
    public static final People NOBODY = new People(Set.of());

    public People {
        patterns = Set.copyOf(patterns);
    }

    /** Returns whether a person is one of them. */
    public boolean include(String person) {
        String name = person.strip();
        return patterns.stream()
                .anyMatch(pattern -> pattern.endsWith(ANYBODY)
                        ? name.startsWith(pattern.substring(0, pattern.length() - ANYBODY.length()))
                        : name.equals(pattern));
    }
}

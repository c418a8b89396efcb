package dev.resync.admin;

import dev.resync.environment.CallerRole;
import dev.resync.environment.Environment;
import dev.resync.environment.People;
import dev.resync.error.AccessDenied;
import java.util.List;
import java.util.stream.Stream;

/**
 * Who calls, as whatever serves the API has authenticated them.
 *
 * @param name ARN of a role's session or a user, or the subject of a token; not blank
 * @param groups names of the groups that they are in; empty where none is known
 */
public record Caller(String name, List<String> groups) {

    private static final String GROUP = "group:";

    public Caller {
        groups = List.copyOf(groups);
    }

    /** Returns whether a profile gives them a role. */
    boolean has(CallerRole role, Environment environment) {
        People people = environment.callers().getOrDefault(role, People.NOBODY);
        // Nobody is a group because of their name.
        Stream<String> own = name.startsWith(GROUP) ? Stream.empty() : Stream.of(name);
        return Stream.concat(own, groups.stream().map(group -> GROUP + group)).anyMatch(people::include);
    }

    /**
     * Makes sure that a profile gives them one of these roles.
     *
     * @throws AccessDenied where it gives them none
     */
    void require(Environment environment, CallerRole... roles) {
        for (CallerRole role : roles) {
            if (has(role, environment)) {
                return;
            }
        }
        List<String> wanted = Stream.of(roles).map(CallerRole::field).toList();
        throw new AccessDenied(name + " is in none of " + wanted + " of environment " + environment.shown()
                + " (callers). Nothing was changed. Ask somebody who is, or have the environment's profile changed.");
    }
}

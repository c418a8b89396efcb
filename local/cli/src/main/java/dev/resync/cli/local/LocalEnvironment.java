package dev.resync.cli.local;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resync.environment.CallerRole;
import dev.resync.environment.Colour;
import dev.resync.environment.Environment;
import dev.resync.environment.EnvironmentKind;
import dev.resync.environment.EnvironmentReader;
import dev.resync.environment.People;
import dev.resync.environment.StartWay;

/** Profile of an environment that nobody has written one for: of kind local, open to anybody. */
public final class LocalEnvironment {

    private LocalEnvironment() {}

    /**
     * Returns such a profile.
     *
     * @throws dev.resync.error.EnvironmentInvalid where the name cannot be one, or the concurrency is not from 1 to 1,000
     */
    public static Environment of(String name, Colour colour, int maxConcurrency) {
        return new EnvironmentReader()
                .read(profile(name, colour, maxConcurrency).toString());
    }

    /** Returns the same as a profile document. */
    public static ObjectNode profile(String name, Colour colour, int maxConcurrency) {
        ObjectNode profile = JsonNodeFactory.instance.objectNode();
        profile.put("name", name)
                .put("colour", colour.label())
                .put("kind", EnvironmentKind.LOCAL.label())
                .put("approval", "none")
                .put("maxConcurrency", maxConcurrency);
        ObjectNode starts = profile.putObject("starts");
        for (StartWay way : StartWay.values()) {
            ObjectNode rule = starts.putObject(way.label()).put("realRuns", true);
            rule.putArray("who").add(People.ANYBODY);
        }
        ObjectNode callers = profile.putObject("callers");
        for (CallerRole role : CallerRole.values()) {
            callers.putArray(role.field()).add(People.ANYBODY);
        }
        return profile;
    }
}

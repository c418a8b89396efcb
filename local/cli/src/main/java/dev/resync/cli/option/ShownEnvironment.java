package dev.resync.cli.option;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resync.environment.Environment;
import dev.resync.environment.EnvironmentReader;
import dev.resync.error.EnvironmentInvalid;

/** An environment of which only what is shown is known. */
public final class ShownEnvironment {

    private ShownEnvironment() {}

    /**
     * Returns it with the strictest of all else.
     *
     * @param kind as profiles name it
     * @param colour as profiles name it
     * @throws EnvironmentInvalid where any of them cannot be one
     */
    public static Environment of(String name, String kind, String colour) {
        ObjectNode profile = JsonNodeFactory.instance.objectNode();
        profile.put("name", name)
                .put("kind", kind)
                .put("colour", colour)
                .put("approval", "one-other-person")
                .put("maxConcurrency", 1);
        profile.putObject("starts").putObject("console").putArray("who").add("nobody");
        return new EnvironmentReader().read(profile.toString());
    }
}

package dev.resync.cli.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resync.environment.Environment;
import dev.resync.environment.EnvironmentReader;
import dev.resync.error.ApiUnavailable;
import dev.resync.error.EnvironmentInvalid;
import dev.resync.error.EnvironmentMismatch;
import dev.resync.store.ControlJson;
import java.util.List;
import java.util.Map;

/** Which environment an admin API is of, by its own account. */
public final class ApiEnvironment {

    private ApiEnvironment() {}

    /**
     * Asks an API.
     *
     * @return name, kind and colour; of all else that a profile says an API tells nothing
     */
    public static Environment of(AdminApi api) {
        JsonNode said = api.get(List.of("environment"), Map.of());
        ObjectNode profile = ControlJson.mapper().createObjectNode();
        profile.put("name", said.path("environment").asText())
                .put("kind", said.path("kind").asText())
                .put("colour", said.path("colour").asText())
                .put("approval", "none")
                .put("maxConcurrency", 1);
        profile.putObject("starts").putObject("api").putArray("who").add("*");
        try {
            return new EnvironmentReader().read(profile.toString());
        } catch (EnvironmentInvalid none) {
            throw new ApiUnavailable(
                    "What answers does not say which environment it is of, as every admin API does. See that --endpoint is"
                            + " the root of one. (" + none.getMessage() + ")",
                    none);
        }
    }

    /**
     * Makes sure that an API is of the environment that is meant.
     *
     * @param meant as named, or as its profile says
     * @param profiled whether there is a profile, so that the kind is known, too
     * @return the environment as the API describes it
     * @throws EnvironmentMismatch where it is of another one
     */
    public static Environment require(AdminApi api, Environment meant, boolean profiled) {
        Environment is = of(api);
        if (!is.name().equals(meant.name())) {
            throw new EnvironmentMismatch("--environment is " + meant.name() + " and the admin API is of " + is.shown()
                    + ". Nothing was asked of it. Name the environment that you mean, or its API.");
        }
        if (profiled && is.kind() != meant.kind()) {
            throw new EnvironmentMismatch(
                    "The profile says that " + meant.shown() + " is meant, and the admin API is of " + is.shown()
                            + ". Nothing was asked of it. Name the profile that the API was deployed with.");
        }
        return is;
    }
}

package dev.resync.cli.remote;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.cli.option.ShownEnvironment;
import dev.resync.environment.Environment;
import dev.resync.error.ApiUnavailable;
import dev.resync.error.EnvironmentInvalid;
import dev.resync.error.EnvironmentMismatch;
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
        try {
            return ShownEnvironment.of(
                    said.path("environment").asText(),
                    said.path("kind").asText(),
                    said.path("colour").asText());
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

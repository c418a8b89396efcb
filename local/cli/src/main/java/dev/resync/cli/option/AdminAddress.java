package dev.resync.cli.option;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.store.ControlJson;
import java.util.Optional;

/**
 * Where an environment's admin API is, as its profile says.
 *
 * @param endpoint root of the API
 * @param region region to sign for; null where the endpoint or the AWS configuration says it
 */
public record AdminAddress(String endpoint, String region) {

    /** Returns what a profile that was read before says; empty where it names no API. */
    static Optional<AdminAddress> of(String profile) {
        try {
            JsonNode admin = ControlJson.mapper().readTree(profile).path("admin");
            return admin.has("endpoint")
                    ? Optional.of(new AdminAddress(
                            admin.path("endpoint").textValue(),
                            admin.path("region").textValue()))
                    : Optional.empty();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a profile that was read before is no JSON", e);
        }
    }
}

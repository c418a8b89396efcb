package dev.resync.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.resync.error.EnvironmentInvalid;

/**
 * Profile of the environment that this deployment works in. There is no default.
 *
 * @param name lower-case letters, digits and hyphens, such as {@code prod}; part of run ids and names
 * @param colour name of the colour that stands for it, such as {@code red}; never the only sign
 * @param kind {@code production}, {@code pre-production}, {@code test} or {@code local}
 * @param approval whether another person must approve before cut-over
 * @param maxConcurrency most chunks at once, 1 to 1,000
 */
public record Environment(String name, String colour, String kind, boolean approval, int maxConcurrency) {

    public Environment {
        require(name != null && name.matches("[a-z][a-z0-9-]{0,19}"), "name", name, "1 to 20 of a-z, 0-9 and hyphen");
        require(colour != null && !colour.isBlank(), "colour", colour, "the name of a colour");
        require(
                kind != null && kind.matches("production|pre-production|test|local"),
                "kind",
                kind,
                "production, pre-production, test or local");
        require(
                maxConcurrency >= 1 && maxConcurrency <= 1000,
                "maxConcurrency",
                String.valueOf(maxConcurrency),
                "a number from 1 to 1000");
    }

    /**
     * Reads a profile.
     *
     * @throws EnvironmentInvalid where it is missing, not JSON, or has an unknown or wrong field
     */
    public static Environment parse(String json) {
        if (json == null || json.isBlank()) {
            throw new EnvironmentInvalid(
                    "This deployment has no environment profile. Deploy it with one; there is no default environment.");
        }
        try {
            return new ObjectMapper()
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                    .readValue(json, Environment.class);
        } catch (JsonProcessingException e) {
            if (e.getCause() instanceof EnvironmentInvalid invalid) {
                throw invalid;
            }
            throw new EnvironmentInvalid("The environment profile cannot be read: " + e.getOriginalMessage()
                    + ". Expected an object with name, colour, kind, approval and maxConcurrency.");
        }
    }

    private static void require(boolean holds, String field, String value, String expected) {
        if (!holds) {
            throw new EnvironmentInvalid(
                    "The environment profile's " + field + " is " + value + "; expected " + expected + ".");
        }
    }
}

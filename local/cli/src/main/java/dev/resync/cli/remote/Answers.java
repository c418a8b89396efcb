package dev.resync.cli.remote;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.resync.cli.exit.ApiRefused;
import dev.resync.error.AccessDenied;
import dev.resync.error.ApiUnavailable;
import dev.resync.run.RunError;
import dev.resync.schema.OneLine;
import dev.resync.store.ControlJson;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads what an admin API, or whatever else answers at its address, says. */
final class Answers {

    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int SHOWN = 300;

    private final Endpoint endpoint;

    Answers(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    /**
     * Returns the JSON of an answer to a request that was done.
     *
     * @throws ApiRefused where it was refused by name
     * @throws AccessDenied where API Gateway refused it
     * @throws ApiUnavailable where the answer is none of an admin API
     */
    JsonNode read(ApiResponse response) {
        Optional<JsonNode> json = json(response.body());
        if (response.done()) {
            return json.filter(JsonNode::isContainerNode).orElseThrow(() -> none(response));
        }
        JsonNode problem = json.orElse(MissingNode.getInstance());
        if (problem.path("error").isTextual() && problem.path("detail").isTextual()) {
            throw new ApiRefused(new RunError(
                    OneLine.shown(problem.path("error").textValue()),
                    problem.path("detail")
                            .textValue()
                            .lines()
                            .map(OneLine::shown)
                            .collect(Collectors.joining(System.lineSeparator()))));
        }
        if (response.status() == UNAUTHORIZED || response.status() == FORBIDDEN) {
            throw new AccessDenied(endpoint + " lets this caller do nothing of the kind (HTTP " + response.status()
                    + said(problem, response) + "). Sign in with credentials, or RESYNC_TOKEN, that may call it.");
        }
        throw none(response);
    }

    private ApiUnavailable none(ApiResponse response) {
        String location = response.header("Location");
        return new ApiUnavailable(
                endpoint + " answered HTTP " + response.status()
                        + said(json(response.body()).orElse(MissingNode.getInstance()), response)
                        + (location.isEmpty() ? "" : " and pointed to " + OneLine.shown(location))
                        + ", as no admin API does. See that --endpoint is the root of one, and try again.",
                null);
    }

    /** API Gateway and proxies say it in words of their own. */
    private static String said(JsonNode json, ApiResponse response) {
        String text = json.path("detail").asText(json.path("message").asText(""));
        if (text.isEmpty() && !response.header("Content-Type").isEmpty()) {
            text = response.header("Content-Type");
        }
        return text.isEmpty() ? "" : ": " + OneLine.shown(text.substring(0, Math.min(SHOWN, text.length())));
    }

    private static Optional<JsonNode> json(byte[] body) {
        try {
            return Optional.ofNullable(ControlJson.mapper().readTree(body)).filter(tree -> !tree.isMissingNode());
        } catch (JsonProcessingException none) {
            return Optional.empty();
        } catch (IOException e) {
            throw new IllegalStateException("bytes in memory cannot be read", e);
        }
    }
}

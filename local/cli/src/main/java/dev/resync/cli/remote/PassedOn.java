package dev.resync.cli.remote;

import dev.resync.error.ApiUnavailable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Signs requests that somebody else worded, and sends each once. */
public final class PassedOn {

    private final Endpoint endpoint;
    private final Transport transport;

    public PassedOn(Endpoint endpoint, RequestSigner signer) {
        this.endpoint = endpoint;
        this.transport = new Transport(signer);
    }

    /**
     * What was answered.
     *
     * @param headers by name, whatever its case
     */
    public record Answered(int status, Map<String, List<String>> headers, byte[] body) {}

    /**
     * Passes a request on.
     *
     * @param rawPath encoded, from the root of the API
     * @param rawQuery encoded; null for none
     * @throws ApiUnavailable where no answer came, or the path cannot be one
     */
    public Answered pass(String method, String rawPath, String rawQuery, Map<String, String> headers, byte[] body) {
        try {
            ApiResponse response =
                    transport.send(new ApiRequest(method, endpoint.passedOn(rawPath, rawQuery), headers, body));
            Map<String, List<String>> answered = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            answered.putAll(response.headers().map());
            return new Answered(response.status(), answered, response.body());
        } catch (IOException e) {
            throw new ApiUnavailable(
                    endpoint + " does not answer: " + e.getMessage()
                            + ". Whether a change was made, nobody knows here: look" + " before you ask again.",
                    e);
        }
    }
}

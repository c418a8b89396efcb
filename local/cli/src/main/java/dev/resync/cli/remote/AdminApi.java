package dev.resync.cli.remote;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.error.ApiUnavailable;
import dev.resync.store.ControlJson;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.retries.api.AcquireInitialTokenRequest;
import software.amazon.awssdk.retries.api.AcquireInitialTokenResponse;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.retries.api.RefreshRetryTokenRequest;
import software.amazon.awssdk.retries.api.RefreshRetryTokenResponse;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.retries.api.RetryToken;
import software.amazon.awssdk.retries.api.TokenAcquisitionFailedException;

/**
 * Calls an admin API. What may be sent twice is tried a bounded number of times: whatever only looks, and starts, which carry a
 * key under which the same start is made once.
 */
public final class AdminApi {

    private static final int ATTEMPTS = 4;
    private static final Duration FIRST_DELAY = Duration.ofMillis(250);
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(5);
    private static final Set<Integer> PASSING = Set.of(429, 500, 502, 503, 504);
    private static final int NOT_MODIFIED = 304;

    private final Endpoint endpoint;
    private final Transport transport;
    private final Answers answers;
    private final RetryStrategy retries;

    public AdminApi(Endpoint endpoint, RequestSigner signer) {
        this(endpoint, new Transport(signer), BackoffStrategy.exponentialDelay(FIRST_DELAY, LONGEST_DELAY));
    }

    /** @param backoff how long is waited between two attempts */
    AdminApi(Endpoint endpoint, Transport transport, BackoffStrategy backoff) {
        this.endpoint = endpoint;
        this.transport = transport;
        this.answers = new Answers(endpoint);
        this.retries = StandardRetryStrategy.builder()
                .maxAttempts(ATTEMPTS)
                .backoffStrategy(backoff)
                .throttlingBackoffStrategy(backoff)
                .treatAsThrottling(failure -> false)
                .retryOnException(Passing.class)
                .build();
    }

    /** An attempt failed in a way that may pass. */
    private static final class Passing extends RuntimeException {

        /** The answer; null where none came. */
        private final transient ApiResponse response;

        Passing(String what, ApiResponse response, Throwable cause) {
            super(what, cause);
            this.response = response;
        }
    }

    /**
     * What there is, and what names this state of it.
     *
     * @param tag as the API gave it; empty where it gave none
     */
    public record Tagged(JsonNode json, String tag) {}

    /** Returns what there is. */
    public JsonNode get(List<String> path, Map<String, String> query) {
        return answers.read(retried(request("GET", path, query, Map.of(), null)));
    }

    /**
     * Returns what there is, unless it is what it was.
     *
     * @param tag of what it was; empty for nothing
     */
    public Optional<Tagged> getChanged(List<String> path, String tag) {
        Map<String, String> headers = tag.isEmpty() ? Map.of() : Map.of("If-None-Match", tag);
        ApiResponse response = retried(request("GET", path, Map.of(), headers, null));
        return response.status() == NOT_MODIFIED
                ? Optional.empty()
                : Optional.of(new Tagged(answers.read(response), response.header("ETag")));
    }

    /** Asks for a change, once: where no answer comes, nobody knows whether it was made. */
    public JsonNode post(List<String> path, JsonNode body) {
        try {
            ApiResponse response = transport.send(request("POST", path, Map.of(), Map.of(), body));
            return answers.read(response);
        } catch (IOException e) {
            throw new ApiUnavailable(
                    "No answer came from " + endpoint + " (" + reason(e) + "). Whether " + String.join("/", path)
                            + " was done, nobody knows here: look with `status` before you ask again.",
                    e);
        }
    }

    /** Asks for a start. It is made once, however often it has to be sent. */
    public JsonNode start(List<String> path, JsonNode body) {
        Map<String, String> key = Map.of("Idempotency-Key", UUID.randomUUID().toString());
        return answers.read(retried(request("POST", path, Map.of(), key, body)));
    }

    private ApiRequest request(
            String method, List<String> path, Map<String, String> query, Map<String, String> more, JsonNode body) {
        Map<String, String> headers = new TreeMap<>(more);
        headers.put("Accept", "application/json, application/problem+json");
        headers.put("User-Agent", "resync");
        if (body != null) {
            headers.put("Content-Type", "application/json");
        }
        byte[] bytes = body == null ? new byte[0] : bytes(body);
        return new ApiRequest(method, endpoint.at(path, query), headers, bytes);
    }

    private static byte[] bytes(JsonNode body) {
        try {
            return ControlJson.mapper().writeValueAsBytes(body);
        } catch (IOException e) {
            throw new IllegalStateException("a tree cannot be written", e);
        }
    }

    private ApiResponse retried(ApiRequest request) {
        AcquireInitialTokenResponse first =
                retries.acquireInitialToken(AcquireInitialTokenRequest.create(endpoint.toString()));
        RetryToken token = first.token();
        pause(first.delay());
        while (true) {
            try {
                return attempt(request);
            } catch (Passing passing) {
                try {
                    RefreshRetryTokenResponse again = retries.refreshRetryToken(RefreshRetryTokenRequest.builder()
                            .token(token)
                            .failure(passing)
                            .build());
                    token = again.token();
                    pause(again.delay());
                } catch (TokenAcquisitionFailedException spent) {
                    if (passing.response != null) {
                        // It may say why by name.
                        return passing.response;
                    }
                    throw new ApiUnavailable(
                            endpoint + " does not answer: " + passing.getMessage() + ", tried " + ATTEMPTS
                                    + " times. See that --endpoint is right and the network lets you there.",
                            passing.getCause());
                }
            }
        }
    }

    private ApiResponse attempt(ApiRequest request) {
        try {
            ApiResponse response = transport.send(request);
            if (PASSING.contains(response.status())) {
                throw new Passing("HTTP " + response.status(), response, null);
            }
            return response;
        } catch (IOException e) {
            throw new Passing(reason(e), null, e);
        }
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private static void pause(Duration delay) {
        try {
            TimeUnit.MILLISECONDS.sleep(delay.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting to try again", e);
        }
    }
}

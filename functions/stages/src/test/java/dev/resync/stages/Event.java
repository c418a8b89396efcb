package dev.resync.stages;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.aws.FakeAws;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.eclipse.microprofile.config.ConfigProvider;

/** Sends events to the function that the test's application serves, as the Lambda service does. */
final class Event {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private Event() {}

    /** Returns the answer of a call that must succeed. */
    static JsonNode answer(JsonNode event) {
        HttpResponse<String> response = post(event);
        if (response.statusCode() != 200) {
            throw new AssertionError(response.statusCode() + " " + response.body());
        }
        return FakeAws.json(response.body());
    }

    /** Returns errorType and errorMessage of a call that must fail. */
    static JsonNode error(JsonNode event) {
        HttpResponse<String> response = post(event);
        if (response.statusCode() != 500) {
            throw new AssertionError(response.statusCode() + " " + response.body());
        }
        return FakeAws.json(response.body());
    }

    private static HttpResponse<String> post(JsonNode event) {
        int port = ConfigProvider.getConfig().getValue("quarkus.lambda.mock-event-server.test-port", Integer.class);
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(event.toString()))
                .build();
        try {
            return CLIENT.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}

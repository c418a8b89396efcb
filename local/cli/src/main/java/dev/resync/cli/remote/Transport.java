package dev.resync.cli.remote;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Signs requests and sends them, each once. Follows no redirect: where it leads would get what is signed for this API. */
final class Transport {

    private static final Duration CONNECT = Duration.ofSeconds(10);
    /** API Gateway answers within 30 seconds. */
    private static final Duration WHOLE = Duration.ofSeconds(40);

    private static final int MOST_BYTES = 32 * 1024 * 1024;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(Redirect.NEVER)
            .connectTimeout(CONNECT)
            .build();
    private final RequestSigner signer;
    private final Duration patience;

    Transport(RequestSigner signer) {
        this(signer, WHOLE);
    }

    /** @param patience how long an answer may take, to its last byte */
    Transport(RequestSigner signer, Duration patience) {
        this.signer = signer;
        this.patience = patience;
    }

    /**
     * Sends a request.
     *
     * @throws IOException where no whole answer came in time; whether it was received, nobody knows
     */
    ApiResponse send(ApiRequest request) throws IOException {
        Map<String, String> said = signer.headers(request);
        HttpRequest.Builder building = HttpRequest.newBuilder(request.uri())
                .method(
                        request.method(),
                        request.body().length == 0
                                ? BodyPublishers.noBody()
                                : BodyPublishers.ofByteArray(request.body()))
                .timeout(patience);
        request.with(said).headers().forEach(building::setHeader);
        CompletableFuture<HttpResponse<byte[]>> sent =
                client.sendAsync(building.build(), head -> new BoundedBody(MOST_BYTES));
        try {
            // The time-out of the request itself is over with the head of the answer.
            HttpResponse<byte[]> response = sent.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return new ApiResponse(response.statusCode(), response.headers(), response.body());
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        } catch (TimeoutException e) {
            sent.cancel(true);
            throw new IOException("no whole answer within " + patience.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            sent.cancel(true);
            throw new IOException("interrupted", e);
        }
    }
}

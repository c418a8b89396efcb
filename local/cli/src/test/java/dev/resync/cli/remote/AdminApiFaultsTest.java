package dev.resync.cli.remote;

import static dev.resync.cli.remote.RecordingServer.cut;
import static dev.resync.cli.remote.RecordingServer.half;
import static dev.resync.cli.remote.RecordingServer.json;
import static dev.resync.cli.remote.RecordingServer.stalled;
import static dev.resync.cli.remote.RecordingServer.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.resync.cli.exit.ApiRefused;
import dev.resync.cli.exit.ExitCode;
import dev.resync.cli.exit.Failure;
import dev.resync.cli.remote.RecordingServer.Answer;
import dev.resync.error.AccessDenied;
import dev.resync.error.ApiUnavailable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.retries.api.BackoffStrategy;

/** Whatever answers, or does not: a command ends, says what was wrong, and asks for nothing twice that may not be. */
class AdminApiFaultsTest {

    private static final int ATTEMPTS = 4;
    private static final Duration PATIENCE = Duration.ofMillis(400);
    private static final JsonNode BODY = JsonNodeFactory.instance.objectNode().put("environment", "test");
    private static final String NO_API = "<html><body>502 Bad Gateway\u001b[31m</body></html>";

    private final RecordingServer server = new RecordingServer();
    private final AdminApi api = new AdminApi(
            server.endpoint(), new Transport(RequestSigner.NONE, PATIENCE), BackoffStrategy.retryImmediately());

    @AfterEach
    void close() {
        server.close();
    }

    private JsonNode get() {
        return api.get(List.of("runs"), Map.of());
    }

    static Stream<Answer> passing() {
        return Stream.of(
                text(502, "text/html", NO_API),
                json(503, "{\"message\":\"Service Unavailable\"}"),
                json(429, "{\"message\":\"Too Many Requests\"}"),
                half("{\"runs\": ["),
                stalled("{\"runs\": ["),
                cut());
    }

    @ParameterizedTest
    @MethodSource("passing")
    void whatPassesIsTriedAgain(Answer fault) {
        server.answers(fault, fault, json(200, "{\"runs\": []}"));
        assertThat(get().has("runs")).isTrue();
        assertThat(server.asked()).hasSize(3);
    }

    @ParameterizedTest
    @MethodSource("passing")
    void whatDoesNotPassEndsAfterABoundedNumberOfAttempts(Answer fault) {
        server.answers(fault);
        assertThatThrownBy(this::get)
                .isInstanceOf(ApiUnavailable.class)
                .hasMessageContaining(server.url())
                .message()
                .doesNotContain("\u001b");
        // Java sends a GET whose connection ends without a word a second time by itself.
        assertThat(server.asked()).hasSizeBetween(ATTEMPTS, 2 * ATTEMPTS);
    }

    @ParameterizedTest
    @MethodSource("passing")
    void aChangeIsAskedForOnce(Answer fault) {
        server.answers(fault);
        assertThatThrownBy(() -> api.post(List.of("runs", "x", "stop"), BODY)).isInstanceOf(ApiUnavailable.class);
        assertThat(server.asked()).hasSize(1);
    }

    @Test
    void whoeverGetsNoAnswerToAChangeIsToldToLookFirst() {
        server.answers(cut());
        assertThatThrownBy(() -> api.post(List.of("runs", "x", "stop"), BODY))
                .hasMessageContaining("Whether runs/x/stop was done, nobody knows")
                .hasMessageContaining("status");
    }

    @ParameterizedTest
    @MethodSource("passing")
    void aStartIsSentAgainUnderTheSameKey(Answer fault) {
        server.answers(fault, json(202, "{\"runId\": \"r\"}"));
        assertThat(api.start(List.of("runs"), BODY).path("runId").asText()).isEqualTo("r");
        List<String> keys = server.asked().stream()
                .map(asked -> asked.headers().get("Idempotency-Key"))
                .toList();
        assertThat(keys).hasSize(2).doesNotContainNull();
        assertThat(keys.get(0)).isEqualTo(keys.get(1)).hasSizeGreaterThan(30);
        api.start(List.of("runs"), BODY);
        assertThat(server.asked().get(2).headers().get("Idempotency-Key"))
                .as("another start has a key of its own")
                .isNotEqualTo(keys.get(0));
    }

    static Stream<Arguments> others() {
        return Stream.of(
                Arguments.of(
                        text(200, "text/html", "<html>sign in</html>"), ApiUnavailable.class, "HTTP 200: text/html"),
                Arguments.of(json(200, ""), ApiUnavailable.class, "HTTP 200"),
                Arguments.of(json(200, "\"text\""), ApiUnavailable.class, "HTTP 200"),
                Arguments.of(json(404, "{\"message\":\"Not Found\"}"), ApiUnavailable.class, "HTTP 404: Not Found"),
                Arguments.of(json(403, "{\"message\":\"Forbidden\"}"), AccessDenied.class, "HTTP 403: Forbidden"),
                Arguments.of(json(401, "{\"message\":\"Unauthorized\"}"), AccessDenied.class, "HTTP 401: Unauthorized"),
                Arguments.of(text(403, "text/html", NO_API), AccessDenied.class, "HTTP 403"));
    }

    @ParameterizedTest
    @MethodSource("others")
    void whatIsNoAdminApiIsNamed(Answer answer, Class<? extends Exception> error, String expected) {
        server.answers(answer);
        assertThatThrownBy(this::get).isInstanceOf(error).hasMessageContaining(expected);
        assertThat(server.asked()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void noRedirectIsFollowed(int status) {
        try (RecordingServer other = new RecordingServer()) {
            server.answers(text(status, "text/html", "moved", "Location", other.url() + "/runs"));
            assertThatThrownBy(this::get)
                    .isInstanceOf(ApiUnavailable.class)
                    .hasMessageContaining("pointed to " + other.url());
            assertThatThrownBy(() -> api.post(List.of("runs"), BODY)).isInstanceOf(ApiUnavailable.class);
            assertThat(other.asked()).isEmpty();
        }
    }

    @Test
    void anEndlessAnswerIsCutOff() {
        server.answers(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] block = new byte[1 << 20];
            for (int i = 0; i < 200; i++) {
                exchange.getResponseBody().write(block);
            }
            exchange.close();
        });
        AdminApi patient = new AdminApi(
                server.endpoint(),
                new Transport(RequestSigner.NONE, Duration.ofSeconds(30)),
                BackoffStrategy.retryImmediately());
        assertThatThrownBy(() -> patient.post(List.of("runs"), BODY))
                .isInstanceOf(ApiUnavailable.class)
                .hasMessageContaining("longer than");
    }

    @Test
    void aProblemHasTheNameAndTheExitCodeThatItHasOnTheDatabase() {
        server.answers(text(
                409,
                "application/problem+json",
                "{\"title\":\"TargetLocked\",\"status\":409,\"detail\":\"personView is held.\\nWait \\u001b[2J\","
                        + "\"error\":\"dev.resync.error.TargetLocked\"}"));
        assertThatThrownBy(this::get).isInstanceOfSatisfying(ApiRefused.class, refused -> {
            Failure failure = Failure.of(refused);
            assertThat(failure.name()).isEqualTo("dev.resync.error.TargetLocked");
            assertThat(failure.exitCode()).isEqualTo(ExitCode.TARGET_LOCKED);
            assertThat(failure.message().lines()).containsExactly("personView is held.", "Wait \\u001b[2J");
        });
    }

    @Test
    void aProblemThatStaysIsToldByItsName() {
        server.answers(text(
                503,
                "application/problem+json",
                "{\"detail\":\"no primary\",\"error\":\"dev.resync.error.DatabaseUnavailable\"}"));
        assertThatThrownBy(this::get).isInstanceOfSatisfying(ApiRefused.class, refused -> assertThat(
                        Failure.of(refused).exitCode())
                .isEqualTo(ExitCode.DATABASE_UNAVAILABLE));
        assertThat(server.asked()).hasSize(ATTEMPTS);
    }

    @Test
    void whatHasNotChangedIsNotSentAgain() {
        server.answers(json(200, "{\"a\": 1}", "ETag", "\"one\""), text(304, "text/plain", ""));
        AdminApi.Tagged first = api.getChanged(List.of("runs", "x"), "").orElseThrow();
        assertThat(first.tag()).isEqualTo("\"one\"");
        assertThat(api.getChanged(List.of("runs", "x"), first.tag())).isEmpty();
        assertThat(server.asked().get(1).headers()).containsEntry("If-None-Match", "\"one\"");
    }
}

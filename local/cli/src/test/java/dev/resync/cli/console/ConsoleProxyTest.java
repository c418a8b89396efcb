package dev.resync.cli.console;

import static dev.resync.cli.remote.RecordingServer.cut;
import static dev.resync.cli.remote.RecordingServer.json;
import static dev.resync.cli.remote.RecordingServer.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resync.cli.remote.PassedOn;
import dev.resync.cli.remote.RecordingServer;
import dev.resync.cli.remote.RecordingServer.Asked;
import dev.resync.cli.remote.SigV4;
import dev.resync.cli.remote.Signature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** Nobody but the browser that was given the address has requests signed; spoken to in plain bytes, as an attacker may. */
class ConsoleProxyTest {

    private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    private static final int TIMEOUT_MILLIS = 30_000;

    private final RecordingServer api = new RecordingServer();
    private ConsoleProxy proxy;
    private int port;
    private String key;

    @BeforeEach
    void start() {
        proxy = another();
        port = proxy.address().getPort();
        key = proxy.address().getFragment().substring("key=".length());
    }

    private ConsoleProxy another() {
        SigV4 signer = new SigV4(
                StaticCredentialsProvider.create(AwsSessionCredentials.create("AKIDEXAMPLE", SECRET, "session")),
                "eu-west-2",
                Clock.systemUTC());
        return new ConsoleProxy(0, new PassedOn(api.endpoint(), signer), new SecureRandom());
    }

    @AfterEach
    void close() {
        proxy.close();
        api.close();
    }

    /** Sends lines as they are, and returns all that comes back. */
    private String raw(String requestLine, String body, String... headers) {
        List<String> lines = new ArrayList<>(List.of(requestLine));
        lines.addAll(List.of(headers));
        if (!body.isEmpty()) {
            lines.add("Content-Length: " + body.length());
        }
        lines.add("Connection: close");
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream()
                    .write((String.join("\r\n", lines) + "\r\n\r\n" + body).getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            socket.getInputStream().transferTo(answer);
            return answer.toString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String host() {
        return "Host: 127.0.0.1:" + port;
    }

    private String key() {
        return "X-Resync-Console: " + key;
    }

    private String origin() {
        return "Origin: http://127.0.0.1:" + port;
    }

    @Test
    void thePageItselfNeedsNoKey() {
        api.answers(json(200, "{}"));
        for (String file :
                List.of("/", "/console", "/console/", "/console/app.js", "/console/vendor/preact/preact.js")) {
            assertThat(raw("GET " + file + " HTTP/1.1", "", host())).as(file).startsWith("HTTP/1.1 200 ");
        }
        assertThat(key).hasSizeGreaterThanOrEqualTo(43);
        assertThat(proxy.address().toString()).startsWith("http://127.0.0.1:" + port + "/console/#key=");
    }

    /** What leads out of the page's folder is no file of it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/console/../runs",
                "/console/..%2fruns",
                "/console/%2e%2e/runs",
                "/console/;/runs",
                "/console//runs/..",
                "/runs",
                "/consoles"
            })
    void nothingElseIsPassedOnWithoutAKey(String path) {
        assertThat(raw("GET " + path + " HTTP/1.1", "", host())).startsWith("HTTP/1.1 403 ");
        assertThat(raw("POST /console/ HTTP/1.1", "{}", host(), origin())).startsWith("HTTP/1.1 403 ");
        assertThat(api.asked()).isEmpty();
    }

    @Test
    void twoConsolesDoNotGetInEachOthersWay() {
        api.answers(json(200, "{}"));
        try (ConsoleProxy other = another()) {
            String otherKey = other.address().getFragment().substring("key=".length());
            assertThat(otherKey).isNotEqualTo(key);
            assertThat(raw("GET /runs HTTP/1.1", "", host(), "X-Resync-Console: " + otherKey))
                    .startsWith("HTTP/1.1 403 ");
            assertThat(raw("GET /runs HTTP/1.1", "", host(), key())).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void halfRequestsBlockNobody() throws IOException {
        api.answers(json(200, "{}"));
        List<Socket> half = new ArrayList<>();
        try {
            for (int i = 0; i < 50; i++) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                socket.getOutputStream().write("GET /ru".getBytes(StandardCharsets.US_ASCII));
                socket.getOutputStream().flush();
                half.add(socket);
            }
            assertThat(raw("GET /runs HTTP/1.1", "", host(), key())).startsWith("HTTP/1.1 200 ");
        } finally {
            for (Socket socket : half) {
                socket.close();
            }
        }
    }

    @Test
    void whatTheBrowserAsksIsSignedAndPassedOn() {
        api.answers(json(200, "{\"runs\": []}", "ETag", "\"1\"", "Set-Cookie", "api=1", "Keep-Alive", "timeout=5"));
        String answer = raw(
                "GET /runs?limit=5&after=a%20b HTTP/1.1",
                "",
                host(),
                key(),
                "Accept: application/json",
                "Sec-Fetch-Site: same-origin",
                "X-Forwarded-For: 10.0.0.1",
                "Authorization: Basic bWU6c2VjcmV0");
        assertThat(answer)
                .startsWith("HTTP/1.1 200 ")
                .endsWith("{\"runs\": []}")
                .containsIgnoringCase("ETag: \"1\"")
                .doesNotContainIgnoringCase("Set-Cookie")
                .doesNotContainIgnoringCase("Keep-Alive: timeout=5")
                .doesNotContain(SECRET, "session");
        assertThat(api.asked()).singleElement().satisfies(asked -> {
            signed(asked);
            assertThat(asked.rawPath() + "?" + asked.rawQuery()).isEqualTo("/runs?limit=5&after=a%20b");
            assertThat(asked.headers())
                    .doesNotContainKeys("Cookie", "X-Resync-Console", "X-Forwarded-For", "Origin", "Sec-Fetch-Site");
        });
    }

    @Test
    void aChangeOfThePagesOwnIsPassedOnWithItsBody() {
        api.answers(json(202, "{\"runId\": \"r\"}"));
        String answer = raw(
                "POST /runs HTTP/1.1",
                "{\"mode\":\"DRY_RUN\"}",
                host(),
                key(),
                origin(),
                "Sec-Fetch-Site: same-origin",
                "Content-Type: application/json",
                "Idempotency-Key: k1");
        assertThat(answer).startsWith("HTTP/1.1 202 ");
        assertThat(api.asked()).singleElement().satisfies(asked -> {
            signed(asked);
            assertThat(asked.body()).isEqualTo("{\"mode\":\"DRY_RUN\"}");
            assertThat(asked.headers()).containsEntry("Idempotency-Key", "k1");
        });
    }

    private static void signed(Asked asked) {
        Map<String, String> parts = Signature.parts(asked.headers().get("Authorization"));
        List<String> names = List.of(parts.get("SignedHeaders").split(";"));
        assertThat(parts.get("Signature")).isEqualTo(Signature.of(asked, names, SECRET, "eu-west-2", "execute-api"));
    }

    @ParameterizedTest
    @CsvSource({
        "GET, 127.0.0.1:PORT, '', ''",
        "GET, 127.0.0.1:PORT, guess, ''",
        "GET, 127.0.0.1:PORT, TOKENx, ''",
        "GET, evil.example:PORT, TOKEN, ''",
        "GET, evil.example, TOKEN, ''",
        "GET, 127.0.0.1, TOKEN, ''",
        "GET, 127.0.0.1:1, TOKEN, ''",
        "GET, 127.0.0.1.evil.example:PORT, TOKEN, ''",
        "GET, 127.0.0.1:PORT, TOKEN, Origin: http://evil.example",
        "GET, 127.0.0.1:PORT, TOKEN, Origin: http://127.0.0.1:1",
        "GET, 127.0.0.1:PORT, TOKEN, Origin: null",
        "GET, 127.0.0.1:PORT, TOKEN, Sec-Fetch-Site: cross-site",
        "GET, 127.0.0.1:PORT, TOKEN, Sec-Fetch-Site: same-site",
        "POST, 127.0.0.1:PORT, TOKEN, ''",
        "POST, 127.0.0.1:PORT, TOKEN, Origin: https://127.0.0.1:PORT",
        "POST, 127.0.0.1:PORT, '', Origin: http://127.0.0.1:PORT",
        "POST, evil.example, TOKEN, Origin: http://evil.example"
    })
    void anybodyElseIsRefusedAndNothingIsPassedOn(String method, String host, String shown, String more) {
        List<String> headers = new ArrayList<>();
        headers.add("Host: " + host);
        if (!shown.isEmpty()) {
            headers.add("X-Resync-Console: " + shown);
        }
        if (!more.isEmpty()) {
            headers.add(more);
        }
        String answer = raw(
                method + " /runs HTTP/1.1",
                method.equals("POST") ? "{}" : "",
                headers.stream()
                        .map(line -> line.replace("PORT", String.valueOf(port)).replace("TOKEN", key))
                        .toArray(String[]::new));
        assertThat(answer).startsWith("HTTP/1.1 403 ").doesNotContain(key, "Set-Cookie", "Access-Control");
        assertThat(api.asked()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT"})
    void noOtherMethodIsPassedOn(String method) {
        assertThat(raw(method + " /runs HTTP/1.1", "", host(), key(), origin()))
                .matches("(?s)HTTP/1.1 (403|405|400) .*");
        assertThat(api.asked()).isEmpty();
    }

    @Test
    void aLongBodyIsRefused() {
        assertThat(raw("POST /runs HTTP/1.1", "x".repeat(300 * 1024), host(), key(), origin()))
                .startsWith("HTTP/1.1 400 ")
                .contains("Nothing was passed on");
        assertThat(api.asked()).isEmpty();
    }

    @Test
    void noRedirectIsFollowedOrHandedOn() {
        try (RecordingServer other = new RecordingServer()) {
            api.answers(text(302, "text/html", "", "Location", other.url() + "/runs"));
            assertThat(raw("GET /runs HTTP/1.1", "", host(), key()))
                    .startsWith("HTTP/1.1 502 ")
                    .doesNotContain(other.url());
            assertThat(other.asked()).isEmpty();
        }
    }

    @Test
    void anApiThatDoesNotAnswerIsToldOf() {
        api.answers(cut());
        assertThat(raw("GET /runs HTTP/1.1", "", host(), key()))
                .startsWith("HTTP/1.1 502 ")
                .contains("dev.resync.error.ApiUnavailable");
    }

    @Test
    void aRefusalOfTheApiComesThrough() {
        api.answers(text(409, "application/problem+json", "{\"error\":\"dev.resync.error.TargetLocked\"}"));
        assertThat(raw("POST /runs HTTP/1.1", "{}", host(), key(), origin()))
                .startsWith("HTTP/1.1 409 ")
                .contains("TargetLocked");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "//evil.example/runs", "http://evil.example/runs", "/../runs"})
    void nothingLeadsToAnotherServer(String target) {
        raw("GET " + target + " HTTP/1.1", "", host(), key());
        assertThat(api.asked()).allSatisfy(asked -> assertThat(asked.headers().get("Host"))
                .isEqualTo(api.url().substring("http://".length())));
    }
}

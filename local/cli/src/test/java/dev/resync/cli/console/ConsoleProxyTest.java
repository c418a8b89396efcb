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
    private String token;

    @BeforeEach
    void start() {
        SigV4 signer = new SigV4(
                StaticCredentialsProvider.create(AwsSessionCredentials.create("AKIDEXAMPLE", SECRET, "session")),
                "eu-west-2",
                Clock.systemUTC());
        proxy = new ConsoleProxy(0, new PassedOn(api.endpoint(), signer), new SecureRandom());
        port = proxy.address().getPort();
        token = proxy.address().getPath().substring("/open/".length());
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

    private String cookie() {
        return "Cookie: theme=dark; resync-console=" + token;
    }

    private String origin() {
        return "Origin: http://127.0.0.1:" + port;
    }

    @Test
    void theAddressSignsABrowserInAndLeadsToThePage() {
        String answer = raw("GET /open/" + token + " HTTP/1.1", "", host());
        assertThat(answer)
                .startsWith("HTTP/1.1 200 ")
                .contains("resync-console=" + token + "; Path=/; HttpOnly; SameSite=Strict")
                .contains("url=/console/")
                .containsIgnoringCase("Referrer-Policy: no-referrer")
                .containsIgnoringCase("Cache-Control: no-store");
        assertThat(token).hasSizeGreaterThanOrEqualTo(43);
        assertThat(api.asked()).isEmpty();
    }

    @Test
    void whatTheBrowserAsksIsSignedAndPassedOn() {
        api.answers(json(200, "{\"runs\": []}", "ETag", "\"1\"", "Set-Cookie", "api=1", "Keep-Alive", "timeout=5"));
        String answer = raw(
                "GET /runs?limit=5&after=a%20b HTTP/1.1",
                "",
                host(),
                cookie(),
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
            assertThat(asked.headers()).doesNotContainKeys("Cookie", "X-Forwarded-For", "Origin", "Sec-Fetch-Site");
        });
    }

    @Test
    void aChangeOfThePagesOwnIsPassedOnWithItsBody() {
        api.answers(json(202, "{\"runId\": \"r\"}"));
        String answer = raw(
                "POST /runs HTTP/1.1",
                "{\"mode\":\"DRY_RUN\"}",
                host(),
                cookie(),
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
        "GET, 127.0.0.1:PORT, resync-console=, ''",
        "GET, 127.0.0.1:PORT, resync-console=guess, ''",
        "GET, 127.0.0.1:PORT, resync-console=TOKENx, ''",
        "GET, 127.0.0.1:PORT, other=TOKEN, ''",
        "GET, evil.example:PORT, resync-console=TOKEN, ''",
        "GET, evil.example, resync-console=TOKEN, ''",
        "GET, 127.0.0.1, resync-console=TOKEN, ''",
        "GET, 127.0.0.1:1, resync-console=TOKEN, ''",
        "GET, 127.0.0.1.evil.example:PORT, resync-console=TOKEN, ''",
        "GET, 127.0.0.1:PORT, resync-console=TOKEN, Origin: http://evil.example",
        "GET, 127.0.0.1:PORT, resync-console=TOKEN, Origin: http://127.0.0.1:1",
        "GET, 127.0.0.1:PORT, resync-console=TOKEN, Origin: null",
        "GET, 127.0.0.1:PORT, resync-console=TOKEN, Sec-Fetch-Site: cross-site",
        "GET, 127.0.0.1:PORT, resync-console=TOKEN, Sec-Fetch-Site: same-site",
        "POST, 127.0.0.1:PORT, resync-console=TOKEN, ''",
        "POST, 127.0.0.1:PORT, resync-console=TOKEN, Origin: https://127.0.0.1:PORT",
        "POST, 127.0.0.1:PORT, '', Origin: http://127.0.0.1:PORT",
        "POST, evil.example, resync-console=TOKEN, Origin: http://evil.example"
    })
    void anybodyElseIsRefusedAndNothingIsPassedOn(String method, String host, String cookie, String more) {
        List<String> headers = new ArrayList<>();
        headers.add("Host: " + host);
        if (!cookie.isEmpty()) {
            headers.add("Cookie: " + cookie);
        }
        if (!more.isEmpty()) {
            headers.add(more);
        }
        String answer = raw(
                method + " /runs HTTP/1.1",
                method.equals("POST") ? "{}" : "",
                headers.stream()
                        .map(line -> line.replace("PORT", String.valueOf(port)).replace("TOKEN", token))
                        .toArray(String[]::new));
        assertThat(answer).startsWith("HTTP/1.1 403 ").doesNotContain(token, "Set-Cookie", "Access-Control");
        assertThat(api.asked()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/open/guess", "/open/", "/open/TOKENx", "/openTOKEN"})
    void aGuessedAddressSignsNobodyIn(String path) {
        assertThat(raw("GET " + path.replace("TOKEN", token) + " HTTP/1.1", "", host()))
                .startsWith("HTTP/1.1 403 ")
                .doesNotContainIgnoringCase("Set-Cookie");
        assertThat(raw("GET /open/" + token + " HTTP/1.1", "", "Host: evil.example"))
                .as("nor does the right one under a name of somebody else")
                .startsWith("HTTP/1.1 403 ")
                .doesNotContainIgnoringCase("Set-Cookie");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT"})
    void noOtherMethodIsPassedOn(String method) {
        assertThat(raw(method + " /runs HTTP/1.1", "", host(), cookie(), origin()))
                .matches("(?s)HTTP/1.1 (403|405|400) .*");
        assertThat(api.asked()).isEmpty();
    }

    @Test
    void aLongBodyIsRefused() {
        assertThat(raw("POST /runs HTTP/1.1", "x".repeat(300 * 1024), host(), cookie(), origin()))
                .startsWith("HTTP/1.1 400 ")
                .contains("Nothing was passed on");
        assertThat(api.asked()).isEmpty();
    }

    @Test
    void noRedirectIsFollowedOrHandedOn() {
        try (RecordingServer other = new RecordingServer()) {
            api.answers(text(302, "text/html", "", "Location", other.url() + "/runs"));
            assertThat(raw("GET /runs HTTP/1.1", "", host(), cookie()))
                    .startsWith("HTTP/1.1 502 ")
                    .doesNotContain(other.url());
            assertThat(other.asked()).isEmpty();
        }
    }

    @Test
    void anApiThatDoesNotAnswerIsToldOf() {
        api.answers(cut());
        assertThat(raw("GET /runs HTTP/1.1", "", host(), cookie()))
                .startsWith("HTTP/1.1 502 ")
                .contains("dev.resync.error.ApiUnavailable");
    }

    @Test
    void aRefusalOfTheApiComesThrough() {
        api.answers(text(409, "application/problem+json", "{\"error\":\"dev.resync.error.TargetLocked\"}"));
        assertThat(raw("POST /runs HTTP/1.1", "{}", host(), cookie(), origin()))
                .startsWith("HTTP/1.1 409 ")
                .contains("TargetLocked");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "//evil.example/runs", "http://evil.example/runs", "/../runs"})
    void nothingLeadsToAnotherServer(String target) {
        raw("GET " + target + " HTTP/1.1", "", host(), cookie());
        assertThat(api.asked()).allSatisfy(asked -> assertThat(asked.headers().get("Host"))
                .isEqualTo(api.url().substring("http://".length())));
    }
}

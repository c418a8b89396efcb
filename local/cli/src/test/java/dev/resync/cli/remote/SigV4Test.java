package dev.resync.cli.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.resync.cli.remote.RecordingServer.Asked;
import dev.resync.error.AccessDenied;
import dev.resync.error.RequestInvalid;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.retries.api.BackoffStrategy;

class SigV4Test {

    /** Published credentials of AWS's test suite for Signature Version 4 (aws4_testsuite). */
    private static final String KEY = "AKIDEXAMPLE";

    private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2015-08-30T12:36:00Z"), ZoneOffset.UTC);
    private static final AwsCredentials SESSION = AwsSessionCredentials.create(KEY, SECRET, "a/session+token==");

    private final RecordingServer server = new RecordingServer();
    private final AdminApi api = new AdminApi(
            server.endpoint(),
            new Transport(new SigV4(StaticCredentialsProvider.create(SESSION), "eu-west-2", CLOCK)),
            BackoffStrategy.retryImmediately());

    @AfterEach
    void close() {
        server.close();
    }

    /** So that what the other tests compare with is not wrong in the same way. */
    @Test
    void whatIsWorkedOutByHandIsWhatAwsPublished() {
        Asked vanilla = new Asked(
                "GET",
                "/",
                null,
                Map.of(
                        "host",
                        "example.amazonaws.com",
                        "x-amz-date",
                        "20150830T123600Z",
                        "X-Amz-Date",
                        "20150830T123600Z"),
                "");
        assertThat(Signature.of(vanilla, List.of("host", "x-amz-date"), SECRET, "us-east-1", "service"))
                .as("get-vanilla of the suite")
                .isEqualTo("5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31");
    }

    @Test
    void whatArrivesIsSignedAsItArrives() {
        api.get(List.of("runs"), Map.of("limit", "50", "after", "prod-people 1/2"));
        api.post(
                List.of("runs", "prod-people-1", "stop"),
                JsonNodeFactory.instance.objectNode().put("reason", "Zoë & co"));
        api.start(List.of("runs"), JsonNodeFactory.instance.objectNode().put("mode", "DRY_RUN"));
        assertThat(server.asked()).hasSize(3).allSatisfy(asked -> {
            Map<String, String> parts = Signature.parts(asked.headers().get("Authorization"));
            List<String> signed = List.of(parts.get("SignedHeaders").split(";"));
            assertThat(signed).contains("host", "x-amz-date", "x-amz-security-token");
            assertThat(parts.get("Credential")).isEqualTo(KEY + "/20150830/eu-west-2/execute-api/aws4_request");
            assertThat(asked.headers().get("X-Amz-Security-Token")).isEqualTo("a/session+token==");
            assertThat(parts.get("Signature"))
                    .isEqualTo(Signature.of(asked, signed, SECRET, "eu-west-2", "execute-api"));
        });
        assertThat(server.asked().get(0).rawQuery()).isEqualTo("after=prod-people%201%2F2&limit=50");
        assertThat(server.asked().get(1).body()).isEqualTo("{\"reason\":\"Zoë & co\"}");
    }

    @Test
    void whoIsNotSignedInIsToldWhatToDoAndNothingIsSent() {
        AdminApi nobody = new AdminApi(
                server.endpoint(),
                new Transport(new SigV4(
                        () -> {
                            throw SdkClientException.create("Unable to load credentials.");
                        },
                        "eu-west-2",
                        CLOCK)),
                BackoffStrategy.retryImmediately());
        assertThatThrownBy(() -> nobody.get(List.of("runs"), Map.of()))
                .isInstanceOf(AccessDenied.class)
                .hasMessageContaining("Unable to load credentials")
                .hasMessageContaining("--aws-profile");
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void aTokenIsShownAndNothingElse() {
        AdminApi shown = new AdminApi(server.endpoint(), RequestSigner.bearer("RESYNC_TOKEN", "eyJ.a-b_c.d"));
        shown.get(List.of("runs"), Map.of());
        assertThat(server.asked().get(0).headers())
                .containsEntry("Authorization", "Bearer eyJ.a-b_c.d")
                .doesNotContainKey("X-Amz-Date");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "Bearer a", "a\r\nX-Evil: 1", "é"})
    void whatIsNoTokenIsRefusedWithoutShowingIt(String token) {
        assertThatThrownBy(() -> RequestSigner.bearer("RESYNC_TOKEN", token))
                .isInstanceOf(AccessDenied.class)
                .hasMessageContaining("RESYNC_TOKEN")
                .message()
                .doesNotContain(token);
    }

    @ParameterizedTest
    @CsvSource({
        "https://abc123.execute-api.eu-west-2.amazonaws.com, eu-west-2",
        "https://ABC.execute-api.us-gov-west-1.amazonaws.com/stage, us-gov-west-1",
        "https://a.execute-api.cn-north-1.amazonaws.com.cn, cn-north-1",
        "https://execute-api.eu-west-2.amazonaws.com.evil.example,",
        "https://resync.example.com,"
    })
    void theRegionStandsInTheNameOfAnApiWithoutADomainOfItsOwn(String address, String region) {
        assertThat(Endpoint.of("--endpoint", address).region().orElse(null)).isEqualTo(region);
    }

    @ParameterizedTest
    @CsvSource({
        "http://resync.example.com, plain HTTP",
        "http://127.0.0.1.evil.example, plain HTTP",
        "http://10.0.0.5:8080, plain HTTP",
        "ftp://resync.example.com, no address of a server",
        "resync.example.com, no address of a server",
        "https:///runs, no address of a server",
        "https://user:secret@resync.example.com, more than a host and a path",
        "https://resync.example.com?x=1, more than a host and a path",
        "https://resync.example.com#x, more than a host and a path",
        "https://a b, no address"
    })
    void whereNothingMayBeSentIsRefused(String address, String why) {
        assertThatThrownBy(() -> Endpoint.of("--endpoint", address))
                .isInstanceOf(RequestInvalid.class)
                .hasMessageContaining(why)
                .hasMessageContaining("Nothing was sent")
                .message()
                .doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:8080", "http://localhost:8080/", "http://[::1]:8080"})
    void plainHttpIsForThisMachine(String address) {
        assertThat(Endpoint.of("--endpoint", address).isLoopback()).isTrue();
        assertThat(Endpoint.of("--endpoint", address.replace("http:", "https:")).isLoopback())
                .as("an encrypted one is signed, wherever it is")
                .isFalse();
    }
}

package dev.resync.cli.stepfunctions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.error.PortUnavailable;
import dev.resync.store.ControlJson;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.SfnException;
import software.amazon.awssdk.services.sfn.model.SfnRequest;

/** What is the same for all actions: the protocol, who may ask, and what is said of actions that are not answered. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StepFunctionsServerTest {

    private static final String LIST = "AWSStepFunctions.ListStateMachines";
    private static final String JSON_1_0 = "application/x-amz-json-1.0";

    private ServedRehearsal rehearsal;

    @BeforeAll
    void serve() {
        rehearsal = new ServedRehearsal(false);
    }

    @AfterAll
    void close() {
        rehearsal.close();
    }

    private HttpRequest.Builder request(String target, String body) {
        return HttpRequest.newBuilder(URI.create(rehearsal.server.url() + "/"))
                .header("X-Amz-Target", target)
                .header("Content-Type", JSON_1_0)
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static void requireError(HttpResponse<String> answer, int status, String type) throws IOException {
        JsonNode error = ControlJson.mapper().readTree(answer.body());
        assertThat(error.path("__type").asText()).as(answer.body()).isEqualTo(type);
        assertThat(error.path("message").asText()).isNotBlank();
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("x-amzn-RequestId")).isPresent();
    }

    @Test
    void timesAreSecondsWithDecimals() throws Exception {
        HttpResponse<String> answer = send(request(LIST, "{\"maxResults\":null}"));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"creationDate\":1781514000.250");
    }

    /** Those of the client are those of the service: a new one is in neither list until somebody looks at it. */
    @Test
    void everyActionOfTheServiceIsAnsweredOrNamedAsUnsupported() {
        Set<String> ofTheClient = Arrays.stream(SfnClient.class.getMethods())
                .filter(method -> method.getParameterCount() == 1
                        && SfnRequest.class.isAssignableFrom(method.getParameterTypes()[0])
                        && !method.getName().endsWith("Paginator"))
                .map(Method::getName)
                .map(name -> name.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + name.substring(1))
                .collect(Collectors.toSet());
        Actions actions = new Actions(() -> rehearsal.platform);
        assertThat(actions.known()).containsExactlyInAnyOrderElementsOf(ofTheClient);
        assertThat(actions.supported())
                .containsExactlyInAnyOrder(
                        "StartExecution",
                        "StopExecution",
                        "DescribeExecution",
                        "ListExecutions",
                        "GetExecutionHistory",
                        "DescribeStateMachine",
                        "ListStateMachines",
                        "RedriveExecution",
                        "SendTaskSuccess",
                        "SendTaskFailure",
                        "SendTaskHeartbeat",
                        "ListMapRuns",
                        "DescribeMapRun",
                        "UpdateMapRun",
                        "ValidateStateMachineDefinition");
    }

    @Test
    void anUnsupportedActionSaysSo() {
        SfnException unsupported = catchThrowableOfType(
                SfnException.class,
                () -> rehearsal.client.deleteStateMachine(delete -> delete.stateMachineArn(ServedRehearsal.RESYNC)));
        assertThat(unsupported.awsErrorDetails().errorCode()).isEqualTo("UnknownOperationException");
        assertThat(unsupported.awsErrorDetails().errorMessage())
                .startsWith(
                        "DeleteStateMachine is not supported by this local endpoint; it answers DescribeExecution, ")
                .contains("ValidateStateMachineDefinition");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "AWSStepFunctions.MakeCoffee | {} | UnknownOperationException",
                "DynamoDB_20120810.ListTables | {} | UnknownOperationException",
                "AWSStepFunctions.ListStateMachines | { | SerializationException",
                "AWSStepFunctions.ListStateMachines | '' | SerializationException",
                "AWSStepFunctions.ListStateMachines | [] | SerializationException",
                "AWSStepFunctions.ListStateMachines | {} {} | SerializationException",
                "AWSStepFunctions.ListStateMachines | {\"maxResults\":\"5\"} | SerializationException",
                "AWSStepFunctions.ListStateMachines | {\"maxResults\":1.5} | SerializationException",
                "AWSStepFunctions.ListStateMachines | {\"nextToken\":5} | SerializationException",
                "AWSStepFunctions.ListStateMachines | {\"nextToken\":\"\"} | InvalidToken",
                "AWSStepFunctions.ListStateMachines | {\"maxResults\":-1} | ValidationException"
            })
    void whatIsWrongWithARequestIsNamed(String target, String body, String error) throws Exception {
        requireError(send(request(target, body)), 400, error);
    }

    @Test
    void onlyTheProtocolOfTheClientIsSpoken() throws Exception {
        requireError(
                send(HttpRequest.newBuilder(URI.create(rehearsal.server.url() + "/"))
                        .header("X-Amz-Target", LIST)
                        .GET()),
                400,
                "UnknownOperationException");
        requireError(send(request(LIST, "{}").setHeader("Content-Type", "text/plain")), 400, "SerializationException");
        requireError(send(request(LIST, " ".repeat(9 << 20))), 400, "RequestEntityTooLargeException");
    }

    @ParameterizedTest
    @CsvSource({"http://127.0.0.1:1234", "https://example.com", "null"})
    void aPageInABrowserIsRefused(String origin) throws Exception {
        requireError(send(request(LIST, "{}").header("Origin", origin)), 403, "AccessDeniedException");
    }

    @ParameterizedTest
    @CsvSource({
        "localhost, 200",
        "127.0.0.1, 200",
        "localhost:99, 200",
        "[::1]:99, 200",
        "rebound.example.com, 403",
        "127.0.0.1.example.com, 403",
        "localhost.example.com:80, 403"
    })
    void onlyNamesOfThisMachineAreAnswered(String host, int status) throws Exception {
        // By hand: the client of the JDK sets no such header.
        String request = "POST / HTTP/1.1\r\nHost: " + host + "\r\nX-Amz-Target: " + LIST + "\r\nContent-Type: "
                + JSON_1_0 + "\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}";
        URI url = URI.create(rehearsal.server.url());
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), url.getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 " + status + " ");
        }
    }

    @Test
    void aPortInUseIsNamed() {
        int port = URI.create(rehearsal.server.url()).getPort();
        assertThatThrownBy(() -> new StepFunctionsServer(port, () -> rehearsal.platform))
                .isInstanceOf(PortUnavailable.class)
                .hasMessageContaining("Port " + port);
    }
}

package dev.resync.cli.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.resync.cli.local.LocalPlatform;
import dev.resync.engine.ExecutionDescription;
import dev.resync.engine.ExecutionDoesNotExist;
import dev.resync.store.ControlJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/** What functions ask Step Functions, answered by the executions of the local platform (source: its API, JSON 1.0). */
final class StepFunctionsEndpoint implements AutoCloseable {

    private final Supplier<LocalPlatform> platform;
    private final HttpServer server;

    StepFunctionsEndpoint(Supplier<LocalPlatform> platform) {
        this.platform = platform;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        JsonNode asked = ControlJson.mapper().readTree(exchange.getRequestBody());
        ObjectNode answer = ControlJson.mapper().createObjectNode();
        int status = 200;
        try {
            switch (target.substring(target.indexOf('.') + 1)) {
                case "DescribeExecution" -> describe(asked.path("executionArn").asText(), answer);
                case "StartExecution" -> start(asked, answer);
                default -> throw new IllegalArgumentException(target);
            }
        } catch (ExecutionDoesNotExist unknown) {
            status = 400;
            answer.put("__type", "ExecutionDoesNotExist").put("message", unknown.getMessage());
        }
        byte[] body = answer.toString().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.0");
        exchange.sendResponseHeaders(status, body.length);
        try (exchange) {
            exchange.getResponseBody().write(body);
        }
    }

    private void describe(String execution, ObjectNode answer) {
        ExecutionDescription described = platform.get().engine().describeExecution(execution);
        answer.put("executionArn", described.executionArn())
                .put("status", described.status().name())
                .put("startDate", described.startDate().getEpochSecond());
    }

    private void start(JsonNode asked, ObjectNode answer) throws IOException {
        JsonNode input = ControlJson.mapper().readTree(asked.path("input").asText());
        String execution = platform.get().startRestore(asked.path("name").asText(), input);
        answer.put("executionArn", execution)
                .put(
                        "startDate",
                        platform.get()
                                .engine()
                                .describeExecution(execution)
                                .startDate()
                                .getEpochSecond());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

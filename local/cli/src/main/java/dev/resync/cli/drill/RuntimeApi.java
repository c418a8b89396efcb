package dev.resync.cli.drill;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.resync.engine.FunctionError;
import dev.resync.store.ControlJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The service that a function's process asks for events and tells its answers (source: AWS Lambda's Runtime API, version
 * 2018-06-01). One process, one call at a time, as on AWS.
 */
final class RuntimeApi implements AutoCloseable {

    private static final String ROOT = "/2018-06-01/runtime/";
    private static final long LIFETIME_MILLIS = 900_000;
    private static final int OK = 200;
    private static final int ACCEPTED = 202;

    private final String function;
    private final HttpServer server;
    private final ExecutorService threads;
    private final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();
    private final AtomicReference<Call> current = new AtomicReference<>();
    private final CompletableFuture<Void> ready = new CompletableFuture<>();

    /**
     * One call.
     *
     * @param id of the request
     * @param payload the event
     * @param answer completed with the answer, or exceptionally with a {@link FunctionError}
     */
    record Call(String id, JsonNode payload, CompletableFuture<JsonNode> answer) {}

    /** @param function name of the function that is served */
    RuntimeApi(String function) {
        this.function = function;
        threads = Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "runtime-api-" + function);
            thread.setDaemon(true);
            return thread;
        });
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext(ROOT, this::serve);
        server.start();
    }

    /** Returns host and port, as a function is told them. */
    String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** Completed when the process asks for its first event; exceptionally where it says that it cannot start. */
    CompletableFuture<Void> ready() {
        return ready;
    }

    /** Hands out an event; returns what will be its answer. */
    CompletableFuture<JsonNode> call(JsonNode payload) {
        Call call = new Call(UUID.randomUUID().toString(), payload, new CompletableFuture<>());
        calls.add(call);
        return call.answer();
    }

    /** Answers what is under way as the service does for a process that ended. */
    void processEnded() {
        ready.completeExceptionally(new IllegalStateException("the process of " + function + " ended at its start"));
        Call call = current.getAndSet(null);
        if (call != null) {
            call.answer().completeExceptionally(new FunctionError("Runtime.ExitError", "The process ended."));
        }
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath().substring(ROOT.length());
            if (path.equals("invocation/next")) {
                next(exchange);
            } else {
                told(path, ControlJson.mapper().readTree(exchange.getRequestBody()));
                exchange.sendResponseHeaders(ACCEPTED, -1);
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void next(HttpExchange exchange) throws IOException, InterruptedException {
        ready.complete(null);
        Call call = calls.take();
        current.set(call);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.getResponseHeaders().set("Lambda-Runtime-Aws-Request-Id", call.id());
        exchange.getResponseHeaders()
                .set("Lambda-Runtime-Deadline-Ms", String.valueOf(System.currentTimeMillis() + LIFETIME_MILLIS));
        exchange.getResponseHeaders()
                .set("Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:local:000000000000:function:" + function);
        exchange.getResponseHeaders().set("Lambda-Runtime-Trace-Id", "Root=" + call.id());
        byte[] body = call.payload().toString().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(OK, body.length);
        exchange.getResponseBody().write(body);
    }

    private void told(String path, JsonNode body) {
        if (path.equals("init/error")) {
            ready.completeExceptionally(new IllegalStateException("function " + function + " cannot start: " + body));
            return;
        }
        Call call = current.getAndSet(null);
        if (call == null || !path.startsWith("invocation/" + call.id())) {
            return;
        }
        if (path.endsWith("/error")) {
            call.answer()
                    .completeExceptionally(new FunctionError(
                            body.path("errorType").asText(),
                            body.path("errorMessage").asText()));
        } else {
            call.answer().complete(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}

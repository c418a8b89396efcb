package dev.resync.cli.lambda;

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
import java.time.Duration;
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
public final class RuntimeApi implements AutoCloseable {

    private static final String ROOT = "/2018-06-01/runtime/";
    /** Longest time that Lambda gives a call. */
    public static final Duration LIFETIME = Duration.ofMinutes(15);

    private static final int OK = 200;
    private static final int ACCEPTED = 202;

    private final String function;
    private final HttpServer server;
    private final ExecutorService threads;
    private final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();
    private final AtomicReference<Call> current = new AtomicReference<>();
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final CompletableFuture<Void> frozen = new CompletableFuture<>();
    private final CompletableFuture<Void> restored = new CompletableFuture<>();

    /**
     * One call.
     *
     * @param id of the request
     * @param payload the event
     * @param lifetime how much time the function has from when it is handed out
     * @param answer completed with the answer, or exceptionally with a {@link FunctionError}
     */
    private record Call(String id, JsonNode payload, Duration lifetime, CompletableFuture<JsonNode> answer) {}

    /** @param function name of the function that is served */
    public RuntimeApi(String function) {
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
    public String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /**
     * Completed when the process asks for its first event; exceptionally, with a {@link FunctionError}, where it says that it
     * cannot start, or with {@code Runtime.ExitError} where it ends without a word.
     */
    public CompletableFuture<Void> ready() {
        return ready;
    }

    /** Completed when a process that is to be frozen (SnapStart) has done all that it does before. */
    public CompletableFuture<Void> frozen() {
        return frozen;
    }

    /** Lets a frozen process go on, as in a place where it was restored. */
    public void restore() {
        restored.complete(null);
    }

    /**
     * Hands out an event.
     *
     * @param lifetime how much time the function is told to have
     * @return what will be its answer; completed exceptionally with a {@link FunctionError}
     */
    public CompletableFuture<JsonNode> call(JsonNode payload, Duration lifetime) {
        Call call = new Call(UUID.randomUUID().toString(), payload, lifetime, new CompletableFuture<>());
        calls.add(call);
        return call.answer();
    }

    /** Answers what is under way as the service does for a process that ended. */
    public void processEnded() {
        ready.completeExceptionally(exited("The process of " + function + " ended at its start."));
        frozen.completeExceptionally(exited("The process of " + function + " ended before it was frozen."));
        Call call = current.getAndSet(null);
        if (call != null) {
            call.answer().completeExceptionally(exited("The process ended."));
        }
    }

    private static FunctionError exited(String message) {
        return new FunctionError("Runtime.ExitError", message);
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath().substring(ROOT.length());
            if (path.equals("invocation/next")) {
                next(exchange);
            } else if (path.equals("restore/next")) {
                frozen.complete(null);
                restored.join();
                exchange.sendResponseHeaders(OK, -1);
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
                .set(
                        "Lambda-Runtime-Deadline-Ms",
                        String.valueOf(
                                System.currentTimeMillis() + call.lifetime().toMillis()));
        exchange.getResponseHeaders()
                .set("Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:local:000000000000:function:" + function);
        exchange.getResponseHeaders().set("Lambda-Runtime-Trace-Id", "Root=" + call.id());
        byte[] body = call.payload().toString().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(OK, body.length);
        exchange.getResponseBody().write(body);
    }

    private void told(String path, JsonNode body) {
        if (path.equals("init/error")) {
            ready.completeExceptionally(error(body));
            return;
        }
        Call call = current.getAndSet(null);
        if (call == null || !path.startsWith("invocation/" + call.id())) {
            return;
        }
        if (path.endsWith("/error")) {
            call.answer().completeExceptionally(error(body));
        } else {
            call.answer().complete(body);
        }
    }

    private static FunctionError error(JsonNode told) {
        return new FunctionError(
                told.path("errorType").asText(), told.path("errorMessage").asText());
    }

    @Override
    public void close() {
        restored.complete(null);
        server.stop(0);
        threads.shutdownNow();
    }
}

package dev.resync.cli.console;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.resync.cli.remote.PassedOn;
import dev.resync.error.AccessDenied;
import dev.resync.error.ApiUnavailable;
import dev.resync.error.PortUnavailable;
import dev.resync.error.RequestInvalid;
import dev.resync.error.ResyncException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Serves an admin API and its page on the loopback address, and signs what it passes on with the credentials of whoever started
 * it. Logs nothing of requests: they hold tokens.
 */
public final class ConsoleProxy implements AutoCloseable {

    private static final int FORBIDDEN = 403;
    private static final int NOT_ALLOWED = 405;
    private static final int UNFIT = 400;
    private static final int BAD_GATEWAY = 502;
    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;
    private static final int REDIRECTION = 300;
    private static final int CLIENT_ERROR = 400;
    /** A request of the API is a few lines. */
    private static final int MOST_BYTES = 256 * 1024;

    /** As many connections as may be in the middle of a request; those that do not come to its end are cut off in time. */
    private static final int THREADS = 200;

    private static final int IDLE_SECONDS = 30;
    private static final String PAGE = "/console/";
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST");

    private final HttpServer server;
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                Thread thread = new Thread(task, "console");
                thread.setDaemon(true);
                return thread;
            });
    private final ProxyPolicy policy;
    private final PassedOn api;

    /**
     * Starts the proxy.
     *
     * @param port port to listen on, 1 to 65,535; 0 for any free one
     * @param api signs and sends
     * @throws PortUnavailable where something else listens there, or this user may not
     */
    public ConsoleProxy(int port, PassedOn api, SecureRandom random) {
        this.api = api;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException taken) {
            throw new PortUnavailable(port, taken);
        }
        policy = new ProxyPolicy(server.getAddress().getPort(), random);
        threads.allowCoreThreadTimeOut(true);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /**
     * Returns the address of the page with the key that it is to show; whoever has it may do what these credentials may. The key is
     * in the fragment, which no browser sends to any server.
     */
    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + PAGE + "#key=" + policy.key());
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            try {
                answer(exchange);
            } catch (ResyncException e) {
                int status = e instanceof AccessDenied ? FORBIDDEN : e instanceof RequestInvalid ? UNFIT : BAD_GATEWAY;
                refuse(exchange, status, e.errorName(), e.getMessage());
            }
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        Headers headers = exchange.getRequestHeaders();
        if (!policy.isOwnHost(headers.get("Host"))) {
            throw new AccessDenied("This console answers under its own address only. Nothing was passed on.");
        }
        String path = exchange.getRequestURI().getRawPath();
        if (path == null || !path.startsWith("/")) {
            throw new RequestInvalid("What is asked for is no path. Nothing was passed on.");
        }
        if (!METHODS.contains(exchange.getRequestMethod())) {
            refuse(exchange, NOT_ALLOWED, null, "Only GET, HEAD and POST are passed on.");
            return;
        }
        boolean changes = exchange.getRequestMethod().equals("POST");
        boolean keyed = changes || !ProxyPolicy.isPageFile(path);
        if (keyed) {
            if (!policy.hasKey(headers.get(ProxyPolicy.HEADER))) {
                throw new AccessDenied(
                        "Open the address that `resync console` printed: the key at its end shows that you are who"
                                + " started it. Nothing was passed on.");
            }
            if (!policy.isOwnOrigin(headers.get("Origin"), headers.get("Sec-Fetch-Site"), changes)) {
                throw new AccessDenied("Pages of other origins may not use this console. Nothing was passed on.");
            }
        }
        // Whoever has no key chooses a file of the page and nothing else.
        passOn(exchange, path, keyed ? exchange.getRequestURI().getRawQuery() : null);
    }

    private static void write(HttpExchange exchange, int status, byte[] bytes) throws IOException {
        exchange.sendResponseHeaders(status, bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    private void passOn(HttpExchange exchange, String path, String query) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(MOST_BYTES + 1);
        if (body.length > MOST_BYTES) {
            // So that a browser that is still sending gets to see the answer.
            exchange.getRequestBody().readNBytes(MOST_BYTES);
            throw new RequestInvalid("The body is longer than " + MOST_BYTES + " bytes. Nothing was passed on.");
        }
        Map<String, String> asked = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (ProxyPolicy.isPassedOn(name) && values.size() == 1) {
                asked.put(name, values.get(0));
            }
        });
        PassedOn.Answered answered =
                api.pass(exchange.getRequestMethod(), path.equals("/") ? PAGE : path, query, asked, body);
        if (answered.status() >= REDIRECTION && answered.status() < CLIENT_ERROR && answered.status() != NOT_MODIFIED) {
            throw new ApiUnavailable(
                    "The API answered with a redirect (HTTP " + answered.status()
                            + "), which is not followed. See that --endpoint is its root.",
                    null);
        }
        send(exchange, answered);
    }

    private static void send(HttpExchange exchange, PassedOn.Answered answered) throws IOException {
        Set<String> kept = ProxyPolicy.kept(answered.headers().getOrDefault("connection", List.of()));
        Headers headers = exchange.getResponseHeaders();
        answered.headers().forEach((name, values) -> {
            if (!name.startsWith(":") && !kept.contains(name.toLowerCase(Locale.ROOT))) {
                headers.put(name, values);
            }
        });
        secure(headers);
        boolean bare = exchange.getRequestMethod().equals("HEAD")
                || answered.status() == NO_CONTENT
                || answered.status() == NOT_MODIFIED;
        if (bare || answered.body().length == 0) {
            exchange.sendResponseHeaders(answered.status(), -1);
        } else {
            write(exchange, answered.status(), answered.body());
        }
    }

    private static void secure(Headers headers) {
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("X-Frame-Options", "DENY");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
    }

    private static void refuse(HttpExchange exchange, int status, String error, String detail) throws IOException {
        ObjectNode problem = JsonNodeFactory.instance.objectNode();
        problem.put("status", status).put("detail", detail);
        if (error != null) {
            problem.put("error", error);
        }
        byte[] bytes = problem.toString().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/problem+json");
        secure(exchange.getResponseHeaders());
        write(exchange, status, bytes);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}

package dev.resync.cli.stepfunctions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mongodb.MongoException;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.resync.cli.local.LocalPlatform;
import dev.resync.error.PortUnavailable;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * The API of AWS Step Functions (JSON 1.0) for the executions of a platform in this process, on the loopback address, so that
 * the SDKs and {@code aws stepfunctions --endpoint-url} work on them. Signatures are not checked: whoever has an account on
 * this machine may do all of it. Requests that a browser sends for a page are refused.
 */
public final class StepFunctionsServer implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(StepFunctionsServer.class.getName());
    private static final String CONTENT_TYPE = "application/x-amz-json-1.0";
    private static final String TARGET = "AWSStepFunctions.";
    /** More than the largest definition, with every character escaped. */
    private static final int MOST_BYTES = 8 << 20;

    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int FORBIDDEN = 403;
    private static final int FAULT = 500;
    private static final int UNAVAILABLE = 503;

    private final Actions actions;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "step-functions");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * Starts the server.
     *
     * @param port port to listen on, 1 to 65,535; 0 for any free one
     * @param platform what the requests are for, asked at each of them; stays open
     * @throws PortUnavailable where something else listens there, or this user may not
     */
    public StepFunctionsServer(int port, Supplier<LocalPlatform> platform) {
        actions = new Actions(platform);
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException taken) {
            throw new PortUnavailable(port, taken);
        }
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    /** Returns where it answers, without a slash at the end. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void serve(HttpExchange exchange) throws IOException {
        String id = UUID.randomUUID().toString();
        try (exchange) {
            int status = OK;
            ObjectNode answer;
            try {
                OwnOrigin.require(exchange.getRequestHeaders());
                answer = actions.answer(request(exchange));
            } catch (ApiError refused) {
                status = refused.type().equals(OwnOrigin.ERROR) ? FORBIDDEN : BAD_REQUEST;
                answer = error(refused.type(), refused.getMessage());
            } catch (MongoException | IllegalStateException unable) {
                LOG.log(Level.WARNING, "request " + id + " could not be carried out", unable);
                status = UNAVAILABLE;
                answer = error("ServiceUnavailable", unable.getMessage());
            } catch (RuntimeException fault) {
                LOG.log(Level.ERROR, "request " + id + " failed", fault);
                status = FAULT;
                answer = error("InternalFailure", "The endpoint failed: " + fault);
            }
            send(exchange, id, status, answer);
        }
    }

    private static Request request(HttpExchange exchange) throws IOException {
        Headers headers = exchange.getRequestHeaders();
        String target = headers.getFirst("X-Amz-Target");
        if (!exchange.getRequestMethod().equals("POST") || target == null || !target.startsWith(TARGET)) {
            throw new ApiError(
                    "UnknownOperationException",
                    "Expected POST with a header X-Amz-Target: " + TARGET + "ListStateMachines, say; came "
                            + exchange.getRequestMethod() + " with " + target + ".");
        }
        String type = headers.getFirst("Content-Type");
        if (type == null || !type.split(";", 2)[0].strip().equalsIgnoreCase(CONTENT_TYPE)) {
            throw new ApiError(
                    "SerializationException", "Content-Type is " + type + "; expected " + CONTENT_TYPE + ".");
        }
        return new Request(target.substring(TARGET.length()), body(exchange));
    }

    private static ObjectNode body(HttpExchange exchange) throws IOException {
        byte[] body;
        try (InputStream stream = exchange.getRequestBody()) {
            body = stream.readNBytes(MOST_BYTES + 1);
        }
        if (body.length > MOST_BYTES) {
            throw new ApiError("RequestEntityTooLargeException", "A request has at most " + MOST_BYTES + " bytes.");
        }
        JsonNode read =
                JsonText.parse(new String(body, StandardCharsets.UTF_8), "SerializationException", "The request");
        if (!(read instanceof ObjectNode fields)) {
            throw new ApiError("SerializationException", "The request is JSON, and no object.");
        }
        return fields;
    }

    private static ObjectNode error(String type, String message) {
        return Shapes.object().put("__type", type).put("message", message);
    }

    private static void send(HttpExchange exchange, String id, int status, ObjectNode answer) throws IOException {
        byte[] body = answer.toString().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", CONTENT_TYPE);
        exchange.getResponseHeaders().set("x-amzn-RequestId", id);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}

package dev.resync.cli.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.engine.FunctionError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One function in a process of its own, as it is deployed. */
public final class FunctionProcess implements AutoCloseable {

    private static final int START_SECONDS = 60;

    private final String function;
    private final RuntimeApi api;
    private final Process process;

    /**
     * Starts the process; it is not ready yet.
     *
     * @param function name of the function
     * @param deployed package that holds it
     * @param environment variables of the deployment
     */
    public FunctionProcess(String function, FunctionPackage deployed, Map<String, String> environment) {
        this(function, deployed, environment, ProcessBuilder.Redirect.DISCARD);
    }

    /**
     * Starts the process; it is not ready yet.
     *
     * @param function name of the function
     * @param deployed package that holds it
     * @param environment variables of the deployment
     * @param log where it writes what Lambda would give to CloudWatch
     */
    public FunctionProcess(
            String function, FunctionPackage deployed, Map<String, String> environment, ProcessBuilder.Redirect log) {
        this.function = function;
        api = new RuntimeApi(function);
        ProcessBuilder builder = new ProcessBuilder(deployed.command());
        builder.environment().putAll(environment);
        builder.environment()
                .putAll(Map.of(
                        "AWS_LAMBDA_RUNTIME_API", api.address(),
                        "AWS_LAMBDA_FUNCTION_NAME", function,
                        "AWS_LAMBDA_FUNCTION_VERSION", "$LATEST",
                        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512",
                        "AWS_LAMBDA_LOG_GROUP_NAME", "local",
                        "AWS_LAMBDA_LOG_STREAM_NAME", "local",
                        "QUARKUS_LAMBDA_HANDLER", function));
        builder.redirectErrorStream(true).redirectOutput(log);
        try {
            process = builder.start();
        } catch (IOException e) {
            api.close();
            throw new UncheckedIOException("the process of function " + function + " cannot be started", e);
        }
        process.onExit().thenRun(api::processEnded);
    }

    /**
     * Waits until the process asks for work.
     *
     * @return this
     * @throws FunctionError what the process says, or the service of one that died, where it does not come up; the process is
     *     closed then
     */
    public FunctionProcess awaitReady() throws FunctionError {
        await(api.ready());
        return this;
    }

    /**
     * Waits until a process that is to be frozen (SnapStart) has done all that it does before.
     *
     * @throws FunctionError as {@link #awaitReady()}
     */
    public void awaitFrozen() throws FunctionError {
        await(api.frozen());
    }

    /** Lets a frozen process go on. */
    public void restore() {
        api.restore();
    }

    private void await(CompletableFuture<Void> come) throws FunctionError {
        boolean there = false;
        try {
            come.get(START_SECONDS, TimeUnit.SECONDS);
            there = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while function " + function + " was starting", e);
        } catch (ExecutionException e) {
            throw thrown(e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException(
                    "function " + function + " did not start within " + START_SECONDS + " s", e);
        } finally {
            if (!there) {
                close();
            }
        }
    }

    private static FunctionError thrown(Throwable cause) {
        if (cause instanceof FunctionError error) {
            return error;
        }
        throw new IllegalStateException(cause);
    }

    /**
     * Calls the function, which has as much time as Lambda gives at most, and waits for its answer.
     *
     * @throws FunctionError what the function, or the service for a process that was killed, says instead of an answer
     */
    public JsonNode call(JsonNode payload) throws FunctionError {
        return call(payload, RuntimeApi.LIFETIME);
    }

    /**
     * Calls the function and waits for its answer.
     *
     * @param lifetime how much time the function is told to have; nobody stops it when that is over
     * @throws FunctionError what the function, or the service for a process that was killed, says instead of an answer
     */
    public JsonNode call(JsonNode payload, Duration lifetime) throws FunctionError {
        try {
            return api.call(payload, lifetime).join();
        } catch (CompletionException e) {
            throw thrown(e.getCause());
        }
    }

    /** Returns whether the process is at work or waits for some. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Kills the process; it gets no chance to do anything more, and is gone when this returns. */
    public void kill() {
        try {
            process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        kill();
        api.close();
    }
}

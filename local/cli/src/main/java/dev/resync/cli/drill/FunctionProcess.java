package dev.resync.cli.drill;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.cli.local.JavaCommand;
import dev.resync.engine.FunctionError;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One function in a process of its own: the package that is deployed, under the runtime client that Lambda uses for Java. */
final class FunctionProcess implements AutoCloseable {

    private static final int START_SECONDS = 60;

    private final RuntimeApi api;
    private final Process process;

    /**
     * Starts the process and waits until it asks for work.
     *
     * @param function name of the function
     * @param classPath plans, package, and runtime client
     * @param environment variables of the deployment
     * @throws IllegalStateException where it does not come up
     */
    FunctionProcess(String function, List<String> classPath, Map<String, String> environment) {
        api = new RuntimeApi(function);
        ProcessBuilder builder = new ProcessBuilder(JavaCommand.of(
                "com.amazonaws.services.lambda.runtime.api.client.AWSLambda",
                String.join(File.pathSeparator, classPath),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1"));
        builder.command().add("io.quarkus.amazon.lambda.runtime.QuarkusStreamHandler::handleRequest");
        builder.environment().putAll(environment);
        builder.environment()
                .putAll(Map.of(
                        "AWS_LAMBDA_RUNTIME_API", api.address(),
                        "AWS_LAMBDA_FUNCTION_NAME", function,
                        "AWS_LAMBDA_FUNCTION_VERSION", "$LATEST",
                        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512",
                        "AWS_LAMBDA_LOG_GROUP_NAME", "drill",
                        "AWS_LAMBDA_LOG_STREAM_NAME", "drill",
                        "QUARKUS_LAMBDA_HANDLER", function));
        builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(ProcessBuilder.Redirect.DISCARD);
        try {
            process = builder.start();
        } catch (IOException e) {
            api.close();
            throw new UncheckedIOException("the process of function " + function + " cannot be started", e);
        }
        process.onExit().thenRun(api::processEnded);
        awaitReady(function);
    }

    private void awaitReady(String function) {
        try {
            api.ready().get(START_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close();
            throw new IllegalStateException("interrupted in a drill", e);
        } catch (ExecutionException | TimeoutException e) {
            close();
            throw new IllegalStateException("function " + function + " did not start in a process of its own", e);
        }
    }

    /**
     * Calls the function and waits for its answer.
     *
     * @throws FunctionError what the function, or the service for a process that was killed, says instead of an answer
     */
    JsonNode call(JsonNode payload) throws FunctionError {
        try {
            return api.call(payload).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof FunctionError error) {
                throw error;
            }
            throw e;
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Kills the process; it gets no chance to do anything more, and is gone when this returns. */
    void kill() {
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

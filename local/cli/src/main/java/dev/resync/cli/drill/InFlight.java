package dev.resync.cli.drill;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.engine.FunctionError;
import dev.resync.error.ResyncException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Function calls that nobody waits for any more. */
final class InFlight {

    private static final int BOUND_SECONDS = 60;

    private final List<CompletableFuture<JsonNode>> left = new CopyOnWriteArrayList<>();

    /** Lets a call go on by itself; the state machine, which was stopped, gets an error that it will not look at. */
    JsonNode leave(Supplier<JsonNode> call) throws FunctionError {
        left.add(start(call));
        throw abandoned();
    }

    /** Makes a call, and leaves it to itself where the signal comes before it ends. */
    JsonNode untilLeft(Supplier<JsonNode> call, CompletableFuture<Void> signal) throws FunctionError {
        CompletableFuture<JsonNode> running = start(call);
        try {
            CompletableFuture.anyOf(running, signal).join();
            if (running.isDone()) {
                return running.join();
            }
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof ResyncException named ? named : failed;
        }
        left.add(running);
        throw abandoned();
    }

    /** Makes a call beside the caller. */
    void beside(Supplier<JsonNode> call) {
        left.add(start(call));
    }

    /**
     * Waits for the end of all calls that were left to themselves.
     *
     * @throws IllegalStateException where one does not end within a minute
     */
    void awaitAll() {
        for (CompletableFuture<JsonNode> call : left) {
            try {
                call.get(BOUND_SECONDS, TimeUnit.SECONDS);
            } catch (ExecutionException refused) {
                // As it should be, mostly; what it did shows in the database.
                continue;
            } catch (TimeoutException e) {
                throw new IllegalStateException("a function in flight did not end within a minute", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted in a drill", e);
            }
        }
        left.clear();
    }

    private static FunctionError abandoned() {
        return new FunctionError("Drill.Abandoned", "The execution was stopped; the function goes on by itself.");
    }

    private static CompletableFuture<JsonNode> start(Supplier<JsonNode> call) {
        return CompletableFuture.supplyAsync(call, InFlight::daemon);
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "drill-in-flight");
        thread.setDaemon(true);
        thread.start();
    }

    /** Waits for a latch, with a bound that nothing should reach. */
    static void await(CountDownLatch latch) {
        try {
            latch.await(BOUND_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

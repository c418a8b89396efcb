package dev.resync.cli.drill;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.engine.FunctionError;
import dev.resync.error.ResyncException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** Function calls that nobody waits for any more. */
final class InFlight {

    private final Duration bound;
    private final AtomicReference<IllegalStateException> overdue = new AtomicReference<>();
    private final List<CompletableFuture<JsonNode>> left = new CopyOnWriteArrayList<>();

    /** @param bound how long calls, and what they wait for, may take at most; more than anything should */
    InFlight(Duration bound) {
        this.bound = bound;
    }

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
     * @throws IllegalStateException where one does not end in time, or has waited for a latch in vain
     */
    void awaitAll() {
        for (CompletableFuture<JsonNode> call : left) {
            try {
                call.get(bound.toMillis(), TimeUnit.MILLISECONDS);
            } catch (ExecutionException refused) {
                // As it should be, mostly; what it did shows in the database.
                continue;
            } catch (TimeoutException e) {
                throw new IllegalStateException("a function in flight did not end within " + bound, e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted in a drill", e);
            }
        }
        left.clear();
        IllegalStateException waitedInVain = overdue.getAndSet(null);
        if (waitedInVain != null) {
            throw waitedInVain;
        }
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

    /**
     * Waits for a latch. Who calls this may be a thread that nobody listens to, so that {@link #awaitAll} says it again.
     *
     * @throws IllegalStateException where it does not come in time
     */
    void await(CountDownLatch latch) {
        try {
            if (latch.await(bound.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        IllegalStateException inVain =
                new IllegalStateException("what a function in flight was to wait for did not come within " + bound);
        overdue.set(inVain);
        throw inVain;
    }
}

package dev.resync.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.cli.local.FunctionCalls;
import dev.resync.error.RunClosed;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Stops a run in the middle of its mapping: one chunk is done, the next is in flight. That one is held back until the run is
 * closed, and then goes on, as a function on Lambda would that nobody can stop.
 */
final class MidMapStop implements FunctionCalls {

    private static final String MAP_CHUNK = "map-chunk";

    private final Consumer<String> stop;
    private final AtomicInteger late = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final CountDownLatch first = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final CountDownLatch lateEnded = new CountDownLatch(1);

    /** @param stop stops the execution of a run, given its id */
    MidMapStop(Consumer<String> stop) {
        this.stop = stop;
    }

    @Override
    public JsonNode around(String function, JsonNode payload, Supplier<JsonNode> call) {
        if (!function.equals(MAP_CHUNK)) {
            return call.get();
        }
        // The same chunk each time, so that the same seed gives the same receipt.
        if (payload.path("index").asInt() == 0) {
            JsonNode answer = call.get();
            first.countDown();
            return answer;
        }
        await(first);
        if (late.getAndIncrement() > 0) {
            // Not before the stop: an error would make the execution fail instead.
            await(stopped);
            throw new RunClosed("The demo lets one function go on; this one ended with the stop.");
        }
        stop.accept(payload.path("runId").asText());
        stopped.countDown();
        await(closed);
        try {
            return call.get();
        } catch (RunClosed e) {
            refused.incrementAndGet();
            throw e;
        } finally {
            lateEnded.countDown();
        }
    }

    /** Lets the function in flight go on, now that the run is closed, and waits for its end. */
    void letGoOn() {
        closed.countDown();
        if (late.get() > 0) {
            await(lateEnded);
        }
    }

    /** Returns whether a function was in flight and was refused after the close. */
    boolean lateFunctionWasRefused() {
        return late.get() > 0 && refused.get() == 1;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted in the demo", e);
        }
    }
}

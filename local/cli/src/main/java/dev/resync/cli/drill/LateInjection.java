package dev.resync.cli.drill;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.cli.wire.WireCommand;
import dev.resync.cli.wire.WireRule.Fate;
import dev.resync.engine.FunctionError;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Stops the execution while a function is in flight, which goes on during the closing or after it: from its beginning, or
 * from one of its writes. As on AWS, the state machine does not wait for the function once it is stopped.
 */
final class LateInjection extends Injection {

    private static final String CLOSER = "close-run";

    private final Runnable stop;
    private final InFlight inFlight;
    private final CompletableFuture<Void> struck = new CompletableFuture<>();
    private final CountDownLatch goOn = new CountDownLatch(1);
    /** Writes of others until what is held goes on; after the closing where it never falls to zero. */
    private final AtomicInteger until;

    /** @param stop stops the execution of the phase */
    LateInjection(Fault fault, Runnable stop, InFlight inFlight) {
        super(fault);
        this.stop = stop;
        this.inFlight = inFlight;
        // Half of them after the closing, the others somewhere in it.
        this.until = new AtomicInteger(fault.variant() % 2 == 0 ? 0 : fault.variant());
    }

    @Override
    Fate command(WireCommand command) {
        if (fault().kind() == FaultKind.LATE_WRITE && strikes(command)) {
            stop.run();
            struck.complete(null);
            inFlight.await(goOn);
        } else if (command.writes() && struck.isDone() && until.decrementAndGet() == 0) {
            goOn.countDown();
        }
        return Fate.PASSED;
    }

    @Override
    JsonNode call(String function, JsonNode payload, Supplier<JsonNode> call) throws FunctionError {
        if (struck.isDone() || function.equals(CLOSER)) {
            // The closing, which is not in the way of itself.
            JsonNode answer = call.get();
            if (struck.isDone() && answer.path("outcome").asText().equals("WAIT")) {
                // It waits as long as what is held could live on AWS, and time that is virtual would be over at once.
                goOn.countDown();
                inFlight.awaitAll();
            }
            return answer;
        }
        if (fault().kind() == FaultKind.LATE_CALL && strikes(function)) {
            stop.run();
            struck.complete(null);
            return inFlight.leave(() -> {
                inFlight.await(goOn);
                return call.get();
            });
        }
        return inFlight.untilLeft(call, struck);
    }

    @Override
    void release() {
        struck.complete(null);
        goOn.countDown();
        inFlight.awaitAll();
    }
}

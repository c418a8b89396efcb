package dev.resync.cli.drill;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.engine.FunctionError;
import dev.resync.error.ResyncException;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/** Calls a function twice for one state: one after the other, at once, or again after the run is closed. */
final class DuplicateInjection extends Injection {

    private static final int FORMS = 3;

    private final InFlight inFlight;
    private final CountDownLatch closed = new CountDownLatch(1);

    DuplicateInjection(Fault fault, InFlight inFlight) {
        super(fault);
        this.inFlight = inFlight;
    }

    @Override
    JsonNode call(String function, JsonNode payload, Supplier<JsonNode> call) throws FunctionError {
        if (!strikes(function)) {
            return call.get();
        }
        switch (fault().variant() % FORMS) {
            case 0 -> again(call);
            case 1 -> inFlight.beside(call);
            default ->
                inFlight.beside(() -> {
                    inFlight.await(closed);
                    return call.get();
                });
        }
        return call.get();
    }

    private static void again(Supplier<JsonNode> call) {
        try {
            call.get();
        } catch (ResyncException failed) {
            // The next one answers for both, as after an answer that got lost.
            return;
        }
    }

    @Override
    void release() {
        closed.countDown();
        inFlight.awaitAll();
    }
}

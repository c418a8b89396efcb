package dev.resync.cli.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.cli.local.FunctionCalls;
import dev.resync.engine.FunctionError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Function calls with the disturbances of a story between them, each right before the first call of its function. */
final class DisturbedCalls implements FunctionCalls {

    private final List<Disturbance> ahead;
    private final Consumer<Disturbance> changes;
    private Throwable failure;
    private Duration later = Duration.ZERO;

    /** @param changes makes the changes of one; time passes by itself */
    DisturbedCalls(List<Disturbance> disturbances, Consumer<Disturbance> changes) {
        this.ahead = new ArrayList<>(disturbances);
        this.changes = changes;
    }

    @Override
    public JsonNode around(String function, JsonNode payload, Supplier<JsonNode> call) throws FunctionError {
        disturb(function);
        return call.get();
    }

    /** Other calls wait until all has happened, so that none of this function sees half of it. */
    private synchronized void disturb(String function) {
        List<Disturbance> due =
                ahead.stream().filter(each -> each.before().equals(function)).toList();
        ahead.removeAll(due);
        for (Disturbance each : due) {
            try {
                changes.accept(each);
            } catch (RuntimeException | AssertionError e) {
                // Raised here it would look like a failure of the function.
                failure = failure == null ? e : failure;
            }
            later = later.plusMinutes(each.minutes());
        }
    }

    /** Returns how much later it is than it would be. */
    synchronized Duration later() {
        return later;
    }

    /** Fails where a disturbance could not be made, or its function was never called. */
    synchronized void requireAllHappened() {
        if (failure != null) {
            throw new AssertionError("What the story says could not be done", failure);
        }
        if (!ahead.isEmpty()) {
            throw new AssertionError("The run never came to what the story says: " + ahead);
        }
    }
}

package dev.resync.cli.drill;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.cli.wire.WireCommand;
import dev.resync.cli.wire.WireRule.Fate;
import java.time.Duration;
import java.util.function.Consumer;

/** Stops the execution at a moment, and does what the kind says to the event or to the clocks. */
final class StopInjection extends Injection {

    private static final int MOST_MINUTES = 5;

    private final Runnable stop;

    /** @param stop stops the execution of the phase */
    StopInjection(Fault fault, Runnable stop) {
        super(fault);
        this.stop = stop;
    }

    @Override
    Fate command(WireCommand command) {
        boolean alsoStops = fault().kind() != FaultKind.CLOCK_SKEW || fault().variant() % 2 == 1;
        if (strikes(command) && alsoStops) {
            stop.run();
        }
        return Fate.PASSED;
    }

    @Override
    void event(JsonNode event, Consumer<JsonNode> rule) {
        if (fault().kind() == FaultKind.LOST_EVENT && hit()) {
            return;
        }
        rule.accept(event);
        if (fault().kind() == FaultKind.DOUBLED_EVENT) {
            rule.accept(event);
        }
    }

    /** A thread stands for a machine with a clock of its own. */
    @Override
    Duration skew() {
        if (fault().kind() != FaultKind.CLOCK_SKEW) {
            return Duration.ZERO;
        }
        long machine = Thread.currentThread().getId() + fault().variant();
        return Duration.ofMinutes(machine % (2 * MOST_MINUTES + 1) - MOST_MINUTES);
    }
}

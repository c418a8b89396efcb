package dev.resync.cli.drill;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.cli.drill.Fault.Phase;
import dev.resync.cli.wire.WireCommand;
import dev.resync.cli.wire.WireRule.Fate;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Stops the execution at a moment, and does what the kind says to the event or to the clocks. */
final class StopInjection extends Injection {

    private static final int MOST_MINUTES = 5;

    private final BooleanSupplier stop;

    /** @param stop stops the execution of the phase; returns whether its run was on record by then */
    StopInjection(Fault fault, BooleanSupplier stop) {
        super(fault);
        this.stop = stop;
    }

    @Override
    Fate command(WireCommand command) {
        if (strikes(command) && stops(fault())) {
            boolean onRecord = stop.getAsBoolean();
            // No event tells of a restore: it is its closing that comes twice, and only where there is something to
            // close.
            if (fault().kind() == FaultKind.DOUBLED_EVENT && fault().phase() != Phase.EXECUTE && onRecord) {
                markHit();
            }
        }
        return Fate.PASSED;
    }

    /** Returns whether the execution is stopped, which clocks alone do not. */
    static boolean stops(Fault fault) {
        return fault.kind() != FaultKind.CLOCK_SKEW || fault.variant() % 2 == 1;
    }

    /** A lost event has hit once somebody finds the run that it left open, a doubled one once it has come twice. */
    @Override
    boolean hitsAtOnce() {
        return fault().kind() != FaultKind.LOST_EVENT && fault().kind() != FaultKind.DOUBLED_EVENT;
    }

    @Override
    void event(JsonNode event, Consumer<JsonNode> rule) {
        if (fault().kind() == FaultKind.LOST_EVENT && struck()) {
            return;
        }
        rule.accept(event);
        if (fault().kind() == FaultKind.DOUBLED_EVENT && struck()) {
            rule.accept(event);
            markHit();
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

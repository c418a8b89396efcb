package dev.resync.cli.drill;

import dev.resync.cli.wire.WireCommand;
import dev.resync.cli.wire.WireRule.Fate;
import java.util.function.IntConsumer;

/** Sends events that belong to no stopped run. */
final class StrayEventInjection extends Injection {

    private final IntConsumer send;

    /** @param send sends the event of a variant; returns at once */
    StrayEventInjection(Fault fault, IntConsumer send) {
        super(fault);
        this.send = send;
    }

    @Override
    Fate command(WireCommand command) {
        if (strikes(command)) {
            send.accept(fault().variant());
        }
        return Fate.PASSED;
    }
}

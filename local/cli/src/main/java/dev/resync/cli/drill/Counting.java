package dev.resync.cli.drill;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.cli.drill.Fault.Phase;
import dev.resync.cli.drill.FaultKind.Counted;
import dev.resync.cli.wire.WireCommand;
import dev.resync.cli.wire.WireRule.Fate;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Strikes nothing and counts what there is to strike. */
final class Counting extends Injection {

    private final Map<Counted, AtomicInteger> counts = new EnumMap<>(Counted.class);

    Counting(Phase phase) {
        super(new Fault(FaultKind.STOP, phase, null, Integer.MAX_VALUE, 0, Fault.AfterFailure.WAIT, null));
        for (Counted counted : Counted.values()) {
            counts.put(counted, new AtomicInteger());
        }
    }

    @Override
    Fate command(WireCommand command) {
        count(Counted.COMMANDS, command.works());
        count(Counted.WRITES, command.writes());
        count(Counted.RENAMES, command.renames());
        return Fate.PASSED;
    }

    @Override
    JsonNode call(String function, JsonNode payload, Supplier<JsonNode> call) {
        count(Counted.CALLS, true);
        return call.get();
    }

    private void count(Counted counted, boolean counts) {
        if (counts) {
            this.counts.get(counted).incrementAndGet();
        }
    }

    /** Returns what was counted. */
    Map<Counted, Integer> counts() {
        Map<Counted, Integer> now = new EnumMap<>(Counted.class);
        counts.forEach((counted, count) -> now.put(counted, count.get()));
        return now;
    }
}

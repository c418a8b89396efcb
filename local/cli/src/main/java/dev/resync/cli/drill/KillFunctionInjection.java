package dev.resync.cli.drill;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.cli.lambda.FunctionProcess;
import dev.resync.cli.wire.WireCommand;
import dev.resync.cli.wire.WireRule.Fate;
import dev.resync.engine.FunctionError;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Makes the calls of one function in processes of their own, and kills one of these at one of its commands to the database,
 * before or after the command is sent on.
 */
final class KillFunctionInjection extends Injection {

    private static final int MOST_COMMANDS = 12;

    private final FunctionProcesses processes;
    /** The function whose calls are made in processes, from the one that is struck on. */
    private final AtomicReference<String> victim = new AtomicReference<>();

    private final AtomicBoolean killed = new AtomicBoolean();
    private final AtomicInteger commands = new AtomicInteger();
    private final AtomicInteger calls = new AtomicInteger();

    KillFunctionInjection(Fault fault, FunctionProcesses processes) {
        super(fault);
        this.processes = processes;
    }

    @Override
    JsonNode call(String function, JsonNode payload, Supplier<JsonNode> call) throws FunctionError {
        boolean can = FunctionProcesses.FUNCTIONS.contains(function) && matches(function);
        if (can && calls.incrementAndGet() >= fault().at()) {
            victim.compareAndSet(null, function);
        }
        return function.equals(victim.get())
                ? processes.call(function, payload, process -> command -> judge(command, process))
                : call.get();
    }

    private Fate judge(WireCommand command, FunctionProcess process) {
        int last = fault().variant() / 2 % MOST_COMMANDS + 1;
        if (command.works() && commands.incrementAndGet() >= last && killed.compareAndSet(false, true)) {
            markHit();
            process.kill();
            return fault().variant() % 2 == 0 ? Fate.LOST : Fate.PASSED;
        }
        return Fate.PASSED;
    }
}

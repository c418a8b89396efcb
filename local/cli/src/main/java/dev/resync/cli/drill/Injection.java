package dev.resync.cli.drill;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.cli.wire.WireCommand;
import dev.resync.cli.wire.WireRule.Fate;
import dev.resync.engine.FunctionError;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Does one fault to one phase of a drill. Called from many threads at once. */
class Injection {

    private final Fault fault;
    private final Pattern on;
    private final AtomicInteger counted = new AtomicInteger();
    private final AtomicBoolean hit = new AtomicBoolean();
    private final Set<String> called = ConcurrentHashMap.newKeySet();
    /** Functions that were called before it struck; null before that. */
    private final AtomicReference<Set<String>> struckAfter = new AtomicReference<>();

    Injection(Fault fault) {
        this.fault = fault;
        this.on = fault.on() == null ? null : Pattern.compile(fault.on());
    }

    final Fault fault() {
        return fault;
    }

    /** Returns whether it did what its kind says, rather than only coming in the way of something. */
    final boolean hit() {
        return hit.get();
    }

    /** Says that it did what its kind says. */
    final void markHit() {
        strike();
        hit.set(true);
    }

    /** Returns whether anything was done. */
    final boolean struck() {
        return struckAfter.get() != null;
    }

    /** Returns whether it struck after a function was called for the first time. */
    final boolean struckAfter(String function) {
        return struck() && struckAfter.get().contains(function);
    }

    /** Returns whether it struck before any other function than this one was called. */
    final boolean struckWithin(String function) {
        return struck() && Set.of(function).containsAll(struckAfter.get());
    }

    /** Says that something is done now; returns whether nothing was before. */
    final boolean strike() {
        return struckAfter.compareAndSet(null, Set.copyOf(called));
    }

    /** Told of each function before it is called. */
    final void calling(String function) {
        called.add(function);
    }

    /** Judges a command on its way to the database. */
    Fate command(WireCommand command) {
        return Fate.PASSED;
    }

    /** Makes a function call. */
    JsonNode call(String function, JsonNode payload, Supplier<JsonNode> call) throws FunctionError {
        return call.get();
    }

    /** Delivers the event of an execution that stopped. */
    void event(JsonNode event, Consumer<JsonNode> rule) {
        rule.accept(event);
    }

    /** Returns how far the clock of the calling thread is off. */
    Duration skew() {
        return Duration.ZERO;
    }

    /** Called once the run is closed: what was held back goes on now. Returns when it has ended. */
    void release() {}

    /** Counts a command that matches; returns whether it is the one to strike. */
    final boolean strikes(WireCommand command) {
        boolean counts =
                switch (fault.kind().counted()) {
                    case COMMANDS -> command.works();
                    case WRITES -> command.writes();
                    case RENAMES -> command.renames();
                    case CALLS -> false;
                };
        return counts && strikes(command.name() + " " + command.destination());
    }

    /** Counts a function or a command that matches; returns whether it is the one to strike. */
    final boolean strikes(String name) {
        if (!matches(name) || counted.incrementAndGet() != fault.at()) {
            return false;
        }
        strike();
        if (hitsAtOnce()) {
            markHit();
        }
        return true;
    }

    /** Returns whether to strike is to hit; where it is not, {@link #markHit} says so later. */
    boolean hitsAtOnce() {
        return true;
    }

    /** Returns whether the fault may strike what has this name. */
    final boolean matches(String name) {
        return on == null || on.matcher(name).find();
    }
}

package dev.resync.bench.growth;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resync.bench.growth.GrowthReport.Spent;
import dev.resync.bench.link.RangeQueries;
import dev.resync.cli.local.FunctionCalls;
import dev.resync.engine.FunctionError;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Takes the time of each function, one call at a time, or where wanted of its range queries alone. */
final class FunctionTimes implements FunctionCalls {

    private final Clocks clocks;
    private final RangeQueries queries;
    private final ExtraScans scans;
    private final Map<String, Spent> rows = new LinkedHashMap<>();
    private String machine;
    private long nanosInside;

    private FunctionTimes(Clocks clocks, RangeQueries queries, ExtraScans scans) {
        this.clocks = clocks;
        this.queries = queries;
        this.scans = scans;
    }

    /** Takes the time of the functions. */
    static FunctionTimes ofCalls(Clocks clocks) {
        return new FunctionTimes(clocks, null, null);
    }

    /**
     * Asks the range queries of each call once more, right after it, and takes the time that they cost extra.
     *
     * @param queries of the functions' client
     * @param scans measures one
     */
    static FunctionTimes ofScans(Clocks clocks, RangeQueries queries, ExtraScans scans) {
        return new FunctionTimes(clocks, queries, scans);
    }

    /** Begins with another state machine. */
    synchronized void begin(String ofMachine) {
        machine = ofMachine;
        nanosInside = 0;
    }

    /** Returns how long the state machine was in functions, taking their times included, since it began. */
    synchronized double secondsInside() {
        return nanosInside / 1e9;
    }

    @Override
    public JsonNode around(String function, JsonNode payload, Supplier<JsonNode> call) throws FunctionError {
        long entered = System.nanoTime();
        JsonNode answer = queries == null ? timed(function, call) : scanned(function, call);
        synchronized (this) {
            nanosInside += System.nanoTime() - entered;
        }
        return answer;
    }

    private JsonNode timed(String function, Supplier<JsonNode> call) {
        Clocks.Time begun = clocks.now();
        JsonNode answer = call.get();
        add(function, clocks.now().minus(begun));
        return answer;
    }

    private JsonNode scanned(String function, Supplier<JsonNode> call) {
        queries.take(); // of the platform itself, between two calls
        JsonNode answer = call.get();
        add(function, queries.take().stream().map(scans::of).reduce(Clocks.Time.NONE, Clocks.Time::plus));
        return answer;
    }

    private synchronized void add(String function, Clocks.Time time) {
        rows.merge(machine + ": " + function, new Spent(1, time, Clocks.Time.NONE), Spent::plus);
    }

    /** Returns the rows, in the order in which the functions were first called. */
    synchronized Map<String, Spent> rows() {
        return new LinkedHashMap<>(rows);
    }

    /** Returns the sum of all functions of a state machine. */
    synchronized Spent sum(String ofMachine) {
        return rows.entrySet().stream()
                .filter(row -> row.getKey().startsWith(ofMachine + ": "))
                .map(Map.Entry::getValue)
                .reduce(new Spent(0, Clocks.Time.NONE, Clocks.Time.NONE), Spent::plus);
    }
}

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
    private Clocks.Time began = Clocks.Time.NONE;
    private Clocks.Time inside = Clocks.Time.NONE;

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
        inside = Clocks.Time.NONE;
        began = own();
    }

    /**
     * Returns what the state machine has taken since it began while none of its functions was at work: time, and processors of this
     * process.
     */
    synchronized Clocks.Time outside() {
        return own().minus(began).minus(inside);
    }

    /** The server is not asked: that would take time outside of the functions. */
    private static Clocks.Time own() {
        return new Clocks.Time(System.nanoTime() / 1e9, Clocks.ownProcessors());
    }

    @Override
    public JsonNode around(String function, JsonNode payload, Supplier<JsonNode> call) throws FunctionError {
        Clocks.Time entered = own();
        JsonNode answer = queries == null ? timed(function, call) : scanned(function, call);
        synchronized (this) {
            inside = inside.plus(own().minus(entered));
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

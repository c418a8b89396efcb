package dev.resync.lifecycle;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resync.error.CallUnfinished;
import dev.resync.error.ResyncException;
import dev.resync.fixture.FakeExecutions.Started;
import dev.resync.fixture.RunFixture;
import dev.resync.fixture.Stops.Died;
import dev.resync.lifecycle.Flight.Freeze;
import dev.resync.run.ExecutionStatus;
import dev.resync.store.ControlJson;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** The service that executes state machines, one function call at a time, and the functions in flight. */
final class ExecutionService {

    private static final int MOST_ATTEMPTS = 3;
    private static final Set<String> REPEATED =
            Set.of("DatabaseUnavailable", "ChunkChanged", "ChunkOverdue", "ExecutionsUnavailable", "RunSuspended");

    private final RunFixture fixture;
    private final Runnable afterEachCall;
    private final Consumer<String> log;
    private final Duration longestCall;
    private final List<SimulatedExecution> executions = new ArrayList<>();
    private final Map<Flight, SimulatedExecution> flights = new LinkedHashMap<>();
    /** The call that an execution waits for; what an earlier one answers counts no more. */
    private final Map<SimulatedExecution, Flight> awaited = new HashMap<>();

    private final Map<Flight, Instant> begun = new HashMap<>();
    private final Map<SimulatedExecution, Integer> attempts = new HashMap<>();
    private final Map<String, Flight> last = new HashMap<>();
    private final List<ObjectNode> events = new ArrayList<>();
    private final List<Call> calls = new ArrayList<>();
    private final Set<Started> started = new HashSet<>();

    /**
     * @param longestCall how long a call lives; a frozen one that is let go later dies
     * @param afterEachCall run when a call has ended or is frozen
     * @param log told what happens
     */
    ExecutionService(RunFixture fixture, Duration longestCall, Runnable afterEachCall, Consumer<String> log) {
        this.fixture = fixture;
        this.longestCall = longestCall;
        this.afterEachCall = afterEachCall;
        this.log = log;
        fixture.executions().beforeStatus(() -> Flight.operation("status"));
    }

    /** Starts an execution of the resync state machine. */
    SimulatedExecution resync(String what, ObjectNode request) {
        String arn = fixture.newExecution();
        return start(what, arn, true, "admit", fixture.admission(request, arn));
    }

    /** Starts an execution of the restore state machine with a request. */
    SimulatedExecution restore(ObjectNode request) {
        String arn = fixture.newExecution();
        return start("restore", arn, false, "admit", fixture.admission(request, arn));
    }

    /** Starts an execution of the restore state machine that closes a run. */
    SimulatedExecution close(String what, ObjectNode input) {
        String arn = fixture.newExecution();
        return start(what, arn, false, "close-run", input.deepCopy().put("by", arn));
    }

    void reconcile() {
        start(
                "reconcile",
                fixture.newExecution(),
                false,
                "reconcile",
                ControlJson.mapper().createObjectNode());
    }

    private SimulatedExecution start(String what, String arn, boolean resync, String first, ObjectNode input) {
        SimulatedExecution execution =
                new SimulatedExecution("e" + executions.size() + " " + what, arn, resync, first, input);
        fixture.executions().set(arn, ExecutionStatus.RUNNING);
        executions.add(execution);
        return execution;
    }

    /** A call that was made. */
    record Call(SimulatedExecution execution, String function, ObjectNode event) {}

    /** Calls the next function; returns whether the call has ended. */
    boolean step(SimulatedExecution execution, Freeze freeze) {
        ObjectNode event = execution.event();
        String function = execution.function();
        Flight flight =
                Flight.start(execution.toString(), () -> fixture.call(function, event), within(function, freeze));
        calls.add(new Call(execution, function, event));
        flights.put(flight, execution);
        begun.put(flight, fixture.clock().instant());
        awaited.put(execution, flight);
        last.put(function, flight);
        settle(flight);
        return flight.ended();
    }

    /** Makes a call once more; nobody waits for its answer. */
    void repeat(Call call) {
        Flight flight = Flight.start(
                "late " + call.function() + " of " + call.execution().name(),
                () -> fixture.call(call.function(), call.event()),
                Freeze.NEVER);
        flights.put(flight, call.execution());
        begun.put(flight, fixture.clock().instant());
        settle(flight);
    }

    /** Returns the calls that were made, latest first. */
    List<Call> calls() {
        return latestFirst(calls);
    }

    /** Makes a place to freeze one that the function comes to, as far as its last call tells. */
    private Freeze within(String function, Freeze freeze) {
        Flight before = last.get(function);
        int operations = before == null ? 0 : before.operations(freeze.writesOnly());
        return freeze.skip() < 0 || operations == 0
                ? freeze
                : new Freeze(freeze.skip() % operations, freeze.writesOnly());
    }

    /** Lets a frozen function go on. */
    void letGo(Flight flight, Freeze freeze) {
        if (fixture.clock().instant().isAfter(begun.get(flight).plus(longestCall))) {
            die(flight);
            return;
        }
        log.accept("let go: " + flight);
        flight.goOn(freeze);
        settle(flight);
    }

    /** Makes a frozen function die. */
    void die(Flight flight) {
        log.accept("dies: " + flight);
        flight.die();
        settle(flight);
    }

    private void settle(Flight flight) {
        SimulatedExecution execution = flights.get(flight);
        if (!flight.ended()) {
            log.accept(flight + " (frozen)");
            afterEachCall.run();
            return;
        }
        flights.remove(flight);
        log.accept(flight + ": " + (flight.raised() == null ? flight.answer() : flight.raised()));
        requireNamed(flight.raised());
        if (awaited.get(execution) == flight && execution.active()) {
            if (flight.raised() == null) {
                attempts.remove(execution);
                execution.answered(flight.answer());
                fixture.executions().set(execution.arn(), execution.status());
            } else {
                raised(execution, flight.raised());
            }
        }
        afterEachCall.run();
        for (Started restore : fixture.executions().started()) {
            if (started.add(restore)) {
                close("close", ControlJson.mapper().createObjectNode().put("runId", restore.runId()));
            }
        }
    }

    private static void requireNamed(Throwable raised) {
        if (raised != null && !(raised instanceof ResyncException) && !(raised instanceof Died)) {
            throw new AssertionError("an error without a name: " + raised, raised);
        }
    }

    private void raised(SimulatedExecution execution, Throwable error) {
        if (error instanceof CallUnfinished) {
            // As often as it takes, which is bounded by how long a call lives.
            fixture.clock().pass(Duration.ofSeconds(30));
            return;
        }
        boolean repeated =
                error instanceof Died || REPEATED.contains(error.getClass().getSimpleName());
        if (!repeated || attempts.merge(execution, 1, Integer::sum) >= MOST_ATTEMPTS) {
            end(execution, ExecutionStatus.FAILED);
        }
    }

    /** Ends an execution; the end of a resync raises an event. */
    void end(SimulatedExecution execution, ExecutionStatus status) {
        log.accept(execution + " is " + status);
        attempts.remove(execution);
        execution.status(status);
        fixture.executions().set(execution.arn(), status);
        if (execution.resync()) {
            events.add(ControlJson.mapper()
                    .createObjectNode()
                    .put("execution", execution.arn())
                    .put("stoppedAt", fixture.clock().millis()));
        }
    }

    /** Lets an ended execution go on where it stands. */
    void redrive(SimulatedExecution execution) {
        log.accept("redriven: " + execution);
        execution.status(ExecutionStatus.RUNNING);
        fixture.executions().set(execution.arn(), ExecutionStatus.RUNNING);
    }

    /** Returns those that run, latest first. */
    List<SimulatedExecution> active() {
        return latestFirst(executions).stream()
                .filter(SimulatedExecution::active)
                .toList();
    }

    /** Returns those that can be redriven, latest first. */
    List<SimulatedExecution> redrivable() {
        return latestFirst(executions).stream()
                .filter(execution -> !execution.active() && execution.status() != ExecutionStatus.SUCCEEDED)
                .toList();
    }

    /** Returns the frozen functions, latest first. */
    List<Flight> flights() {
        return latestFirst(List.copyOf(flights.keySet()));
    }

    /** Returns all events, whether they arrived or not, latest first. */
    List<ObjectNode> events() {
        return latestFirst(events);
    }

    private static <T> List<T> latestFirst(List<T> all) {
        List<T> reversed = new ArrayList<>(all);
        Collections.reverse(reversed);
        return reversed;
    }
}

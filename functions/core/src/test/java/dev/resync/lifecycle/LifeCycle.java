package dev.resync.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mongodb.client.MongoClient;
import dev.resync.fixture.IdentifyingMongo;
import dev.resync.fixture.RunFixture;
import dev.resync.lifecycle.ExecutionService.Call;
import dev.resync.lifecycle.Flight.Freeze;
import dev.resync.run.ExecutionStatus;
import dev.resync.run.Run;
import dev.resync.run.RunState;
import dev.resync.store.ControlJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.bson.BsonDocument;

/** An installation to which actions happen, and what it must bring all runs to when nothing happens any more. */
final class LifeCycle {

    private static final int PEOPLE = 3;
    private static final int MOST_AT_ONCE = 6;
    private static final int LONGEST = 60;
    private static final int[] MINUTES = {1, 20, 61};
    /**
     * A name that live was renamed to stays taken for an hour only, and a call that writes to live is waited for as long as it
     * can live, so that what is later than any function may break it.
     */
    private static final Duration LAMBDA = Duration.ofMinutes(15);

    private static final Duration FOREVER = Duration.ofDays(1000);
    private static final Duration LONG = Duration.ofMinutes(61);
    private static final List<ExecutionStatus> STOPS =
            List.of(ExecutionStatus.ABORTED, ExecutionStatus.FAILED, ExecutionStatus.TIMED_OUT);

    /** What is special about live. */
    enum Beginning {
        /** Nothing. */
        WHOLE,
        /** One live collection does not exist at first, so that going back means to take it away. */
        MISSING,
        /** One live collection is changed in place. */
        IN_PLACE
    }

    private final RunFixture fixture;
    private final Promises promises;
    private final ExecutionService service;
    private final List<String> log = new ArrayList<>();
    private int versions;

    /**
     * @param client of an empty server
     * @param identities whether the server gives collections identities, as MongoDB does
     * @param beginning what is special about live
     */
    LifeCycle(MongoClient client, boolean identities, Beginning beginning) {
        MongoClient server = identities ? new IdentifyingMongo(client).client() : client;
        fixture = new RunFixture(client, new WatchedMongo(server, Flight::operation).client(), false).filled(PEOPLE);
        switch (beginning) {
            case WHOLE -> {}
            case MISSING -> fixture.without("nameView");
            case IN_PLACE -> fixture.inPlace("personView");
        }
        promises = new Promises(fixture);
        service = new ExecutionService(
                fixture, beginning == Beginning.WHOLE ? FOREVER : LAMBDA, promises::look, line -> log.add("  " + line));
    }

    /** Lets something happen; does nothing where there is nothing that it can happen to. */
    void perform(Action action) {
        log.add(action.toString());
        int which = action.which();
        switch (action.kind()) {
            case DRY_RUN -> startResync("dry run", fixture.request("DRY_RUN"), action.amount());
            case REAL_RUN ->
                startResync("real run", fixture.request("EXECUTE").put("confirm", fixture.planHash()), action.amount());
            case RESTORE ->
                pick(fixture.context().snapshots().all(), which).ifPresent(snapshot -> {
                    ObjectNode request = fixture.request("RESTORE").put("snapshot", snapshot.id());
                    request.remove("plan");
                    steps(service.restore(request), action.amount());
                });
            case RESUME ->
                pick(toResume(which), which)
                        .ifPresent(run -> startResync(
                                "resume",
                                fixture.request("EXECUTE")
                                        .put("resume", run.id())
                                        .put("from", "MAP"),
                                action.amount()));
            case STEP -> active(which).ifPresent(execution -> steps(execution, action.amount() + 1));
            case FREEZE_BEFORE_WRITE ->
                active(which).ifPresent(execution -> service.step(execution, new Freeze(action.amount(), true)));
            case FREEZE_BEFORE_OPERATION ->
                active(which).ifPresent(execution -> service.step(execution, new Freeze(action.amount(), false)));
            case FREEZE_CUT_OVER ->
                active(which).ifPresent(execution -> {
                    if (upTo("cut-over", execution)) {
                        service.step(execution, new Freeze(action.amount(), true));
                    }
                });
            case LET_GO -> pick(service.flights(), which).ifPresent(flight -> service.letGo(flight, next(action)));
            case LATE_CALL -> pick(toRepeat(action.amount() == 0), which).ifPresent(this::repeat);
            case DIE -> pick(service.flights(), which).ifPresent(service::die);
            case ABORT, FAIL, TIME_OUT -> active(which).ifPresent(execution -> service.end(execution, status(action)));
            case SUSPEND -> pick(resyncs(), which).ifPresent(execution -> suspend(execution, action.amount()));
            case HALF_SUSPEND ->
                pick(resyncs(), which)
                        .ifPresent(execution -> service.step(
                                closeAfter(execution, ExecutionStatus.FAILED), new Freeze(action.amount(), false)));
            case STOP_IN_CUT_OVER ->
                pick(resyncs(), which).ifPresent(execution -> stopInCutOver(execution, action.amount()));
            case REDRIVE -> pick(service.redrivable(), which).ifPresent(service::redrive);
            case EVENT ->
                pick(service.events(), which).ifPresent(event -> steps(service.close("event", event), action.amount()));
            case CLOSE ->
                pick(runs(), which)
                        .ifPresent(run -> steps(
                                service.close(
                                        "close",
                                        ControlJson.mapper().createObjectNode().put("runId", run.id())),
                                action.amount()));
            case RECONCILE -> service.reconcile();
            case PASS -> fixture.clock().pass(Duration.ofMinutes(MINUTES[action.amount() % MINUTES.length]));
        }
        promises.look();
    }

    private static Freeze next(Action action) {
        return action.amount() == 0 ? Freeze.NEVER : new Freeze(action.amount(), false);
    }

    private static ExecutionStatus status(Action action) {
        return switch (action.kind()) {
            case ABORT -> ExecutionStatus.ABORTED;
            case TIME_OUT -> ExecutionStatus.TIMED_OUT;
            default -> ExecutionStatus.FAILED;
        };
    }

    private void startResync(String what, ObjectNode request, int calls) {
        if (service.active().size() < MOST_AT_ONCE) {
            changeSources();
            steps(service.resync(what, request), calls);
        }
    }

    /** So that no two runs build the same view. */
    private void changeSources() {
        versions++;
        for (int i = 0; i < PEOPLE; i++) {
            fixture.collection("people")
                    .updateOne(
                            BsonDocument.parse("{_id: '%s'}".formatted(RunFixture.key(i))),
                            BsonDocument.parse("{$set: {name: 'Person %d of version %d'}}".formatted(i, versions)));
        }
    }

    private void suspend(SimulatedExecution execution, int calls) {
        if (execution.isBefore("map-chunk") && upTo("map-chunk", execution)) {
            steps(execution, calls);
        }
        if (execution.active()) {
            service.step(closeAfter(execution, ExecutionStatus.FAILED), Freeze.NEVER);
        }
    }

    private void stopInCutOver(SimulatedExecution execution, int calls) {
        if (upTo("cut-over", execution)) {
            service.step(execution, new Freeze(calls, true));
            steps(closeAfter(execution, ExecutionStatus.ABORTED), calls);
        }
    }

    /** Ends a resync and returns the execution that its event starts. */
    private SimulatedExecution closeAfter(SimulatedExecution execution, ExecutionStatus status) {
        service.end(execution, status);
        return service.close("event", service.events().get(0));
    }

    private void steps(SimulatedExecution execution, int calls) {
        boolean goOn = true;
        for (int i = 0; i < calls && goOn; i++) {
            goOn = execution.active() && service.step(execution, Freeze.NEVER) && execution.waitSeconds() == 0;
        }
    }

    private boolean upTo(String function, SimulatedExecution execution) {
        boolean goOn = true;
        for (int i = 0; i < LONGEST && goOn && !execution.function().equals(function); i++) {
            goOn = execution.active() && service.step(execution, Freeze.NEVER) && execution.waitSeconds() == 0;
        }
        return execution.active() && execution.function().equals(function);
    }

    private List<Call> toRepeat(boolean admissions) {
        return service.calls().stream()
                .filter(call -> !admissions || call.function().equals("admit"))
                .toList();
    }

    /** A run that waits to be resumed waits on, unless it is closed or its execution is at work. */
    private void repeat(Call call) {
        List<Run> waiting = inState(RunState.SUSPENDED);
        service.repeat(call);
        if (!call.execution().active() && !call.function().equals("close-run")) {
            for (Run run : waiting) {
                Run now = fixture.run(run.id());
                assertThat(now.epoch()).as("epoch of a run that waits").isEqualTo(run.epoch());
                assertThat(now.execution()).as("execution in charge").isEqualTo(run.execution());
            }
        }
    }

    private List<Run> inState(RunState state) {
        return runs().stream().filter(run -> run.state() == state).toList();
    }

    private Optional<SimulatedExecution> active(int which) {
        return pick(service.active(), which);
    }

    private List<SimulatedExecution> resyncs() {
        return service.active().stream().filter(SimulatedExecution::resync).toList();
    }

    private static <T> Optional<T> pick(List<T> all, int which) {
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(which % all.size()));
    }

    /** Returns the runs, latest first. */
    private List<Run> runs() {
        return fixture.context().runs().all();
    }

    /** Returns the runs that wait for it; now and then, where none does, all of them. */
    private List<Run> toResume(int which) {
        List<Run> waiting = runs().stream()
                .filter(run -> run.state() == RunState.SUSPENDED || run.state() == RunState.RESUMING)
                .toList();
        return waiting.isEmpty() && which < 2 ? runs() : waiting;
    }

    /** Ends all executions, lets time pass and the schedule do its work until all is quiet, and looks at what is left. */
    void drain(Random random) {
        log.add("drain");
        service.active().forEach(execution -> service.end(execution, STOPS.get(random.nextInt(STOPS.size()))));
        for (ObjectNode event : service.events()) {
            if (random.nextInt(4) == 0) {
                service.close("event", event);
            }
        }
        for (int round = 0; round < 12 && !quiet(); round++) {
            settle(random);
        }
        for (Flight flight : service.flights()) {
            service.letGo(flight, Freeze.NEVER);
        }
        // Strays of the very last functions, and displaced names.
        settle(random);
        settle(random);
        promises.end();
    }

    private void settle(Random random) {
        fixture.clock().pass(LONG);
        service.reconcile();
        for (int calls = 0; calls < 1000 && !service.active().isEmpty(); calls++) {
            if (random.nextInt(12) == 0) {
                pick(service.flights(), random.nextInt(100)).ifPresent(flight -> service.letGo(flight, Freeze.NEVER));
            }
            SimulatedExecution execution =
                    pick(service.active(), random.nextInt(100)).orElseThrow();
            service.step(execution, Freeze.NEVER);
            if (execution.waitSeconds() > 0) {
                fixture.clock().pass(Duration.ofMinutes(10));
            }
        }
    }

    private boolean quiet() {
        return service.flights().isEmpty() && runs().stream().allMatch(run -> run.state() == RunState.CLOSED);
    }

    /** Returns what happened, a line each. */
    List<String> log() {
        return List.copyOf(log);
    }
}

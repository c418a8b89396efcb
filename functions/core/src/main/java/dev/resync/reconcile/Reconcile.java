package dev.resync.reconcile;

import com.fasterxml.jackson.databind.JsonNode;
import com.mongodb.MongoException;
import dev.resync.close.Closing;
import dev.resync.error.ResyncException;
import dev.resync.run.Run;
import dev.resync.run.RunCollection;
import dev.resync.run.RunState;
import dev.resync.snapshot.Snapshot;
import dev.resync.stage.Stage;
import dev.resync.stage.StageContext;
import dev.resync.store.MongoStore;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * Finds what a lost event left behind: runs whose execution is gone are given to the restore state machine, closed runs give
 * back what they still hold, strays of closed runs are dropped. Works from the control data, so it may run at any time and
 * beside anything.
 */
public final class Reconcile implements Stage<JsonNode, Reconcile.Answer> {

    private static final Set<RunState> UNFINISHED =
            EnumSet.of(RunState.PENDING, RunState.OPEN, RunState.SUSPENDED, RunState.CLOSING, RunState.RESTORING);

    private final StageContext context;
    private final Closing closing;

    public Reconcile(StageContext context) {
        this.context = context;
        this.closing = new Closing(context);
    }

    /**
     * Answer of this stage.
     *
     * @param closing ids of runs given to the restore state machine
     * @param needOperator ids of runs that a person must look at
     * @param swept collections dropped
     */
    public record Answer(List<String> closing, List<String> needOperator, int swept) {}

    @Override
    public String name() {
        return "reconcile";
    }

    @Override
    public Class<JsonNode> input() {
        return JsonNode.class;
    }

    @Override
    public Answer run(JsonNode input) {
        List<String> given = new ArrayList<>();
        for (Run run : context.runs().inStates(UNFINISHED)) {
            guarded(run, () -> {
                if (abandoned(run)) {
                    given.add(giveToRestore(run));
                }
            });
        }
        List<Run> stuck = context.runs().inStates(EnumSet.of(RunState.NEEDS_OPERATOR));
        stuck.forEach(run -> context.audit().add("ALARM", run.id(), null, "still needs an operator"));
        int swept = sweep();
        return new Answer(given, stuck.stream().map(Run::id).toList(), swept);
    }

    /** One run that cannot be handled must not keep the others from being. */
    private void guarded(Run run, Runnable work) {
        try {
            work.run();
        } catch (ResyncException | MongoException e) {
            context.audit().add("ALARM", run.id(), null, "could not be reconciled: " + e.getMessage());
        }
    }

    private boolean abandoned(Run run) {
        if (run.state() == RunState.SUSPENDED && context.clock().instant().isBefore(run.resumeUntil())) {
            return false;
        }
        return run.state() == RunState.CLOSING
                || !context.executions().status(run.execution()).active();
    }

    private String giveToRestore(Run run) {
        if (run.state() == RunState.RESTORING) {
            context.audit().add("ALARM", run.id(), null, "a restore did not come to its end and is started again");
        }
        // A new name each time: an attempt that died without touching the run must not keep the next one from starting.
        context.executions()
                .startRestore(run.id(), String.valueOf(context.runs().beat(run).heartbeat()));
        return run.id();
    }

    private int sweep() {
        AtomicInteger dropped = new AtomicInteger();
        Set<String> withSnapshots =
                context.snapshots().all().stream().map(Snapshot::run).collect(Collectors.toCollection(TreeSet::new));
        for (Run run : context.runs().inStates(EnumSet.of(RunState.CLOSED))) {
            guarded(run, () -> dropped.addAndGet(sweep(run, withSnapshots.contains(run.id()))));
        }
        return dropped.get();
    }

    private int sweep(Run run, boolean hasSnapshots) {
        int before = collections(run);
        if (before == 0 && !hasSnapshots && context.locks().heldBy(run.id()).isEmpty()) {
            return 0;
        }
        closing.cleanUp(run);
        return before - collections(run);
    }

    private int collections(Run run) {
        int found = 0;
        Set<String> databases = new TreeSet<>(Set.of(MongoStore.CONTROL_DATABASE));
        run.targets().forEach(target -> databases.add(target.live().getDatabaseName()));
        for (String database : databases) {
            found += context.store()
                    .collectionNames(database, RunCollection.prefixOf(run.shortId()))
                    .size();
        }
        return found;
    }
}

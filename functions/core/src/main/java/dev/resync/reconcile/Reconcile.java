package dev.resync.reconcile;

import com.fasterxml.jackson.databind.JsonNode;
import com.mongodb.MongoException;
import dev.resync.admission.RequestTickets;
import dev.resync.error.ResyncException;
import dev.resync.retention.SnapshotSweep;
import dev.resync.retention.SnapshotSweep.Removed;
import dev.resync.run.Run;
import dev.resync.run.RunState;
import dev.resync.stage.Stage;
import dev.resync.stage.StageContext;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Finds what a lost event left behind: runs whose execution is gone are given to the restore state machine, closed runs give
 * back what they still hold, strays of closed runs are dropped, snapshots are removed that their plan lets go. Works from the
 * control data, so it may run at any time and beside anything.
 */
public final class Reconcile implements Stage<JsonNode, Reconcile.Answer> {

    private static final Set<RunState> UNFINISHED =
            EnumSet.complementOf(EnumSet.of(RunState.CLOSED, RunState.NEEDS_OPERATOR));

    private final StageContext context;
    private final RequestTickets tickets;
    private final StraySweep straySweep;
    private final SnapshotSweep snapshotSweep;
    private final OpenRunFigures figures;
    private final Standstills standstills;

    public Reconcile(StageContext context) {
        this.context = context;
        this.tickets = new RequestTickets(context);
        this.straySweep = new StraySweep(context);
        this.snapshotSweep = new SnapshotSweep(context);
        this.figures = new OpenRunFigures(context);
        this.standstills = new Standstills(context);
    }

    /**
     * Answer of this stage.
     *
     * @param closing ids of runs given to the restore state machine
     * @param needOperator ids of runs that a person must look at
     * @param swept number of collections dropped that closed runs left
     * @param removedSnapshots snapshots that their plans' retention let go, oldest first
     * @param damagedSnapshots ids of snapshots that are not what was sealed, and are kept
     * @param ownerless collections, and locks of namespaces, whose run is not on record, and are kept
     */
    public record Answer(
            List<String> closing,
            List<String> needOperator,
            int swept,
            List<Removed> removedSnapshots,
            List<String> damagedSnapshots,
            List<String> ownerless) {}

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
        List<Run> unfinished = context.runs().inStates(UNFINISHED);
        List<String> abandoned = new ArrayList<>();
        for (Run run : unfinished) {
            guarded(run, () -> {
                if (abandoned(run)) {
                    abandoned.add(run.id());
                    given.add(giveToRestore(run));
                } else {
                    standstills.look(run);
                }
            });
        }
        standstills.forgetAllBut(unfinished);
        List<Run> stuck = context.runs().inStates(EnumSet.of(RunState.NEEDS_OPERATOR));
        figures.runs(unfinished, abandoned.size(), stuck);
        stuck.forEach(run -> context.audit().add("ALARM", run.id(), null, "still needs an operator"));
        tickets.sweep();
        StraySweep.Result strays = straySweep.sweep();
        // Last, so that a manifest that a late function recorded is gone and not taken for a damaged snapshot.
        SnapshotSweep.Result snapshots = snapshotSweep.sweep();
        figures.snapshots();
        return new Answer(
                given,
                stuck.stream().map(Run::id).toList(),
                strays.dropped(),
                snapshots.removed(),
                snapshots.damaged(),
                strays.ownerless());
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
            String what = "a restore did not come to its end and is started again";
            context.audit().add("ALARM", run.id(), null, what);
            context.notices().alarm(run, what);
        }
        // A new name each time: an attempt that died without touching the run must not keep the next one from starting.
        context.executions()
                .startRestore(run.id(), String.valueOf(context.runs().beat(run).heartbeat()));
        return run.id();
    }
}

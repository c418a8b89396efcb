package dev.resync.status;

import dev.resync.approval.Approvals;
import dev.resync.run.Ending;
import dev.resync.run.Run;
import dev.resync.run.RunMode;
import dev.resync.run.RunState;
import dev.resync.stage.StageContext;
import dev.resync.status.RunAction.What;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Says what a person can do with a run; whether they may is another question. */
final class RunActions {

    private static final Set<RunState> STOPPABLE = EnumSet.of(RunState.PENDING, RunState.OPEN, RunState.SUSPENDED);

    private final StageContext context;

    RunActions(StageContext context) {
        this.context = context;
    }

    List<RunAction> of(Run run) {
        List<RunAction> actions = new ArrayList<>();
        if (run.state() == RunState.CLOSED) {
            afterEnd(run, actions);
        } else {
            meanwhile(run, actions);
        }
        looks(run, actions);
        return actions;
    }

    private void meanwhile(Run run, List<RunAction> actions) {
        boolean stoppable = STOPPABLE.contains(run.state()) || (run.state() == RunState.RESTORING && !run.rollback());
        if (stoppable) {
            add(
                    actions,
                    What.STOP,
                    run.cutOverAt() == null
                            ? "Ends the run; live stays what it is."
                            : "Ends the run; what is cut over already is taken back.");
        }
        if (run.state() == RunState.SUSPENDED) {
            add(actions, What.REDRIVE, "Has its execution go on where it failed, until " + run.resumeUntil() + ".");
            add(actions, What.RESUME, "Goes on from MAP in a new execution, until " + run.resumeUntil() + ".");
        }
        if (run.state().working() && !run.rollback()) {
            if (run.held()) {
                add(actions, What.CONTINUE, "Lets the run go on.");
            } else if (run.cutOverAt() == null) {
                add(
                        actions,
                        What.HOLD,
                        "Has its functions wait after the batch at hand, until somebody lets them go on.");
            }
            add(actions, What.THROTTLE, "Limits documents a second, or chunks at once.");
        }
        if (waitsForApproval(run)) {
            add(actions, What.APPROVE, "Lets the run cut over; not for " + run.asker() + ", who asked for it, to do.");
            add(actions, What.REFUSE, "Ends the run without a cut-over; live stays what it is.");
        }
    }

    private void afterEnd(Run run, List<RunAction> actions) {
        Instant now = context.clock().instant();
        boolean open = run.confirm() != null
                && run.confirm().usedBy() == null
                && now.isBefore(run.confirm().expiresAt());
        if (run.mode() == RunMode.DRY_RUN && open) {
            add(
                    actions,
                    What.CONFIRM,
                    "Starts the real run that this dry run allows, until "
                            + run.confirm().expiresAt() + ".");
        }
        boolean changed =
                run.ending() == Ending.CUT_OVER || (run.ending() == Ending.RESTORED && run.mode() == RunMode.RESTORE);
        boolean kept =
                run.wayBack() != null && context.snapshots().find(run.wayBack()).isPresent();
        if (changed && kept) {
            add(
                    actions,
                    What.RESTORE,
                    "Brings back what was live before this run, from snapshot " + run.wayBack() + ".");
        }
        if (run.receipt() != null) {
            add(actions, What.RECEIPT, "Says what the run did, and what live is now.");
        }
    }

    private static void looks(Run run, List<RunAction> actions) {
        if (!run.mode().fromSnapshot() && run.stages().containsKey("map-chunk")) {
            add(actions, What.QUARANTINE, "Shows the bundles that could not be mapped.");
        }
        if (run.verdict() != null && run.verdict().differences() != null) {
            add(actions, What.DIFF, "Shows how the new view differs from live.");
        }
    }

    private static void add(List<RunAction> actions, What what, String why) {
        actions.add(new RunAction(what, why));
    }

    /** Returns whether a run waits for somebody's word, which nobody has given yet. */
    boolean waitsForApproval(Run run) {
        return run.state() == RunState.OPEN
                && run.approvalToken() != null
                && run.cutOverAt() == null
                && !new Approvals(context).answered(run);
    }
}

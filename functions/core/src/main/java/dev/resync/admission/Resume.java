package dev.resync.admission;

import dev.resync.approval.Approval;
import dev.resync.close.Closing;
import dev.resync.close.NextEpoch;
import dev.resync.error.ConfirmationInvalid;
import dev.resync.error.ResumeRefused;
import dev.resync.plan.Plan;
import dev.resync.plan.SourcesHash;
import dev.resync.run.CollectionKind;
import dev.resync.run.ExecutionStatus;
import dev.resync.run.Run;
import dev.resync.run.RunCollection;
import dev.resync.run.RunState;
import dev.resync.run.RunUpdate;
import dev.resync.stage.StageContext;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/** Lets a suspended run go on from MAP in a new execution and a new epoch, with the staging that it has. */
final class Resume {

    private final StageContext context;
    private final NextEpoch nextEpoch;
    private final Closing closing;

    Resume(StageContext context) {
        this.context = context;
        this.nextEpoch = new NextEpoch(context);
        this.closing = new Closing(context);
    }

    /**
     * Resumes a run. Where a call dies on the way, the same execution may call again, and the closing may complete it as well.
     *
     * @throws ConfirmationInvalid where it is a real run, its plan changed, and the request does not give the new hash
     * @throws ResumeRefused where the run is not suspended, has no sealed staging, the plan's targets or sources changed, or
     *     someone else is faster
     */
    Run fromMap(Request request, String execution, String authenticatedAs) {
        Run run = context.runs().require(request.resume());
        if (execution.equals(run.execution())) {
            if (run.state() == RunState.RESUMING) {
                requireAtWork(run, execution);
            }
            // Redriven from its beginning, or called late: the epoch is this execution's already.
            return run.state() == RunState.SUSPENDED
                    ? context.runs().enter(run.id(), run.epoch())
                    : goOn(run, execution);
        }
        requireAtWork(run, execution);
        Plan plan = requireResumable(request, run);
        requireConfirmed(request, run, plan);
        context.checkpoints().reached("resume:checked");
        Run resuming = context.runs()
                .change(
                        run.id(),
                        run.epoch(),
                        EnumSet.of(RunState.SUSPENDED),
                        RunUpdate.set(
                                "state",
                                RunState.RESUMING,
                                "execution",
                                execution,
                                "resumers",
                                resumers(run, request, authenticatedAs),
                                "planHash",
                                plan.hash(),
                                "artifact",
                                context.artifact()))
                // Another call of this very admission may have done the same.
                .orElseGet(() -> context.runs().require(run.id()));
        context.checkpoints().reached("resume:taken");
        return goOn(resuming, execution);
    }

    /** Whoever has asked for it to go on has asked for it, however often it was resumed since. */
    private List<Approval> resumers(Run run, Request request, String authenticatedAs) {
        List<Approval> all = new ArrayList<>(run.resumers());
        all.add(new Approval(
                request.requestedBy(), authenticatedAs, context.clock().instant()));
        return all;
    }

    /** A call of an execution that has ended must not take the run from those who wait for a redrive of another one. */
    private void requireAtWork(Run run, String execution) {
        ExecutionStatus status = context.executions().status(execution);
        // A service may not know yet what it has only just started.
        if (!status.active() && status != ExecutionStatus.UNKNOWN) {
            throw refused(run, "execution " + execution + ", which asks for it, is " + status);
        }
    }

    private Plan requireResumable(Request request, Run run) {
        if (run.state() == RunState.RESUMING) {
            throw refused(
                    run,
                    "execution " + run.execution()
                            + " is resuming it; wait for that one, redrive it if it failed, or stop" + " the run");
        }
        if (run.state() != RunState.SUSPENDED) {
            throw refused(run, "it is " + run.state() + (run.ending() == null ? "" : " and ended " + run.ending()));
        }
        boolean staged = run.sealedAs(RunCollection.of(run, CollectionKind.STAGING)) != null && run.stagingEpoch() > 0;
        if (!staged || run.snapshot() == null) {
            throw refused(run, "it failed before its staging was sealed; redrive the execution instead");
        }
        if (request.plan() != null && !request.plan().equals(run.plan())) {
            throw refused(run, "the request names plan " + request.plan() + ", and it is one of plan " + run.plan());
        }
        Plan plan = context.plans().load(run.plan());
        List<String> targets = plan.targets().stream()
                .map(target -> target.name() + " " + target.namespace().getFullName())
                .toList();
        if (!targets.equals(run.targets().stream()
                .map(target -> target.name() + " " + target.namespace())
                .toList())) {
            throw refused(run, "the plan's targets changed; start a new run");
        }
        if (!SourcesHash.of(plan).equals(run.sourcesHash())) {
            throw refused(run, "the plan's sources changed, so that its staging no longer fits; start a new run");
        }
        return plan;
    }

    /** What was confirmed was the plan as it was then. A dry run cannot be asked for: this run holds the locks. */
    private static void requireConfirmed(Request request, Run run, Plan plan) {
        boolean asBefore = plan.hash().equals(run.planHash());
        if (run.mode().changesLive() && !asBefore && !plan.hash().equals(request.confirm())) {
            throw new ConfirmationInvalid("Run " + run.id() + " was confirmed for plan " + plan.name() + " with hash "
                    + run.planHash() + "; it has hash " + plan.hash() + " now, which no dry run of this run's has seen,"
                    + " and confirm is " + request.confirm()
                    + ". Look at what changed, then give the new hash under confirm; or stop the run, and start again with"
                    + " a dry run.");
        }
    }

    /** Completes what is RESUMING, and answers with what is OPEN, as long as this execution is in charge of it. */
    private Run goOn(Run run, String execution) {
        Run now = run;
        if (execution.equals(run.execution()) && run.state() == RunState.RESUMING) {
            now = nextEpoch.begin(run, RunState.OPEN, null).orElseGet(() -> close(run));
        }
        if (execution.equals(now.execution()) && now.state() == RunState.OPEN) {
            return now;
        }
        throw refused(now, "someone else resumed or closed it, and it is " + now.state() + " now");
    }

    private Run close(Run run) {
        Run closed =
                closing.proceed(closing.begin(run, EnumSet.of(RunState.RESUMING), ExecutionStatus.FAILED, run.error()));
        if (closed.state() == RunState.OPEN) {
            return closed;
        }
        throw refused(run, "its cut-over has begun after all; it is closed instead");
    }

    private static ResumeRefused refused(Run run, String why) {
        return new ResumeRefused("Run " + run.id() + " cannot be resumed from MAP: " + why + ".");
    }
}

package dev.resync.admission;

import dev.resync.close.MoveAway;
import dev.resync.error.ResumeRefused;
import dev.resync.plan.Plan;
import dev.resync.plan.SourcesHash;
import dev.resync.run.CollectionKind;
import dev.resync.run.Run;
import dev.resync.run.RunCollection;
import dev.resync.run.RunState;
import dev.resync.run.RunStore;
import dev.resync.run.Sealed;
import dev.resync.stage.StageContext;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;

/** Lets a suspended run go on from MAP in a new execution and a new epoch, with the staging that it has. */
final class Resume {

    private final StageContext context;
    private final MoveAway moveAway;

    Resume(StageContext context) {
        this.context = context;
        this.moveAway = new MoveAway(context);
    }

    /**
     * Resumes a run.
     *
     * @throws ResumeRefused where the run is not suspended, has no sealed staging, or the plan's targets or sources changed
     */
    Run fromMap(Request request, String execution) {
        Run run = context.runs().require(request.resume());
        if (execution.equals(run.execution()) && run.state() == RunState.OPEN) {
            return run;
        }
        if (execution.equals(run.execution()) && run.state() == RunState.SUSPENDED) {
            return context.runs().enter(run.id(), run.epoch());
        }
        String staging = RunCollection.of(run, CollectionKind.STAGING).key();
        Sealed sealed = run.sealed().get(staging);
        if (run.state() != RunState.SUSPENDED) {
            throw refused(run, "it is " + run.state() + (run.ending() == null ? "" : " and ended " + run.ending()));
        }
        if (sealed == null || run.stagingEpoch() == 0 || run.snapshot() == null) {
            throw refused(run, "it failed before its staging was sealed; redrive the execution instead");
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
        // Before anything else: a cut-over of the epoch so far may still be in flight, and must find nothing to rename.
        if (!moveAway.fence(run, run.epoch()).none()) {
            throw refused(run, "its cut-over has begun after all; it is closed instead");
        }
        return context.runs()
                .change(
                        run.id(),
                        run.epoch(),
                        EnumSet.of(RunState.SUSPENDED),
                        RunStore.raisingEpoch(RunStore.set(
                                "state",
                                RunState.OPEN,
                                "execution",
                                execution,
                                "resumedBy",
                                request.requestedBy(),
                                "planHash",
                                plan.hash(),
                                "artifact",
                                context.artifact(),
                                "sealed",
                                Map.of(staging, sealed),
                                "open",
                                null,
                                "verdict",
                                null,
                                "error",
                                null)))
                .orElseThrow(() -> refused(run, "someone else resumed or closed it at the same time"));
    }

    private static ResumeRefused refused(Run run, String why) {
        return new ResumeRefused("Run " + run.id() + " cannot be resumed from MAP: " + why + ".");
    }
}

package dev.resync.admission;

import com.mongodb.MongoNamespace;
import dev.resync.chunk.ChunkPlan;
import dev.resync.chunk.ChunkPlanStore;
import dev.resync.plan.Plan;
import dev.resync.plan.SourcePlan;
import dev.resync.run.Ending;
import dev.resync.run.Run;
import dev.resync.run.RunMode;
import dev.resync.run.RunTarget;
import dev.resync.stage.StageContext;
import dev.resync.verify.TargetComparison;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says whether what a dry run found still holds, from counts that the server keeps: nothing is read in bulk. */
final class DryRunStanding {

    private final StageContext context;

    DryRunStanding(StageContext context) {
        this.context = context;
    }

    /** Returns the last dry run of this very plan that passed and is young enough; empty where there is none. */
    Optional<Run> lastPassed(Plan plan) {
        return context
                .runs()
                .endedSince(context.clock()
                        .instant()
                        .minus(context.environment().dryRun().maxAge()))
                .stream()
                .filter(run -> run.mode() == RunMode.DRY_RUN
                        && plan.hash().equals(run.planHash())
                        && run.environment().equals(context.environment().name())
                        && run.verdict() != null
                        && run.verdict().passed())
                .max(Comparator.comparing(Run::endedAt));
    }

    /** Returns why a passed dry run no longer speaks of what there is now; empty where it does. */
    Optional<String> outdated(Run dryRun, Plan plan) {
        return replacedSince(dryRun).or(() -> driftOfTargets(dryRun)).or(() -> driftOfSources(dryRun, plan));
    }

    private Optional<String> replacedSince(Run dryRun) {
        List<String> targets =
                dryRun.targets().stream().map(RunTarget::namespace).toList();
        return context.runs().endedSince(dryRun.endedAt()).stream()
                .filter(run -> run.ending() == Ending.CUT_OVER || run.ending() == Ending.RESTORED)
                .filter(run -> !run.id().equals(dryRun.id()))
                .flatMap(run -> run.targets().stream()
                        .map(RunTarget::namespace)
                        .filter(targets::contains)
                        .map(target -> "run " + run.id() + " replaced " + target + " at " + run.endedAt()))
                .findFirst();
    }

    private Optional<String> driftOfTargets(Run dryRun) {
        for (TargetComparison target : dryRun.verdict().targets()) {
            RunTarget live = dryRun.target(target.target());
            Optional<String> drift = drift(
                    "target " + target.target(), live.live(), target.live().documents());
            if (drift.isPresent()) {
                return drift;
            }
        }
        return Optional.empty();
    }

    private Optional<String> driftOfSources(Run dryRun, Plan plan) {
        Map<String, Long> counted = new ChunkPlanStore(context.store())
                .find(ChunkPlan.id(dryRun.id(), dryRun.stagingEpoch()))
                .map(ChunkPlan::counted)
                .orElse(Map.of());
        for (SourcePlan source : plan.sources()) {
            Optional<String> drift =
                    drift("source " + source.name(), source.namespace(), counted.getOrDefault(source.name(), 0L));
            if (drift.isPresent()) {
                return drift;
            }
        }
        return Optional.empty();
    }

    private Optional<String> drift(String what, MongoNamespace where, long then) {
        long now = context.store().size(where).documents();
        double share = Math.abs(now - then) / (double) Math.max(1, then);
        double limit = context.environment().dryRun().maxDriftShare();
        return share > limit
                ? Optional.of(what + " had " + then + " documents in the dry run and has " + now + ", a share of "
                        + share + ", limit " + limit + " (dryRun.maxDriftShare of the environment)")
                : Optional.empty();
    }
}

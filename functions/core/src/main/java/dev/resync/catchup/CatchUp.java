package dev.resync.catchup;

import dev.resync.chunk.Chunk;
import dev.resync.chunk.ChunkStage;
import dev.resync.error.GateRefused;
import dev.resync.plan.Plan;
import dev.resync.plan.SourcePlan;
import dev.resync.run.Run;
import dev.resync.run.Sealed;
import dev.resync.run.StageRecord;
import dev.resync.shadow.MappedTotals;
import dev.resync.stage.RunInput;
import dev.resync.stage.RunPlans;
import dev.resync.stage.Stage;
import dev.resync.stage.StageContext;
import dev.resync.verify.Accounts;
import dev.resync.verify.GateResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Looks once more at the sources that say when a document was changed, and maps what was changed since they were read. Staging
 * stays as it is; shadows and quarantine are made anew where anything differs, and the gates must be asked again. What was
 * removed from a source since is not seen.
 */
public final class CatchUp implements Stage<RunInput, CatchUp.Answer> {

    private final StageContext context;
    private final RunPlans plans;

    public CatchUp(StageContext context) {
        this.context = context;
        this.plans = new RunPlans(context);
    }

    /**
     * Answer of this stage.
     *
     * @param documents source documents that were added or changed since they were read
     * @param verify whether the gates are to be asked again: the shadows are others now, which no verdict speaks of, or the
     *     verdict would be too old for a cut-over before long
     */
    public record Answer(long documents, boolean verify) {}

    @Override
    public String name() {
        return "catch-up";
    }

    @Override
    public Class<RunInput> input() {
        return RunInput.class;
    }

    @Override
    public Answer run(RunInput input) {
        Instant startedAt = context.clock().instant();
        Run run = context.runs().enter(input.runId(), input.epoch());
        if (run.restoring()) {
            return new Answer(0, false);
        }
        Plan plan = plans.of(run);
        boolean off = plan.gates().catchUp().maxDocuments() == 0;
        List<SourcePlan> sources = plan.sources().stream()
                .filter(source -> !off && source.modifiedField() != null)
                .toList();
        if (sources.isEmpty()) {
            return new Answer(0, ageing(run, plan));
        }
        // Once for each mapping: a second look would make shadows that the verdict of the first does not speak of.
        Run now = run.caughtUp() == null ? catchUp(run, plan, sources) : run;
        long documents = now.caughtUp().documents();
        context.runs()
                .stageDone(
                        now,
                        new StageRecord(
                                name(), 0, documents, startedAt, context.clock().instant()));
        return new Answer(documents, documents > 0 || ageing(now, plan));
    }

    /** An approval may have taken most of the time for which the verdict counts. */
    private boolean ageing(Run run, Plan plan) {
        Duration expiry = plan.gates().verdictExpiry();
        return run.verdict() != null
                && context.clock().instant().isAfter(run.verdict().at().plus(expiry.dividedBy(2)));
    }

    private Changes changes(Run run, Plan plan, List<SourcePlan> sources) {
        try {
            return new ChangeScan(context.store(), plan, run).scan(sources);
        } catch (GateRefused refused) {
            // The verdict says what it refused, as it does of every other gate.
            if (run.verdict() != null) {
                long limit = plan.gates().catchUp().maxDocuments();
                GateResult gate =
                        new GateResult("catch-up", "sources", limit, limit + 1.0, false, refused.getMessage());
                context.verdicts()
                        .record(
                                run,
                                run.verdict().refusedBy(gate, context.clock().instant()));
            }
            throw refused;
        }
    }

    private Run catchUp(Run run, Plan plan, List<SourcePlan> sources) {
        Instant at = context.clock().instant();
        Changes changes = changes(run, plan, sources);
        List<Chunk> synced = context.chunks().allDone(run.id(), run.stagingEpoch(), ChunkStage.SYNC);
        List<Chunk> mapped = context.chunks().allDone(run.id(), run.epoch(), ChunkStage.MAP);
        MappedTotals totals = MappedTotals.of(run.id(), synced, mapped);
        if (changes.documents() == 0) {
            return context.verdicts().recordCaughtUp(run, Map.of(), new CaughtUp(at, Map.of(), Map.of(), 0, totals));
        }
        Remapping remapping = new Remapping(context, plan, run, changes);
        Map<String, Sealed> sealed = remapping.remake();
        MappedTotals now = totals.with(remapping.before(), remapping.after());
        Accounts.requireBalanced(run.id(), now.sources());
        context.checkpoints().reached("catch-up:remade");
        return context.verdicts()
                .recordCaughtUp(
                        run,
                        sealed,
                        new CaughtUp(
                                at,
                                changes.bySource(),
                                changes.replaced(),
                                changes.keys().size(),
                                now));
    }
}

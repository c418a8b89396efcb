package dev.resync.verify;

import dev.resync.chunk.Chunk;
import dev.resync.chunk.ChunkPlanStore;
import dev.resync.chunk.ChunkStage;
import dev.resync.chunk.KeyRange;
import dev.resync.drift.LiveDrift;
import dev.resync.environment.ScheduledRun;
import dev.resync.error.GateRefused;
import dev.resync.error.SealMismatch;
import dev.resync.error.StartRefused;
import dev.resync.hash.ContentHash;
import dev.resync.mapping.BundleMapper;
import dev.resync.metrics.Metric;
import dev.resync.pace.RunWatch;
import dev.resync.plan.GateLimits;
import dev.resync.plan.GateLimits.DriftLimits;
import dev.resync.plan.GateLimits.DriftPolicy;
import dev.resync.plan.Plan;
import dev.resync.plan.Sensitivity;
import dev.resync.run.CollectionKind;
import dev.resync.run.Nonce;
import dev.resync.run.Run;
import dev.resync.run.RunCollection;
import dev.resync.run.RunMode;
import dev.resync.run.RunTarget;
import dev.resync.run.Sealed;
import dev.resync.run.StageRecord;
import dev.resync.shadow.MappedTotals;
import dev.resync.snapshot.Snapshot;
import dev.resync.snapshot.SnapshotTarget;
import dev.resync.stage.Deadline;
import dev.resync.stage.RunInput;
import dev.resync.stage.RunPlans;
import dev.resync.stage.StageContext;
import dev.resync.stage.TimedStage;
import dev.resync.store.CollectionShape;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Compares the sealed shadows with live, asks every gate, and records the verdict. For a dry run of a restore, which has no
 * shadows, it compares the snapshot itself.
 */
public final class Verify implements TimedStage<RunInput, Verify.Answer> {

    private static final DriftLimits NO_DRIFT = new DriftLimits(DriftPolicy.REFUSE, 0);

    private final StageContext context;
    private final RunPlans plans;
    private final LiveDrift drift;
    private final DifferenceStore differences;

    public Verify(StageContext context) {
        this.context = context;
        this.plans = new RunPlans(context);
        this.drift = new LiveDrift(context);
        this.differences = new DifferenceStore(context.store());
    }

    /**
     * Answer of this stage.
     *
     * @param passed always true; a refusal raises {@link GateRefused}
     * @param gates number of gates asked
     * @param verdictSeconds how long the verdict counts, and so how long an approval may take, in seconds, 1 or more
     */
    public record Answer(boolean passed, int gates, long verdictSeconds) {}

    @Override
    public String name() {
        return "verify";
    }

    @Override
    public Class<RunInput> input() {
        return RunInput.class;
    }

    @Override
    public Answer run(RunInput input, Deadline deadline) {
        Instant startedAt = context.clock().instant();
        RunWatch watch = new RunWatch(context, deadline, context.runs().enter(input.runId(), input.epoch()));
        Run run = watch.awaitRelease();
        Verdict verdict = recorded(run, watch);
        long documents = verdict.targets().stream()
                .mapToLong(target -> target.shadow().documents())
                .sum();
        context.runs()
                .stageDone(
                        run,
                        new StageRecord(
                                name(), 0, documents, startedAt, context.clock().instant()));
        if (!verdict.passed()) {
            throw new GateRefused(refusal(run, verdict.gates()));
        }
        return new Answer(true, verdict.gates().size(), verdictSeconds(run));
    }

    /** A renewed verdict is relied on, and a call that comes late or twice must not undo that. */
    private Verdict recorded(Run run, RunWatch watch) {
        boolean renewed = run.verdict() != null
                && run.verdict().renewed()
                && run.verdict().epoch() == run.epoch();
        if (renewed) {
            return run.verdict();
        }
        Verdict verdict = judge(run, new Comparison(context.store(), watch::over));
        context.checkpoints().reached("verify:judged");
        Verdict counts = context.verdicts().record(run, verdict).verdict();
        differences.discard(counts, run.verdict(), verdict);
        return counts;
    }

    private Verdict judge(Run run, Comparison comparison) {
        if (run.mode() == RunMode.RESTORE_DRY_RUN) {
            RestoreDryRun.Found found = new RestoreDryRun(context, comparison).compare(run);
            return verdict(run, found.gates(), found.targets(), null);
        }
        return run.restoring() ? judgeRestore(run, comparison) : judgeRun(run, comparison);
    }

    /** Nobody is asked to approve a restore. */
    private long verdictSeconds(Run run) {
        return run.restoring()
                ? 1
                : Math.max(1, plans.of(run).gates().verdictExpiry().toSeconds());
    }

    private Verdict judgeRun(Run run, Comparison comparison) {
        Plan plan = plans.of(run);
        List<Chunk> synced = context.chunks().allDone(run.id(), run.stagingEpoch(), ChunkStage.SYNC);
        List<Chunk> mapped = context.chunks().allDone(run.id(), run.epoch(), ChunkStage.MAP);
        MappedTotals totals = run.caughtUp() == null
                ? MappedTotals.of(run.id(), synced, mapped)
                : run.caughtUp().totals();
        List<TargetComparison> targets = new ArrayList<>();
        List<TargetDifferences> found = new ArrayList<>();
        Sensitivity sensitivity = new Sensitivity(plan);
        Map<String, CollectionShape> liveShapes = new TreeMap<>();
        Map<String, CollectionShape> shadowShapes = new TreeMap<>();
        for (RunTarget target : run.targets()) {
            Sealed shadow = run.sealedAs(RunCollection.of(run, CollectionKind.SHADOW, target));
            Comparison.Compared compared = comparison.compareFields(
                    target.live(), shadow.where(), plan.target(target.name()), sensitivity, coverOf(mapped));
            requireSealed(run, target, shadow, compared.comparison());
            targets.add(compared.comparison());
            found.add(compared.differences());
            context.store().shape(target.live()).ifPresent(shape -> liveShapes.put(target.name(), shape));
            shadowShapes.put(target.name(), shapeOf(run, shadow));
        }
        Run looked = keepDrift(run, targets);
        // Before the verdict that makes it known.
        String report = differences.keep(
                new DifferenceReport(run.id(), run.epoch(), context.clock().instant(), found, totals.unmappedFields()),
                Nonce.of(context.random(), 2));
        long quarantined = run.sealedAs(RunCollection.of(run, CollectionKind.QUARANTINE))
                .content()
                .documents();
        context.metrics()
                .say(Metric.QUARANTINE_SHARE, totals.bundles() == 0 ? 0 : (double) quarantined / totals.bundles());
        Evidence evidence = new Evidence(
                run.startedAt(),
                plan,
                limits(run, plan),
                looked.drift(),
                new ChunkPlanStore(context.store())
                        .require(run.id(), run.stagingEpoch())
                        .counted(),
                totals.sources(),
                run.caughtUp(),
                Accounts.newest(synced),
                totals.bundles(),
                quarantined,
                ruleHits(plan, run, totals.ruleHits()),
                targets,
                liveShapes,
                shadowShapes,
                consumerQueries(run, plan));
        return verdict(run, Gates.judge(evidence), targets, report);
    }

    /** Nobody confirms a run that a schedule starts: its verdict does, with the stricter limits of the profile. */
    private GateLimits limits(Run run, Plan plan) {
        if (!run.start().scheduled() || run.mode() != RunMode.EXECUTE) {
            return plan.gates();
        }
        ScheduledRun allowed = context.environment()
                .scheduled(plan.name())
                .filter(scheduled -> scheduled.planHash().equals(plan.hash()))
                .orElseThrow(() -> new StartRefused("Environment "
                        + context.environment().shown() + " no longer lets a schedule run plan " + plan.name()
                        + " for real; run " + run.id() + " is not published."));
        return plan.gates()
                .noLooserThan(allowed.maxShrinkShare(), allowed.maxChangeShare(), allowed.maxQuarantineShare());
    }

    /** What others changed during the run is kept, whatever becomes of the run. */
    private Run keepDrift(Run run, List<TargetComparison> targets) {
        Snapshot snapshot = context.snapshots().require(run.snapshot());
        Run now = run;
        for (TargetComparison target : targets) {
            if (!snapshot.target(target.target()).content().equals(target.live())) {
                now = drift.keep(now, run.target(target.target()));
            }
        }
        return now;
    }

    private List<Evidence.QueryCount> consumerQueries(Run run, Plan plan) {
        return plan.gates().consumerQueries().stream()
                .map(query -> {
                    Sealed shadow =
                            run.sealedAs(RunCollection.of(run, CollectionKind.SHADOW, run.target(query.target())));
                    long found = context.store().raw(shadow.where()).countDocuments(query.filter());
                    return new Evidence.QueryCount(query, found);
                })
                .toList();
    }

    /** A restore must bring back exactly the snapshot; what live holds now does not matter. */
    private Verdict judgeRestore(Run run, Comparison comparison) {
        Snapshot snapshot = context.snapshots().require(run.restoreFrom());
        List<Chunk> restored = context.chunks().all(run.id(), run.epoch(), ChunkStage.RESTORE);
        List<GateResult> gates = new ArrayList<>();
        List<TargetComparison> targets = new ArrayList<>();
        for (RunTarget target : run.targetsToReplace()) {
            SnapshotTarget wanted = snapshot.target(target.name());
            TargetComparison compared;
            if (run.drops(target)) {
                compared = comparison.allRemoved(target.name(), target.live());
            } else {
                List<KeyRange> cover = restored.stream()
                        .filter(chunk -> chunk.target() == target.index())
                        .map(Chunk::keys)
                        .toList();
                Sealed shadow = run.sealedAs(RunCollection.of(run, CollectionKind.SHADOW, target));
                compared = comparison.compare(target.name(), target.live(), shadow.where(), null, cover);
                requireSealed(run, target, shadow, compared);
                gates.addAll(Gates.shape(target.name(), wanted.shape(), shapeOf(run, shadow)));
            }
            targets.add(compared);
            gates.add(Gates.equalsSnapshot(snapshot.id(), wanted, compared.shadow(), run.drops(target)));
        }
        if (!run.rollback()) {
            // A roll-back must not wait for writers to stop; a restore on request can be asked for again.
            Run looked = keepDrift(run, targets);
            targets.forEach(target -> gates.add(Gates.drift(NO_DRIFT, target, looked.drift())));
        }
        // What a run that goes back was about to publish stays what people ask for.
        String report = run.rollback() && run.verdict() != null ? run.verdict().differences() : null;
        return verdict(run, gates, targets, report);
    }

    private void requireSealed(Run run, RunTarget target, Sealed shadow, TargetComparison comparison) {
        if (!comparison.shadow().equals(shadow.content())) {
            requireAtWork(run);
            throw new SealMismatch("The sealed shadow of " + target.namespace() + " holds "
                    + comparison.shadow().documents() + " documents with hash "
                    + comparison.shadow().sum()
                    + "; sealed were " + shadow.content().documents() + " with hash "
                    + shadow.content().sum() + ". Someone wrote to " + shadow.where() + "; start a new run.");
        }
    }

    private CollectionShape shapeOf(Run run, Sealed shadow) {
        return context.store().shape(shadow.where()).orElseThrow(() -> {
            requireAtWork(run);
            return new SealMismatch("The sealed shadow " + shadow.namespace() + " of run " + run.id()
                    + " is gone. Find out who removed it, then start a new run.");
        });
    }

    /** Whoever closes a run moves its shadows away, which is no fault of theirs. */
    private void requireAtWork(Run run) {
        context.runs().enter(run.id(), run.epoch());
    }

    /** The map chunks have no complement, since transformed keys are all of one type; live's own keys need not be. */
    private static List<KeyRange> coverOf(List<Chunk> mapped) {
        List<KeyRange> cover = new ArrayList<>(mapped.stream().map(Chunk::keys).toList());
        cover.add(new KeyRange(cover.get(0).family(), null, null, true));
        return cover;
    }

    private static Map<String, Long> ruleHits(Plan plan, Run run, List<Long> counts) {
        List<String> ids = new BundleMapper(plan, run.startedAt()).ruleIds();
        Map<String, Long> hits = new TreeMap<>();
        for (int i = 0; i < counts.size(); i++) {
            hits.put(ids.get(i), counts.get(i));
        }
        return hits;
    }

    private Verdict verdict(Run run, List<GateResult> gates, List<TargetComparison> targets, String report) {
        Map<String, ContentHash> shadows =
                targets.stream().collect(Collectors.toMap(TargetComparison::target, TargetComparison::shadow));
        boolean passed = gates.stream().allMatch(GateResult::passed);
        return new Verdict(context.clock().instant(), run.epoch(), passed, false, shadows, gates, targets, report);
    }

    private static String refusal(Run run, List<GateResult> gates) {
        String failed = gates.stream()
                .filter(gate -> !gate.passed())
                .map(GateResult::toString)
                .collect(Collectors.joining("; "));
        return "Run " + run.id() + " is refused, live is unchanged. " + failed
                + ". Mend the sources or the plan; limits stand in the plan under gates.";
    }
}

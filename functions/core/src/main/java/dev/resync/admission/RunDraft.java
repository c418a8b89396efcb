package dev.resync.admission;

import dev.resync.environment.StartWay;
import dev.resync.error.EnvironmentMismatch;
import dev.resync.error.PlanInvalid;
import dev.resync.error.PlanUnknown;
import dev.resync.error.RequestInvalid;
import dev.resync.pace.RunPace;
import dev.resync.plan.Apply;
import dev.resync.plan.Plan;
import dev.resync.plan.SourcesHash;
import dev.resync.plan.TargetPlan;
import dev.resync.run.Run;
import dev.resync.run.RunId;
import dev.resync.run.RunMode;
import dev.resync.run.RunStart;
import dev.resync.run.RunState;
import dev.resync.run.RunTarget;
import dev.resync.snapshot.Snapshot;
import dev.resync.snapshot.SnapshotTarget;
import dev.resync.stage.StageContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Turns a request into the record of a run, after checking all that can be checked before anything is written. */
final class RunDraft {

    /** Documents of each collection that a chunk of a restore is planned for, unless the request says otherwise. */
    private static final int RESTORE_CHUNK_DOCUMENTS = 10_000;

    private final StageContext context;
    private final Fitness fitness;
    private final Confirmations confirmations;
    private final StartRules startRules;

    RunDraft(StageContext context) {
        this.context = context;
        this.fitness = new Fitness(context.store());
        this.confirmations = new Confirmations(context);
        this.startRules = new StartRules(context.environment());
    }

    Run of(Request request, String execution, Instant startedAt, String authenticatedAs) {
        Optional<Run> before = context.runs().findByExecution(execution);
        if (before.isPresent()) {
            return before.get();
        }
        return request.mode().fromSnapshot()
                ? restore(request, execution, startedAt, authenticatedAs)
                : resync(request, execution, startedAt, authenticatedAs);
    }

    private Run resync(Request request, String execution, Instant startedAt, String authenticatedAs) {
        Plan plan = context.plans().load(request.plan());
        fitness.require(plan);
        RunId id = RunId.of(context.environment().name(), plan.name(), startedAt, execution);
        if (request.mode() == RunMode.EXECUTE) {
            requireConfirmed(request, plan, id.id());
        }
        List<RunTarget> targets = new ArrayList<>();
        for (TargetPlan target : plan.targets()) {
            targets.add(
                    new RunTarget(target.name(), target.namespace().getFullName(), targets.size(), target.apply(), 0));
        }
        return run(
                id,
                request,
                execution,
                startedAt,
                authenticatedAs,
                plan.name(),
                plan,
                targets,
                request.chunkDocuments() == null ? plan.chunkDocuments() : request.chunkDocuments(),
                request.resumeMinutes() == null ? (int) plan.resumeWithin().toMinutes() : request.resumeMinutes(),
                null,
                List.of());
    }

    private void requireConfirmed(Request request, Plan plan, String runId) {
        if (request.via() == StartWay.SCHEDULE) {
            startRules.requireScheduled(request, plan);
        } else {
            confirmations.require(request, plan, runId);
        }
    }

    /** A schedule is one request for each time. */
    private static String idempotencyKey(Request request) {
        return request.via() == StartWay.SCHEDULE ? IdempotencyKeys.keyOf(request) : request.idempotencyKey();
    }

    private Run restore(Request request, String execution, Instant startedAt, String authenticatedAs) {
        Snapshot snapshot = context.snapshots().require(request.snapshot());
        if (!snapshot.environment().equals(context.environment().name())) {
            throw new EnvironmentMismatch(
                    "Snapshot " + snapshot.id() + " was taken in environment " + snapshot.environment() + "; this is "
                            + context.environment().name() + ". Choose another snapshot.");
        }
        List<SnapshotTarget> chosen = chosen(snapshot, request.only());
        List<RunTarget> targets = new ArrayList<>();
        for (SnapshotTarget target : chosen) {
            RunTarget restored =
                    new RunTarget(target.name(), target.live(), targets.size(), apply(snapshot, target), 0);
            fitness.requireTarget(restored.live(), true, restored.apply());
            targets.add(restored);
        }
        return run(
                RunId.of(context.environment().name(), snapshot.plan(), startedAt, execution),
                request,
                execution,
                startedAt,
                authenticatedAs,
                snapshot.plan(),
                null,
                targets,
                request.chunkDocuments() == null ? RESTORE_CHUNK_DOCUMENTS : request.chunkDocuments(),
                0,
                snapshot.id(),
                // Closing a run that might drop a target puts a collection in its place; a dry run must make none.
                chosen.stream()
                        .filter(target -> request.mode().changesLive() && target.isAbsent())
                        .map(SnapshotTarget::name)
                        .toList());
    }

    /** As the plan says now, for what made it say so may be newer than the snapshot; as it said then where it is gone. */
    private Apply apply(Snapshot snapshot, SnapshotTarget target) {
        try {
            return context.plans().load(snapshot.plan()).targets().stream()
                    .filter(planned -> planned.name().equals(target.name()))
                    .map(TargetPlan::apply)
                    .findFirst()
                    .orElse(target.apply());
        } catch (PlanUnknown | PlanInvalid gone) {
            return target.apply();
        }
    }

    /** A chunk of sync reads all sources, one of an apply the new view and live. */
    private static int chunkCollections(Plan plan, List<RunTarget> targets) {
        boolean inPlace = targets.stream().anyMatch(target -> target.apply() == Apply.IN_PLACE);
        return Math.max(plan == null ? 1 : plan.sources().size(), inPlace ? 2 : 1);
    }

    /** In the order of the snapshot, however they were asked for. */
    private static List<SnapshotTarget> chosen(Snapshot snapshot, List<String> only) {
        List<String> known =
                snapshot.targets().stream().map(SnapshotTarget::name).toList();
        List<String> unknown = new ArrayList<>(only);
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            throw new RequestInvalid("only names " + String.join(", ", unknown) + "; snapshot " + snapshot.id()
                    + " holds " + String.join(", ", known) + ". Name some of these, or leave it out for all of them.");
        }
        return snapshot.targets().stream()
                .filter(target -> only.isEmpty() || only.contains(target.name()))
                .toList();
    }

    private Run run(
            RunId id,
            Request request,
            String execution,
            Instant startedAt,
            String authenticatedAs,
            String plan,
            Plan parsed,
            List<RunTarget> targets,
            int chunkDocuments,
            int resumeMinutes,
            String restoreFrom,
            List<String> dropTargets) {
        int limit = context.environment().maxConcurrency();
        int concurrency = request.concurrency() == null ? limit : Math.min(limit, request.concurrency());
        boolean approval =
                request.mode() == RunMode.EXECUTE && context.environment().approval();
        return new Run(
                id.id(),
                id.shortId(),
                execution,
                execution,
                plan,
                parsed == null ? null : parsed.hash(),
                parsed == null ? null : SourcesHash.of(parsed),
                context.artifact(),
                context.environment().name(),
                request.mode(),
                RunState.PENDING,
                1,
                0,
                new RunStart(request.via(), authenticatedAs, request.scheduledTime(), idempotencyKey(request)),
                request.requestedBy(),
                List.of(),
                request.reason(),
                startedAt,
                null,
                concurrency,
                chunkDocuments,
                chunkCollections(parsed, targets),
                RunPace.FREE,
                approval,
                targets,
                0,
                null,
                false,
                restoreFrom,
                request.only(),
                null,
                dropTargets,
                resumeMinutes,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }
}

package dev.resync.drift;

import com.fasterxml.jackson.databind.JsonNode;
import com.mongodb.MongoNamespace;
import dev.resync.chunk.ChunkPlanner;
import dev.resync.chunk.KeyRange;
import dev.resync.cutover.JournalStep;
import dev.resync.drift.DriftScan.Found;
import dev.resync.error.LiveDrifted;
import dev.resync.hash.ContentHash;
import dev.resync.hash.HashSum;
import dev.resync.plan.GateLimits.DriftLimits;
import dev.resync.plan.GateLimits.DriftPolicy;
import dev.resync.plan.Plan;
import dev.resync.run.CollectionKind;
import dev.resync.run.Nonce;
import dev.resync.run.Run;
import dev.resync.run.RunCollection;
import dev.resync.run.RunTarget;
import dev.resync.run.Sealed;
import dev.resync.snapshot.SnapshotTarget;
import dev.resync.stage.RunPlans;
import dev.resync.stage.StageContext;
import dev.resync.store.BulkWriter;
import dev.resync.store.ControlJson;
import java.util.List;
import java.util.Optional;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/**
 * Finds what others changed in live since the run's snapshot, keeps it, and either refuses the run for it or carries it over
 * into the new view, as the plan says.
 */
public final class LiveDrift {

    /** How often live is looked at again after drift was carried over: whoever writes all the time must be stopped first. */
    static final int MOST_LOOKS = 3;

    private final StageContext context;
    private final RunPlans plans;
    private final ChunkPlanner planner;
    private final DriftScan scan;
    private final ShapeDrift shape;

    public LiveDrift(StageContext context) {
        this.context = context;
        this.plans = new RunPlans(context);
        this.planner = new ChunkPlanner(context.store());
        this.scan = new DriftScan(context.store());
        this.shape = new ShapeDrift(context);
    }

    /**
     * Makes sure that live is still what the run's snapshot copied, or that the new view has what others own of the difference.
     * Not for a roll-back, which must not wait for writers to stop.
     *
     * @return the run as it is now: its shadows may be others
     * @throws LiveDrifted where drift is refused, is more than the plan lets be carried, or does not come to an end
     */
    public Run settle(Run run) {
        if (!run.restoring()) {
            shape.requireNone(run);
        }
        Run now = run;
        for (int look = 1; !now.rollback(); look++) {
            List<RunTarget> drifted = drifted(now);
            if (drifted.isEmpty()) {
                return now;
            }
            for (RunTarget target : drifted) {
                now = look <= MOST_LOOKS && carries(now) ? carry(now, target) : refuse(now, target);
            }
        }
        return now;
    }

    private List<RunTarget> drifted(Run run) {
        return run.targetsToReplace().stream()
                .filter(target -> !known(run, target).equals(contentOf(target.live())))
                .toList();
    }

    /** What live may hold without being looked into. */
    private ContentHash known(Run run, RunTarget target) {
        CarriedOver carried = run.carriedOver().get(target.name());
        return carried != null ? carried.live() : copy(run, target).content();
    }

    private ContentHash contentOf(MongoNamespace collection) {
        return HashSum.of(context.store().scan(collection));
    }

    /** Once a cut-over has begun its shadows stay what they are. */
    private boolean carries(Run run) {
        return !run.restoring() && run.cutOverAt() == null && limits(run).policy() == DriftPolicy.CARRY;
    }

    private DriftLimits limits(Run run) {
        return plans.of(run).gates().drift();
    }

    private SnapshotTarget copy(Run run, RunTarget target) {
        return context.snapshots().require(run.snapshot()).target(target.name());
    }

    private Run refuse(Run run, RunTarget target) {
        boolean replaced = context.journal().of(run.id(), run.epoch()).stream()
                .anyMatch(entry -> entry.step() != JournalStep.PLANNED);
        if (replaced) {
            throw new LiveDrifted("Live " + target.namespace() + " is being replaced by another call of run " + run.id()
                    + "; this one changed nothing.");
        }
        Run kept = keep(run, target);
        Drift drift = kept.drift().get(target.name());
        throw new LiveDrifted("Run " + run.id() + " may not cut over " + target.namespace() + ": "
                + (drift == null ? "live was changed since its snapshot, and back again" : drift)
                + ". Stop whatever writes to it, then start a new run; live is unchanged.");
    }

    /**
     * Keeps the documents that drifted, unless they are kept already.
     *
     * @return the run with what was found; without, where nothing drifted after all
     */
    public Run keep(Run run, RunTarget target) {
        MongoNamespace kept = newCollection(run, CollectionKind.DRIFT, target);
        context.store().create(kept, new BsonDocument());
        Found found;
        try (BulkWriter writer = BulkWriter.ofCopies(context.store(), kept)) {
            found = scan.scan(
                    target.live(),
                    copy(run, target),
                    cover(run, target),
                    (range, drifted) -> drifted.forEach(writer::write));
        }
        if (found.examples().isEmpty()) {
            context.store().drop(kept);
            return run;
        }
        Drift drift = drift(run, found, kept);
        return context.verdicts().recordDrift(run, target.name(), drift);
    }

    private List<KeyRange> cover(Run run, RunTarget target) {
        SnapshotTarget copy = copy(run, target);
        return planner.forComparison(run, target.live(), copy.isAbsent() ? target.live() : copy.where());
    }

    private Run carry(Run run, RunTarget target) {
        Plan plan = plans.of(run);
        RunCollection shadow = RunCollection.of(run, CollectionKind.SHADOW, target);
        Sealed present = run.sealedAs(shadow);
        CarriedOver earlier = run.carriedOver().get(target.name());
        // Never from a shadow that something was carried over to: its owner may have taken that back since.
        Sealed base = earlier == null ? present : earlier.base();
        MongoNamespace kept = newCollection(run, CollectionKind.DRIFT, target);
        context.store().create(kept, new BsonDocument());
        MongoNamespace patched = newCollection(run, CollectionKind.SHADOW, target);
        Found found;
        CarriedShadow carried = new CarriedShadow(context.store(), base, patched, plan.target(target.name()));
        try (BulkWriter writer = BulkWriter.ofCopies(context.store(), kept);
                carried) {
            carried.create();
            found = scan.scan(target.live(), copy(run, target), cover(run, target), (range, drifted) -> {
                drifted.forEach(writer::write);
                carried.write(range, drifted);
            });
        }
        Drift drift = drift(run, found, kept);
        requireWithin(plan.gates().drift(), run, target, drift);
        Sealed after = carried.prove();
        context.checkpoints().reached("drift:carried:" + target.name());
        CarriedOver over = new CarriedOver(base, drift.live(), carried.carried());
        Optional<Run> recorded =
                context.verdicts().recordCarried(run, shadow.key(), present, after, target.name(), over, drift);
        // Another call was faster, or a cut-over has begun: what this one made is dropped when the run is closed.
        return recorded.orElseGet(() -> context.runs().enter(run.id(), run.epoch()));
    }

    private void requireWithin(DriftLimits limits, Run run, RunTarget target, Drift drift) {
        double share = drift.documents() / (double) Math.max(1, drift.live().documents());
        if (share > limits.maxShare()) {
            context.verdicts().recordDrift(run, target.name(), drift);
            throw new LiveDrifted("Run " + run.id() + " may not carry over what others changed in " + target.namespace()
                    + ": a share of " + share + ", limit " + limits.maxShare() + "; " + drift
                    + ". Stop whatever writes to it, then start a new run; live is unchanged.");
        }
    }

    private Drift drift(Run run, Found found, MongoNamespace kept) {
        return new Drift(
                kept.getFullName(),
                contentOf(kept),
                found.live(),
                found.changed(),
                found.added(),
                found.removed(),
                shownKeys(run, found).stream()
                        .map(key -> ControlJson.fromBson(new BsonDocument("v", key), JsonNode.class)
                                .get("v"))
                        .toList(),
                context.clock().instant());
    }

    /** A plan may hide its keys, and a restore has none to ask. */
    private List<BsonValue> shownKeys(Run run, Found found) {
        return run.restoring() || plans.of(run).keySensitive() ? List.of() : found.examples();
    }

    /** A name that no other call knows. */
    private MongoNamespace newCollection(Run run, CollectionKind kind, RunTarget target) {
        String nonce = Nonce.of(context.random(), 1);
        return RunCollection.of(run, kind, target).sealed(0, nonce);
    }
}

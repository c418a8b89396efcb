package dev.resync.run;

import dev.resync.approval.Approval;
import dev.resync.catchup.CaughtUp;
import dev.resync.drift.CarriedOver;
import dev.resync.drift.Drift;
import dev.resync.store.ControlJson;
import dev.resync.verify.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.BsonDocument;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;

/**
 * What the {@code runs} collection says of a verdict and of the shadows that it speaks of. Every change is a compare-and-set on
 * those that the run was read with, so that a call that comes late or twice changes nothing that is relied on.
 */
public final class VerdictStore {

    private final RunStore runs;

    public VerdictStore(RunStore runs) {
        this.runs = runs;
    }

    /**
     * Records a verdict, unless another one was recorded, one was renewed, or the shadows became others since the run was read.
     *
     * @return the run as it is now: its verdict counts
     */
    public Run record(Run run, Verdict verdict) {
        BsonDocument filter = withShadowsOf(run, RunStore.working(run))
                .append(
                        "verdict.at",
                        orNull(run.verdict() == null ? null : run.verdict().at()));
        return runs.changeWhere(filter, RunUpdate.set("verdict", verdict))
                .orElseGet(() -> runs.enter(run.id(), run.epoch()));
    }

    /**
     * Puts other shadows and quarantine in the place of the sealed ones, with what was changed in the sources since they were
     * read, unless somebody did so since the run was read.
     *
     * @param sealed the collections by key; empty where nothing was changed
     * @return the run as it is now
     */
    public Run recordCaughtUp(Run run, Map<String, Sealed> sealed, CaughtUp caughtUp) {
        BsonDocument filter = withShadowsOf(run, cuttable(run)).append("caughtUp", BsonNull.VALUE);
        List<Object> fields = new ArrayList<>(List.of("caughtUp", caughtUp));
        sealed.forEach((key, value) -> fields.addAll(List.of("sealed." + key, value)));
        return runs.changeWhere(filter, RunUpdate.set(fields.toArray()))
                .orElseGet(() -> runs.enter(run.id(), run.epoch()));
    }

    /**
     * Puts another shadow in the place of a sealed one, with what others own of the documents that drifted, unless somebody
     * did so or a cut-over began since the run was read.
     *
     * @param key key of the shadow
     * @return the run as changed; empty where it was not
     */
    public Optional<Run> recordCarried(
            Run run, String key, Sealed before, Sealed after, String target, CarriedOver over, Drift drift) {
        BsonDocument filter = cuttable(run).append("sealed." + key + ".namespace", new BsonString(before.namespace()));
        BsonDocument update = RunUpdate.set(
                "sealed." + key,
                after,
                "verdict.shadows." + target,
                after.content(),
                "carriedOver." + target,
                over,
                "drift." + target,
                drift);
        return runs.changeWhere(filter, update);
    }

    /**
     * Records what others changed in live, unless a cut-over began since the run was read: live may be the new view then.
     *
     * @return the run as it is now
     */
    public Run recordDrift(Run run, String target, Drift drift) {
        BsonDocument filter = RunStore.working(run).append("cutOverAt", orNull(run.cutOverAt()));
        return runs.changeWhere(filter, RunUpdate.set("drift." + target, drift))
                .orElseGet(() -> runs.enter(run.id(), run.epoch()));
    }

    /**
     * Begins a cut-over with the shadows that the run was read with; from now on they stay, and no hold counts any more.
     *
     * @return the run as changed; empty where its shadows are others now, its cut-over had begun, or it is held
     */
    public Optional<Run> beginCutOver(Run run, Instant now) {
        BsonDocument filter = withShadowsOf(run, cuttable(run));
        if (!run.rollback()) {
            filter.append("pace.held", BsonNull.VALUE).append("refusal", BsonNull.VALUE);
        }
        return runs.changeWhere(filter, RunUpdate.set("cutOverAt", now));
    }

    /** Records who refused a run, unless its cut-over began or somebody did already; returns the run as changed. */
    public Optional<Run> recordRefusal(Run run, Approval refusal) {
        BsonDocument filter = cuttable(run).append("refusal", BsonNull.VALUE);
        return runs.changeWhere(filter, RunUpdate.set("refusal", refusal));
    }

    private static BsonDocument cuttable(Run run) {
        return RunStore.working(run).append("cutOverAt", BsonNull.VALUE);
    }

    private static BsonDocument withShadowsOf(Run run, BsonDocument filter) {
        run.sealed()
                .forEach((key, where) ->
                        filter.append("sealed." + key + ".namespace", new BsonString(where.namespace())));
        return filter;
    }

    private static BsonValue orNull(Instant at) {
        return at == null ? BsonNull.VALUE : ControlJson.toBsonValue(at);
    }
}

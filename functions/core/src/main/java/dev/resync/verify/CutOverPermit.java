package dev.resync.verify;

import dev.resync.drift.LiveDrift;
import dev.resync.error.VerdictExpired;
import dev.resync.hash.ContentHash;
import dev.resync.run.CollectionKind;
import dev.resync.run.Run;
import dev.resync.run.RunCollection;
import dev.resync.run.RunTarget;
import dev.resync.run.Sealed;
import dev.resync.stage.RunPlans;
import dev.resync.stage.StageContext;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Says whether a run may begin to change live. */
public final class CutOverPermit {

    private final StageContext context;
    private final RunPlans plans;
    private final LiveDrift drift;

    public CutOverPermit(StageContext context) {
        this.context = context;
        this.plans = new RunPlans(context);
        this.drift = new LiveDrift(context);
    }

    /**
     * Makes sure that a run may begin its cut-over: it may publish at all, a snapshot is sealed, and a verdict passed that is
     * young enough and speaks of these very shadows.
     *
     * @return the run as it is now: drift that was carried over makes other shadows
     * @throws dev.resync.error.LiveDrifted where live is no longer what the snapshot copied
     * @throws VerdictExpired where the verdict is missing, refused, too old or made of something else
     */
    public Run require(Run run) {
        boolean restoring = run.restoring();
        if (!run.mode().changesLive()) {
            throw new IllegalStateException("run " + run.id() + " is a " + run.mode() + " and never changes live");
        }
        if (run.snapshot() == null || context.snapshots().find(run.snapshot()).isEmpty()) {
            throw new IllegalStateException("run " + run.id() + " has no sealed snapshot of live");
        }
        Verdict verdict = run.verdict();
        if (verdict == null || !verdict.passed() || verdict.epoch() != run.epoch()) {
            throw expired(run, "it has no passed verdict of its present epoch");
        }
        if (!verdict.renewed()) {
            throw expired(run, "drift was not checked right before cut-over");
        }
        Instant now = context.clock().instant();
        if (!restoring && now.isAfter(verdict.at().plus(expiry(run)))) {
            throw expired(run, "the verdict is of " + verdict.at() + " and counts for " + expiry(run));
        }
        for (RunTarget target : run.targetsToReplace()) {
            ContentHash judged = verdict.shadows().get(target.name());
            if (!intended(run, target).filter(content -> content.equals(judged)).isPresent()) {
                throw expired(run, "the verdict speaks of another shadow of " + target.namespace());
            }
        }
        // Once more: between the last look and a cut-over that is retried or redriven there may be hours.
        return drift.settle(run);
    }

    /** What live is to hold: what the sealed shadow holds, or nothing where it is dropped. */
    private static Optional<ContentHash> intended(Run run, RunTarget target) {
        return run.drops(target)
                ? Optional.of(ContentHash.EMPTY)
                : Optional.ofNullable(run.sealedAs(RunCollection.of(run, CollectionKind.SHADOW, target)))
                        .map(Sealed::content);
    }

    private Duration expiry(Run run) {
        return plans.of(run).gates().verdictExpiry();
    }

    private static VerdictExpired expired(Run run, String why) {
        return new VerdictExpired("Run " + run.id() + " may not cut over: " + why + ". " + advice(run));
    }

    /** A redrive would begin at the cut-over and verify nothing; nor can a run be resumed from MAP that maps nothing. */
    private static String advice(Run run) {
        if (run.rollback()) {
            return "This call changed nothing; reconcile closes the run again.";
        }
        return (run.restoring()
                        ? "Ask for the restore again"
                        : "Resume the run from MAP to verify again, or start a new one")
                + "; live is unchanged.";
    }
}

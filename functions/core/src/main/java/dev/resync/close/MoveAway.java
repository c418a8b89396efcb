package dev.resync.close;

import dev.resync.cutover.Displacement;
import dev.resync.cutover.JournalEntry;
import dev.resync.cutover.JournalStep;
import dev.resync.cutover.Replacement;
import dev.resync.cutover.Replacement.Proof;
import dev.resync.run.CollectionKind;
import dev.resync.run.Run;
import dev.resync.run.RunCollection;
import dev.resync.run.RunTarget;
import dev.resync.run.Sealed;
import dev.resync.stage.StageContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.bson.BsonDocument;

/**
 * Fences a run that is being closed and finds out which targets were replaced or dropped.
 *
 * <p>A rename in flight and the moving away compete for the same name, the sealed one of a shadow or the displaced one of a
 * live collection that is to be dropped, and the server lets one of them win. After that, and only then, the names say for
 * certain what happened.
 */
public final class MoveAway {

    private final StageContext context;

    public MoveAway(StageContext context) {
        this.context = context;
    }

    /**
     * Fences chunks and journal, puts every rename of live out of reach, and returns what was replaced or dropped. Safe to
     * repeat.
     *
     * @param worked the epoch that worked on the shadows, the last one before the closing or the resume
     */
    public CutState fence(Run run, long worked) {
        context.chunks().fence(run.id(), worked + 1);
        context.journal().fence(run.id(), worked + 1);
        context.checkpoints().reached("close:fenced");
        List<String> uncut = new ArrayList<>();
        Set<String> moved = new TreeSet<>();
        for (RunTarget target : run.targetsToReplace()) {
            uncut.add(target.name());
            if (run.drops(target)) {
                takeDisplacedName(run, target, worked);
            } else if (moveShadow(run, target, worked)) {
                moved.add(target.name());
            }
        }
        // Only now: a cut-over may write its journal until it finds nothing to rename, but never renames without having
        // written it.
        List<String> cut = new ArrayList<>();
        List<String> half = new ArrayList<>();
        List<String> unclear = new ArrayList<>();
        List<String> idle = new ArrayList<>();
        for (JournalEntry entry : context.journal().of(run.id(), worked)) {
            Proof proof =
                    entry.drops() ? proofOfDrop(entry) : proofOfReplacement(entry, moved.contains(entry.target()));
            switch (proof) {
                case REPLACED -> cut.add(entry.target());
                case HALF -> half.add(entry.target());
                case UNCLEAR -> unclear.add(entry.target());
                case NOTHING_TO_REPLACE -> idle.add(entry.target());
                case NOT_REPLACED -> {}
            }
            if (proof != Proof.NOT_REPLACED) {
                uncut.remove(entry.target());
            }
        }
        // Live is the same either way, so these are no reason to go back and none not to.
        (uncut.isEmpty() ? cut : uncut).addAll(idle);
        return new CutState(cut, half, uncut, unclear);
    }

    /** Takes the name that a late call would rename live to; where live was dropped, the name is taken already. */
    private void takeDisplacedName(Run run, RunTarget target, long worked) {
        RunCollection shadow =
                RunCollection.of(run, CollectionKind.SHADOW, target).inEpoch(worked);
        context.checkpoints().reached("close:before-move:" + target.name());
        context.store().create(shadow.displaced(), new BsonDocument());
        context.checkpoints().reached("close:after-move:" + target.name());
    }

    /** Returns whether the shadow that was to become live is out of reach now, by this call or an earlier one. */
    private boolean moveShadow(Run run, RunTarget target, long worked) {
        RunCollection shadow =
                RunCollection.of(run, CollectionKind.SHADOW, target).inEpoch(worked);
        Sealed sealed = run.sealedAs(shadow);
        if (sealed != null) {
            context.checkpoints().reached("close:before-move:" + target.name());
            context.store().renameIfThere(sealed.where(), shadow.closed());
            context.checkpoints().reached("close:after-move:" + target.name());
        }
        return context.store().exists(shadow.closed());
    }

    private Proof proofOfReplacement(JournalEntry entry, boolean moved) {
        if (entry.step() == JournalStep.DONE) {
            return Proof.REPLACED;
        }
        if (entry.step() == JournalStep.APPLYING) {
            return Proof.HALF;
        }
        if (entry.step() == JournalStep.PLANNED || moved) {
            return Proof.NOT_REPLACED;
        }
        Proof proof = new Replacement(context.store()).of(entry);
        if (proof == Proof.REPLACED) {
            context.journal().settle(entry, context.clock().instant());
        }
        return proof;
    }

    private Proof proofOfDrop(JournalEntry entry) {
        if (entry.step() == JournalStep.PLANNED) {
            return Proof.NOT_REPLACED;
        }
        if (new Displacement(context.store()).of(entry)) {
            context.journal().settle(entry, context.clock().instant());
            return Proof.REPLACED;
        }
        return entry.step() == JournalStep.DONE ? Proof.NOTHING_TO_REPLACE : Proof.NOT_REPLACED;
    }
}

package dev.resync.close;

import com.mongodb.MongoNamespace;
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
import dev.resync.store.MongoStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Fences a run that is being closed and finds out which targets were replaced.
 *
 * <p>A rename in flight and the moving away compete for the same sealed name, and the server lets one of them win. After
 * that, and only then, the names say for certain what happened.
 */
public final class MoveAway {

    private final StageContext context;

    public MoveAway(StageContext context) {
        this.context = context;
    }

    /**
     * Fences chunks and journal, moves the shadows away, and returns what was replaced. Safe to repeat.
     *
     * @param worked the epoch that worked on the shadows, the last one before the closing or the resume
     */
    public CutState fence(Run run, long worked) {
        context.chunks().fence(run.id(), worked + 1);
        context.journal().fence(run.id(), worked + 1);
        context.checkpoints().reached("close:fenced");
        Map<String, Boolean> moved = new TreeMap<>();
        for (RunTarget target : run.targetsToReplace()) {
            moved.put(target.name(), moveShadow(run, target, worked));
        }
        // Only now: a cut-over may write its journal until its shadow is gone, but never renames without having written
        // it.
        List<String> cut = new ArrayList<>();
        List<String> uncut = new ArrayList<>(moved.keySet());
        List<String> unclear = new ArrayList<>();
        for (JournalEntry entry : context.journal().of(run.id(), worked)) {
            Proof proof = proof(entry, moved.getOrDefault(entry.target(), false));
            if (proof != Proof.NOT_REPLACED) {
                (proof == Proof.REPLACED ? cut : unclear).add(entry.target());
                uncut.remove(entry.target());
            }
        }
        return new CutState(cut, uncut, unclear);
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

    private Proof proof(JournalEntry entry, boolean moved) {
        if (entry.step() == JournalStep.DONE) {
            return Proof.REPLACED;
        }
        if (entry.step() == JournalStep.PLANNED || moved) {
            return Proof.NOT_REPLACED;
        }
        Proof proof = new Replacement(context.store()).of(entry);
        if (proof == Proof.REPLACED) {
            context.journal().settle(entry, JournalStep.DONE);
        }
        return proof;
    }

    /**
     * Drops every collection of a run but its proven snapshots: what was moved away, what was left open, and strays that a
     * late function created.
     */
    void dropLeftOvers(Run run) {
        Set<String> known = new TreeSet<>();
        Stream.of(run.snapshot(), run.restoreFrom()).filter(Objects::nonNull).forEach(known::add);
        context.snapshots().forgetStrays(run.id(), known);
        List<String> kept = context.snapshots().all().stream()
                .flatMap(snapshot -> snapshot.targets().stream())
                .filter(target -> !target.isAbsent())
                .map(target -> target.collection())
                .toList();
        for (String database : databases(run)) {
            for (String name : context.store().collectionNames(database, RunCollection.prefixOf(run.shortId()))) {
                if (!kept.contains(database + "." + name)) {
                    context.store().drop(new MongoNamespace(database, name));
                }
            }
        }
    }

    private static List<String> databases(Run run) {
        List<String> databases = new ArrayList<>();
        databases.add(MongoStore.CONTROL_DATABASE);
        for (RunTarget target : run.targets()) {
            if (!databases.contains(target.live().getDatabaseName())) {
                databases.add(target.live().getDatabaseName());
            }
        }
        return databases;
    }
}

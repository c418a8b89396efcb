package dev.resync.close;

import com.mongodb.MongoNamespace;
import dev.resync.cutover.JournalEntry;
import dev.resync.cutover.JournalStep;
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
final class MoveAway {

    private final StageContext context;

    MoveAway(StageContext context) {
        this.context = context;
    }

    /**
     * Fences chunks and journal, moves the shadows away, and returns what was replaced. Safe to repeat.
     *
     * @param run in its closing epoch, one above the epoch that worked
     */
    CutState fence(Run run) {
        context.chunks().fence(run.id(), run.epoch());
        context.journal().fence(run.id(), run.epoch());
        context.checkpoints().reached("close:fenced");
        long worked = run.epoch() - 1;
        Map<String, Boolean> moved = new TreeMap<>();
        for (RunTarget target : run.targetsToReplace()) {
            moved.put(target.name(), moveShadow(run, target, worked));
        }
        // Only now: a cut-over may write its journal until its shadow is gone, but never renames without having written
        // it.
        List<String> cut = new ArrayList<>();
        List<String> uncut = new ArrayList<>(moved.keySet());
        for (JournalEntry entry : context.journal().of(run.id(), worked)) {
            if (replaced(entry, moved.getOrDefault(entry.target(), false))) {
                cut.add(entry.target());
                uncut.remove(entry.target());
            }
        }
        return new CutState(cut, uncut);
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

    private boolean replaced(JournalEntry entry, boolean moved) {
        if (entry.step() == JournalStep.RENAMING && !moved) {
            context.journal().settle(entry, JournalStep.DONE);
            return true;
        }
        return entry.step() == JournalStep.DONE;
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

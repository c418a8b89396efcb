package dev.resync.retention;

import com.mongodb.MongoException;
import dev.resync.error.ResyncException;
import dev.resync.run.CollectionKind;
import dev.resync.run.Nonce;
import dev.resync.run.RunCollectionName;
import dev.resync.snapshot.Removal;
import dev.resync.snapshot.RemovalMarks;
import dev.resync.snapshot.Snapshot;
import dev.resync.snapshot.SnapshotTarget;
import dev.resync.stage.StageContext;
import dev.resync.store.MongoStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Removes the snapshots of this environment that their plan's retention lets go, and finishes what a sweeper that died has
 * left. Every step may be repeated by anyone at any time; {@link RemovalMarks} says how a restore and a sweeper keep out of
 * each other's way. A damaged snapshot is kept and told of in the audit trail each time, for a person to decide.
 */
public final class SnapshotSweep {

    private final StageContext context;
    private final RetentionReview review;
    private final RemovalMarks marks;

    public SnapshotSweep(StageContext context) {
        this.context = context;
        this.review = new RetentionReview(context.store(), context.snapshots(), context.runs(), context.clock());
        this.marks = new RemovalMarks(context.store());
    }

    /**
     * A snapshot that was removed.
     *
     * @param id what it was listed under
     * @param documents how many it held, in all targets
     */
    public record Removed(String id, long documents) {}

    /**
     * What became of the snapshots.
     *
     * @param removed those that this sweep removed
     * @param damaged ids of those that are not what was sealed
     */
    public record Result(List<Removed> removed, List<String> damaged) {}

    /** Removes what may go; a snapshot that cannot be handled does not keep the others from being. */
    public Result sweep() {
        List<Removed> removed = new ArrayList<>();
        List<String> damaged = new ArrayList<>();
        for (Standing standing : ofThisEnvironment()) {
            Snapshot snapshot = standing.snapshot();
            try {
                if (standing.damage() != null) {
                    damaged.add(snapshot.id());
                    alarm("Snapshot " + snapshot.id() + " is damaged and kept: " + standing.damage() + ".");
                }
                if (snapshot.isGoing() || (standing.mayGo() && decide(snapshot))) {
                    finish(snapshot, removed);
                } else if (snapshot.removing() != null && !standing.mayGo()) {
                    marks.withdraw(snapshot.id(), snapshot.removing().by());
                }
            } catch (ResyncException | MongoException e) {
                alarm("Snapshot " + snapshot.id() + " could not be removed: " + e.getMessage());
            }
        }
        for (String id : context.snapshots().manifests().unreadable()) {
            damaged.add(id);
            alarm("Snapshot " + id + " is damaged and kept: its manifest cannot be read.");
        }
        return new Result(removed, damaged);
    }

    /**
     * Returns how this environment's snapshots stand, oldest first, so that a sweep that is cut short leaves the newest. A
     * database that was copied from another environment holds snapshots that are not this one's to remove.
     */
    private List<Standing> ofThisEnvironment() {
        List<Standing> standings = new ArrayList<>(review.judge());
        standings.removeIf(standing ->
                !context.environment().name().equals(standing.snapshot().environment()));
        Collections.reverse(standings);
        return standings;
    }

    /** Returns whether there is no way back any more, by the doing of this sweeper. */
    private boolean decide(Snapshot snapshot) {
        String token = Nonce.of(context.random(), 2);
        reached("before-mark", snapshot);
        if (!marks.mark(snapshot, new Removal(token, context.clock().instant(), false))) {
            return false;
        }
        reached("marked", snapshot);
        // Once more: a restore that was admitted since the first look is on record by now, or will take the mark away.
        if (!review.mayGo(snapshot.id())) {
            marks.withdraw(snapshot.id(), token);
            return false;
        }
        reached("looked", snapshot);
        boolean decided = marks.decide(snapshot.id(), token);
        reached("decided", snapshot);
        return decided;
    }

    private void finish(Snapshot snapshot, List<Removed> removed) {
        if (!snapshot.genuine() || !snapshot.targets().stream().allMatch(SnapshotSweep::isCopy)) {
            alarm(
                    "Snapshot " + snapshot.id()
                            + " is being removed, but its manifest does not name collections of a snapshot. Drop them by hand.");
            return;
        }
        long documents = 0;
        for (SnapshotTarget target : snapshot.targets()) {
            documents += target.content().documents();
            if (!target.isAbsent()) {
                context.store().drop(target.where());
                reached("dropped:" + target.name(), snapshot);
            }
        }
        context.audit()
                .addOnce(
                        "SNAPSHOT_REMOVED",
                        snapshot.id(),
                        snapshot.id() + " of plan " + snapshot.plan() + ", sealed " + snapshot.sealedAt() + ", "
                                + documents + " documents");
        reached("recorded", snapshot);
        if (marks.forget(snapshot.id())) {
            removed.add(new Removed(snapshot.id(), documents));
        }
        reached("forgotten", snapshot);
    }

    /** Whatever a manifest says, nothing but the copy of a snapshot may be dropped. */
    private static boolean isCopy(SnapshotTarget target) {
        return target.isAbsent()
                || (target.where().getDatabaseName().equals(MongoStore.CONTROL_DATABASE)
                        && RunCollectionName.parse(target.where().getCollectionName())
                                .filter(name -> name.kind() == CollectionKind.SNAPSHOT)
                                .isPresent());
    }

    private void alarm(String what) {
        context.audit().add("ALARM", null, null, what);
    }

    private void reached(String step, Snapshot snapshot) {
        context.checkpoints().reached("retention:" + step + ":" + snapshot.id());
    }
}

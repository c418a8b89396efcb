package dev.resync.retention;

import dev.resync.plan.Retention;
import dev.resync.snapshot.Snapshot;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * How a snapshot stands with the retention of its plan.
 *
 * @param snapshot its manifest
 * @param retention the figures that count for it; null where it is damaged or its removal is decided
 * @param keptBecause all that keeps it, in the order of the constants; empty where it may go, or goes already
 * @param neededBy id of the run that needs it; null where none does
 * @param damage what is wrong with it, for people; null where nothing is
 * @param mayGoAt when it is, or was, old enough to go; null unless nothing but its age keeps it
 */
public record Standing(
        Snapshot snapshot,
        Retention retention,
        Set<KeptBecause> keptBecause,
        String neededBy,
        String damage,
        Instant mayGoAt) {

    public Standing {
        keptBecause = keptBecause.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(keptBecause));
    }

    /** Returns a snapshot that is not what was sealed. */
    static Standing damaged(Snapshot snapshot, String damage) {
        return new Standing(snapshot, null, EnumSet.of(KeptBecause.DAMAGED), null, damage, null);
    }

    /** Returns a snapshot whose removal is decided. */
    static Standing going(Snapshot snapshot) {
        return new Standing(snapshot, null, Set.of(), null, null, null);
    }

    /** Returns whether nothing keeps it and nobody has decided its removal yet. */
    public boolean mayGo() {
        return keptBecause.isEmpty() && !snapshot.isGoing();
    }
}

package dev.resync.retention;

import dev.resync.hash.ContentHash;
import dev.resync.plan.Retention;
import dev.resync.snapshot.Snapshot;
import dev.resync.snapshot.SnapshotTarget;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A snapshot as it is listed in JSON.
 *
 * @param id what restore takes
 * @param runId run that took it; null where its manifest cannot be read, as are all others but damage
 * @param plan name of that run's plan
 * @param environment name of the environment
 * @param sealedAt when it was proven
 * @param targets what it holds, by name of the target
 * @param retention the figures that count for it; null where it is damaged or its removal is decided
 * @param keptBecause all that keeps it; empty where it may go or goes already
 * @param neededBy id of the run that needs it; null where none does
 * @param damage what is wrong with it; null where nothing is
 * @param mayGoAt when it is, or was, old enough to go; null unless nothing but its age keeps it
 * @param removingSince when its removal began; null where it did not
 */
public record ListedSnapshot(
        String id,
        String runId,
        String plan,
        String environment,
        Instant sealedAt,
        Map<String, Copy> targets,
        Retention retention,
        List<KeptBecause> keptBecause,
        String neededBy,
        String damage,
        Instant mayGoAt,
        Instant removingSince) {

    /**
     * The copy of one target.
     *
     * @param live what was copied
     * @param existed whether live existed
     * @param documents count
     * @param hash order-independent hash, 64 hexadecimal digits
     */
    public record Copy(String live, boolean existed, long documents, String hash) {}

    /** Returns a snapshot as the retention sees it. */
    public static ListedSnapshot of(Standing standing) {
        Snapshot snapshot = standing.snapshot();
        Map<String, Copy> targets = new TreeMap<>();
        for (SnapshotTarget target : snapshot.targets()) {
            // Someone who changed a manifest may have taken the content away; the damage is told of.
            ContentHash content = target.content() == null ? ContentHash.EMPTY : target.content();
            targets.put(
                    String.valueOf(target.name()),
                    new Copy(target.live(), !target.isAbsent(), content.documents(), content.sum()));
        }
        return new ListedSnapshot(
                snapshot.id(),
                snapshot.run(),
                snapshot.plan(),
                snapshot.environment(),
                snapshot.sealedAt(),
                targets,
                standing.retention(),
                List.copyOf(standing.keptBecause()),
                standing.neededBy(),
                standing.damage(),
                standing.mayGoAt(),
                snapshot.isGoing() ? snapshot.removing().since() : null);
    }

    /** Returns one whose manifest cannot be read. */
    public static ListedSnapshot unreadable(String id) {
        return new ListedSnapshot(
                id,
                null,
                null,
                null,
                null,
                null,
                null,
                List.of(KeptBecause.DAMAGED),
                null,
                "its manifest cannot be read",
                null,
                null);
    }
}

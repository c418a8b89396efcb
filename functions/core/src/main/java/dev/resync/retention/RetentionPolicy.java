package dev.resync.retention;

import dev.resync.plan.Retention;
import dev.resync.snapshot.Snapshot;
import dev.resync.snapshot.SnapshotTarget;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Decides which snapshots may go: those that no run needs, that are neither the newest of their plan nor the newest of any of
 * their targets, and that are both beyond the number and older than the days that the plan keeps. What the newest snapshot of
 * a plan and environment says counts for all of them. A pure function.
 */
public final class RetentionPolicy {

    private RetentionPolicy() {}

    /** Snapshots that are judged together. */
    private record Line(String environment, String plan) {}

    /**
     * Judges snapshots.
     *
     * @param proven those that are what was sealed, of any plans and environments, in any order
     * @param neededBy ids of the runs that need them, by id of the snapshot; may name others
     * @param now the time
     * @return how each of them stands
     */
    public static List<Standing> judge(Collection<Snapshot> proven, Map<String, String> neededBy, Instant now) {
        Map<Line, List<Snapshot>> lines = new LinkedHashMap<>();
        for (Snapshot snapshot : proven) {
            lines.computeIfAbsent(new Line(snapshot.environment(), snapshot.plan()), line -> new ArrayList<>())
                    .add(snapshot);
        }
        List<Standing> standings = new ArrayList<>();
        lines.values().forEach(line -> standings.addAll(judgeLine(line, neededBy, now)));
        return standings;
    }

    private static List<Standing> judgeLine(List<Snapshot> line, Map<String, String> neededBy, Instant now) {
        line.sort(Snapshot.NEWEST_FIRST);
        Retention retention = line.get(0).retentionOrDefault();
        Set<String> held = new HashSet<>();
        List<Standing> standings = new ArrayList<>();
        for (Snapshot snapshot : line) {
            int newer = standings.size();
            boolean newestOfTarget = false;
            for (SnapshotTarget target : snapshot.targets()) {
                newestOfTarget |= held.add(target.live());
            }
            String run = neededBy.get(snapshot.id());
            Instant oldEnough = snapshot.sealedAt().plus(retention.age());
            Set<KeptBecause> because = EnumSet.noneOf(KeptBecause.class);
            if (run != null) {
                because.add(KeptBecause.NEEDED);
            }
            if (newer == 0 || newestOfTarget) {
                because.add(KeptBecause.NEWEST);
            }
            if (newer < retention.snapshots()) {
                because.add(KeptBecause.COUNT);
            }
            boolean onlyAge = because.isEmpty();
            if (now.isBefore(oldEnough)) {
                because.add(KeptBecause.AGE);
            }
            standings.add(new Standing(snapshot, retention, because, run, null, onlyAge ? oldEnough : null));
        }
        return standings;
    }
}

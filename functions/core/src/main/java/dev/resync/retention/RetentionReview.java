package dev.resync.retention;

import com.mongodb.MongoNamespace;
import dev.resync.run.LateCalls;
import dev.resync.run.Run;
import dev.resync.run.RunCollection;
import dev.resync.run.RunState;
import dev.resync.run.RunStore;
import dev.resync.snapshot.Snapshot;
import dev.resync.snapshot.SnapshotStore;
import dev.resync.snapshot.SnapshotTarget;
import dev.resync.store.MongoStore;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Looks at manifests, names of collections and runs, and says how every snapshot stands. Reads no document of a snapshot. */
public final class RetentionReview {

    private static final Set<RunState> NOT_CLOSED = EnumSet.complementOf(EnumSet.of(RunState.CLOSED));

    private final MongoStore store;
    private final SnapshotStore snapshots;
    private final RunStore runs;
    private final Clock clock;

    public RetentionReview(MongoStore store, SnapshotStore snapshots, RunStore runs, Clock clock) {
        this.store = store;
        this.snapshots = snapshots;
        this.runs = runs;
        this.clock = clock;
    }

    /** Returns how every snapshot stands whose manifest can be read, newest first. */
    public List<Standing> judge() {
        return judge(snapshot -> true);
    }

    /** Returns whether a snapshot may go as things are at this moment, another sweeper's undecided mark apart. */
    boolean mayGo(String id) {
        return judge(snapshot -> snapshot.id().equals(id)).stream()
                .anyMatch(standing -> standing.snapshot().id().equals(id) && standing.mayGo());
    }

    /** @param wanted those whose own runs are looked at; all others stand as if theirs were over */
    private List<Standing> judge(Predicate<Snapshot> wanted) {
        List<Standing> standings = new ArrayList<>();
        List<Snapshot> proven = new ArrayList<>();
        Map<String, Set<String>> names = new HashMap<>();
        for (Snapshot snapshot : snapshots.all()) {
            if (snapshot.isGoing()) {
                standings.add(Standing.going(snapshot));
            } else if (!snapshot.genuine()) {
                standings.add(Standing.damaged(snapshot, "its manifest was changed after it was sealed"));
            } else {
                Optional<String> missing = missing(snapshot, names);
                if (missing.isEmpty()) {
                    proven.add(snapshot);
                } else {
                    incomplete(snapshot, missing.get()).ifPresent(standings::add);
                }
            }
        }
        Instant now = clock.instant();
        standings.addAll(RetentionPolicy.judge(proven, needed(proven, wanted, now), now));
        standings.sort(Comparator.comparing(Standing::snapshot, Snapshot.NEWEST_FIRST));
        return standings;
    }

    private Optional<String> missing(Snapshot snapshot, Map<String, Set<String>> names) {
        return snapshot.targets().stream()
                .filter(target -> !target.isAbsent())
                .map(SnapshotTarget::where)
                .filter(copy -> !names.computeIfAbsent(copy.getDatabaseName(), this::collectionNames)
                        .contains(copy.getCollectionName()))
                .map(MongoNamespace::getFullName)
                .findFirst();
    }

    /** Another sweeper may have begun to remove it between the look at its manifest and the one at its collections. */
    private Optional<Standing> incomplete(Snapshot snapshot, String missing) {
        return snapshots
                .find(snapshot.id())
                .map(now -> now.isGoing()
                        ? Standing.going(now)
                        : Standing.damaged(now, "its collection " + missing + " is missing"));
    }

    private Set<String> collectionNames(String database) {
        return new HashSet<>(store.collectionNames(database, RunCollection.prefixOfAll()));
    }

    /** Any run that is not closed may yet read what it took or brings back; so may what a closed one has in flight. */
    private Map<String, String> needed(List<Snapshot> proven, Predicate<Snapshot> wanted, Instant now) {
        Map<String, String> needed = new HashMap<>();
        for (Run run : runs.inStates(NOT_CLOSED)) {
            // Of two runs the name of one will do.
            needed.put(run.snapshot(), run.id());
            needed.put(run.restoreFrom(), run.id());
        }
        for (Snapshot snapshot : proven.stream().filter(wanted).toList()) {
            boolean busy = runs.find(snapshot.run())
                    .filter(run -> run.endedAt() == null || !LateCalls.over(run, now))
                    .isPresent();
            if (busy) {
                needed.putIfAbsent(snapshot.id(), snapshot.run());
            }
        }
        return needed;
    }
}

package dev.resync.close;

import com.mongodb.MongoNamespace;
import dev.resync.apply.Overwritten;
import dev.resync.drift.Drift;
import dev.resync.run.LateCalls;
import dev.resync.run.Run;
import dev.resync.run.RunCollection;
import dev.resync.run.RunCollectionName;
import dev.resync.run.RunTarget;
import dev.resync.snapshot.RetainedCollections;
import dev.resync.snapshot.SnapshotStore.Manifests;
import dev.resync.stage.StageContext;
import dev.resync.store.MongoStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a closed run leaves in the database beside its snapshots. */
final class LeftOvers {

    private final StageContext context;

    LeftOvers(StageContext context) {
        this.context = context;
    }

    /**
     * Drops every collection of a run but its snapshots: what was moved away, what was left open, and strays that a late
     * function created. Displaced names stay taken as long as a function that was in flight when the run was closed could
     * rename a later run's view to one; the sweeper comes back for them.
     *
     * @param run closed
     * @return number of collections dropped
     */
    int drop(Run run) {
        boolean lateCallsOver = LateCalls.over(run, context.clock().instant());
        Set<String> known = new TreeSet<>();
        Stream.of(run.snapshot(), run.restoreFrom()).filter(Objects::nonNull).forEach(known::add);
        context.snapshots().forgetStrays(run.id(), known);
        Manifests manifests = context.snapshots().manifests();
        RetainedCollections retained = RetainedCollections.of(manifests);
        Set<String> drifted = drifted(run, manifests);
        int dropped = 0;
        for (String database : databases(run)) {
            for (String name : context.store().collectionNames(database, RunCollection.prefixOf(run.shortId()))) {
                MongoNamespace namespace = new MongoNamespace(database, name);
                boolean mayGo = RunCollectionName.parse(name).isPresent()
                        && (lateCallsOver || !RunCollection.isDisplaced(name));
                if (mayGo && !retained.contains(namespace) && !drifted.contains(namespace.getFullName())) {
                    context.store().drop(namespace);
                    dropped++;
                }
            }
        }
        return dropped;
    }

    /** What others changed during a run is kept as long as the snapshot that it differs from. */
    private static Set<String> drifted(Run run, Manifests manifests) {
        if (run.wayBack() == null || !manifests.has(run.wayBack())) {
            return Set.of();
        }
        return Stream.concat(
                        run.drift().values().stream().map(Drift::collection),
                        run.targets().stream().map(target -> Overwritten.collection(run, target)
                                .getFullName()))
                .collect(Collectors.toSet());
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

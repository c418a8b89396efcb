package dev.resync.reconcile;

import com.mongodb.MongoException;
import com.mongodb.MongoNamespace;
import dev.resync.close.Closing;
import dev.resync.error.ResyncException;
import dev.resync.run.CollectionOwners;
import dev.resync.run.Run;
import dev.resync.run.RunCollection;
import dev.resync.run.RunCollectionName;
import dev.resync.run.RunState;
import dev.resync.snapshot.RetainedCollections;
import dev.resync.snapshot.Snapshot;
import dev.resync.snapshot.SnapshotStore.Manifests;
import dev.resync.stage.StageContext;
import dev.resync.store.MongoStore;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Finds collections, locks and manifests that closed runs left, starting from what is there and not from the runs, so that
 * its work does not grow with every run that there ever was. What belongs to a run that is not on record is kept: after
 * control data came back from an older backup it may be the only copy of something.
 */
final class StraySweep {

    /** Names in one entry of the audit trail. */
    private static final int NAMED = 20;

    private final StageContext context;
    private final Closing closing;
    private final CollectionOwners owners;

    StraySweep(StageContext context) {
        this.context = context;
        this.closing = new Closing(context);
        this.owners = new CollectionOwners(context.store());
    }

    /**
     * What was found.
     *
     * @param dropped number of collections dropped
     * @param ownerless collections and locked namespaces whose run is not on record, ascending
     */
    record Result(int dropped, List<String> ownerless) {}

    Result sweep() {
        Map<String, String> locks = context.locks().holders();
        Set<MongoNamespace> present = collections(databases(locks.keySet()));
        // After the collections: what is sealed between the two looks then counts as retained.
        Manifests manifests = context.snapshots().manifests();
        Set<String> ownerless = new TreeSet<>();
        Map<String, Run> closed = new TreeMap<>();
        addHolders(locks, closed, ownerless);
        addOwners(present, RetainedCollections.of(manifests), closed, ownerless);
        for (Snapshot snapshot : manifests.readable()) {
            if (snapshot.genuine() && !isWhole(snapshot, present)) {
                context.runs().find(snapshot.run()).ifPresent(run -> add(closed, run));
            }
        }
        if (!ownerless.isEmpty()) {
            alarm(ownerless);
        }
        return new Result(closed.values().stream().mapToInt(this::cleanUp).sum(), List.copyOf(ownerless));
    }

    private void addHolders(Map<String, String> locks, Map<String, Run> closed, Set<String> ownerless) {
        Map<String, Optional<Run>> holders = new HashMap<>();
        locks.forEach((namespace, holder) -> {
            if (!holder.isEmpty()) {
                holders.computeIfAbsent(holder, context.runs()::find)
                        .ifPresentOrElse(run -> add(closed, run), () -> ownerless.add("lock of " + namespace));
            }
        });
    }

    private void addOwners(
            Set<MongoNamespace> present, RetainedCollections retained, Map<String, Run> closed, Set<String> ownerless) {
        Map<MongoNamespace, String> strays = present.stream()
                .filter(collection -> !retained.contains(collection))
                .collect(Collectors.toMap(
                        collection -> collection, collection -> RunCollectionName.parse(collection.getCollectionName())
                                .orElseThrow()
                                .shortId()));
        Map<String, Run> found = owners.of(new TreeSet<>(strays.values()));
        strays.forEach((collection, shortId) -> {
            if (found.containsKey(shortId)) {
                add(closed, found.get(shortId));
            } else {
                ownerless.add(collection.getFullName());
            }
        });
    }

    private static void add(Map<String, Run> closed, Run run) {
        if (run.state() == RunState.CLOSED) {
            closed.put(run.id(), run);
        }
    }

    private static boolean isWhole(Snapshot snapshot, Set<MongoNamespace> present) {
        return snapshot.targets().stream().allMatch(target -> target.isAbsent() || present.contains(target.where()));
    }

    /** Every live collection that a run ever worked on has had a lock, and keeps the lock's record. */
    private static Set<String> databases(Set<String> locked) {
        Set<String> databases = new TreeSet<>(Set.of(MongoStore.CONTROL_DATABASE));
        locked.forEach(namespace -> databases.add(new MongoNamespace(namespace).getDatabaseName()));
        return databases;
    }

    private Set<MongoNamespace> collections(Set<String> databases) {
        Set<MongoNamespace> found = new HashSet<>();
        for (String database : databases) {
            try {
                for (String name : context.store().collectionNames(database, RunCollection.prefixOfAll())) {
                    if (RunCollectionName.parse(name).isPresent()) {
                        found.add(new MongoNamespace(database, name));
                    }
                }
            } catch (MongoException e) {
                context.audit()
                        .add("ALARM", null, null, "database " + database + " could not be swept: " + e.getMessage());
            }
        }
        return found;
    }

    private void alarm(Set<String> ownerless) {
        String named = ownerless.stream().limit(NAMED).collect(Collectors.joining(", "));
        context.audit()
                .add(
                        "ALARM",
                        null,
                        null,
                        ownerless.size() + " collections and locks belong to runs that are not on record and are kept: "
                                + named + (ownerless.size() > NAMED ? ", …" : "")
                                + ". Look whether control data came back from an older backup, then drop them by hand.");
    }

    private int cleanUp(Run run) {
        try {
            return closing.cleanUp(run);
        } catch (ResyncException | MongoException e) {
            context.audit().add("ALARM", run.id(), null, "could not be swept: " + e.getMessage());
            return 0;
        }
    }
}

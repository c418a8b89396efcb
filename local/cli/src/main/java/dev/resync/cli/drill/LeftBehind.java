package dev.resync.cli.drill;

import com.mongodb.client.MongoDatabase;
import dev.resync.error.ResyncException;
import dev.resync.run.AuditTrail;
import dev.resync.run.Run;
import dev.resync.run.RunCollection;
import dev.resync.run.RunState;
import dev.resync.snapshot.Snapshot;
import dev.resync.snapshot.SnapshotStore;
import dev.resync.snapshot.SnapshotTarget;
import dev.resync.store.MongoStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.bson.BsonDocument;

/** Looks for what a round left: locks, open runs and collections that nobody needs, and snapshots that are not what they say. */
final class LeftBehind {

    /** After so long no late function is waited for any more, and displaced views go, however far clocks are off. */
    private static final Duration LATE_CALLS = Duration.ofHours(2);

    private static final int ALARMS = 20;

    private final Ground ground;
    private final SnapshotStore snapshots;
    /** A round begins without the record of earlier runs, so that no later one sweeps what they left. */
    private final Set<String> foundBefore = new TreeSet<>();

    LeftBehind(Ground ground) {
        this.ground = ground;
        this.snapshots = new SnapshotStore(ground.store());
    }

    /** Lets the sweeper work once all functions must be gone, then looks; notes what should not be there. */
    void check(Checks checks) {
        ground.calm();
        LiveState before = ground.live();
        ground.pass(LATE_CALLS);
        ground.reconcile();
        checks.require("what comes after the end changes nothing", before.equals(ground.live()));
        List<BsonDocument> held = control()
                .getCollection("locks", BsonDocument.class)
                .find(BsonDocument.parse("{holder: {$ne: null}}"))
                .into(new ArrayList<>());
        checks.require("no lock is held: " + held, held.isEmpty());
        List<Run> runs = ground.platform().context().runs().all();
        Set<String> open = runs.stream()
                .filter(run -> run.state() != RunState.CLOSED)
                .map(Run::id)
                .collect(Collectors.toCollection(TreeSet::new));
        checks.require("no run is open: " + open, open.isEmpty());
        snapshotsAreProven(checks);
        Set<String> strays = strays(runs);
        strays.removeAll(foundBefore);
        foundBefore.addAll(strays);
        checks.require("nothing is left but snapshots: " + strays + "; alarms: " + alarms(), strays.isEmpty());
    }

    private List<String> alarms() {
        return ground.platform().context().audit().latest(null, "ALARM", ALARMS).stream()
                .map(AuditTrail.Entry::detail)
                .toList();
    }

    private void snapshotsAreProven(Checks checks) {
        SnapshotStore.Manifests manifests = snapshots.manifests();
        checks.require(
                "all manifests can be read: " + manifests.unreadable(),
                manifests.unreadable().isEmpty());
        for (Snapshot snapshot : manifests.readable()) {
            try {
                snapshots.requireProven(snapshot.id());
            } catch (ResyncException damaged) {
                checks.require("snapshot " + snapshot.id() + " is what was sealed: " + damaged.getMessage(), false);
            }
        }
    }

    /** A manifest owns its collections only where its run is on record. */
    private Set<String> strays(List<Run> runs) {
        Set<String> left = new TreeSet<>();
        for (String database : List.of(MongoStore.CONTROL_DATABASE, Rehearsed.DATABASE)) {
            for (String name : ground.store().collectionNames(database, RunCollection.prefixOfAll())) {
                left.add(database + "." + name);
            }
        }
        Set<String> known = runs.stream().map(Run::id).collect(Collectors.toSet());
        snapshots.all().stream()
                .filter(snapshot -> known.contains(snapshot.run()))
                .flatMap(snapshot -> snapshot.targets().stream())
                .filter(target -> !target.isAbsent())
                .map(SnapshotTarget::collection)
                .forEach(left::remove);
        return left;
    }

    private MongoDatabase control() {
        return ground.direct().getDatabase(MongoStore.CONTROL_DATABASE);
    }
}

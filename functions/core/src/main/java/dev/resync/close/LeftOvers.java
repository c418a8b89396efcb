package dev.resync.close;

import com.mongodb.MongoNamespace;
import dev.resync.run.Run;
import dev.resync.run.RunCollection;
import dev.resync.run.RunTarget;
import dev.resync.stage.StageContext;
import dev.resync.store.MongoStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What a closed run leaves in the database beside its snapshots. */
final class LeftOvers {

    /**
     * How long after its end a closed run keeps the displaced names of collections that it dropped, or would have. A function
     * that was in flight when the run was closed could rename a later run's view to such a name once it is free. A Lambda
     * function lives at most 15 minutes; the rest is room for clocks that differ and for a command that a busy server holds
     * back.
     */
    static final Duration DISPLACED_KEPT = Duration.ofHours(1);

    private final StageContext context;

    LeftOvers(StageContext context) {
        this.context = context;
    }

    /**
     * Drops every collection of a run but its proven snapshots: what was moved away, what was left open, and strays that a
     * late function created. Displaced names stay taken for {@link #DISPLACED_KEPT}; the sweeper comes back for them.
     *
     * @param run closed
     */
    void drop(Run run) {
        boolean lateCallsGone =
                !context.clock().instant().isBefore(run.endedAt().plus(DISPLACED_KEPT));
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
                boolean mayGo = lateCallsGone || !RunCollection.isDisplaced(name);
                if (mayGo && !kept.contains(database + "." + name)) {
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

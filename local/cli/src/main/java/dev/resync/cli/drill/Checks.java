package dev.resync.cli.drill;

import com.fasterxml.jackson.databind.JsonNode;
import com.mongodb.client.MongoDatabase;
import dev.resync.chunk.SourceAccount;
import dev.resync.cli.reader.ReaderProbe;
import dev.resync.hash.ContentHash;
import dev.resync.run.Ending;
import dev.resync.run.ExecutionStatus;
import dev.resync.run.Run;
import dev.resync.run.RunCollection;
import dev.resync.run.RunState;
import dev.resync.snapshot.Snapshot;
import dev.resync.snapshot.SnapshotTarget;
import dev.resync.store.ControlJson;
import dev.resync.store.MongoStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.bson.BsonDocument;

/** Looks, past all faults, whether what must always hold still does. Used by one thread, one round at a time. */
final class Checks {

    private final Ground ground;
    private final List<String> violations = new ArrayList<>();
    private double longestWindow;

    Checks(Ground ground) {
        this.ground = ground;
    }

    /**
     * What the reader saw.
     *
     * @param reads complete reads
     * @param errors reads that failed, or saw something else than a view of this round
     */
    record Seen(long reads, long errors) {}

    /** Begins a round. */
    void begin() {
        violations.clear();
        longestWindow = 0;
    }

    List<String> violations() {
        return List.copyOf(violations);
    }

    double longestWindow() {
        return longestWindow;
    }

    /** Notes a violation where something does not hold. */
    void require(String what, boolean holds) {
        if (!holds) {
            violations.add(what);
        }
    }

    /**
     * Checks a run after all is quiet.
     *
     * @param before live before it
     * @param wanted what it means to publish
     */
    void ended(Run run, Map<String, ContentHash> before, Map<String, ContentHash> wanted) {
        String name = run.mode() + " run " + run.id();
        require(name + " is closed, not " + run.state() + " (" + run.error() + ")", run.state() == RunState.CLOSED);
        require(name + " has an ending and a receipt", run.ending() != null && run.receipt() != null);
        boolean published = run.ending() == Ending.CUT_OVER || (run.restoring() && run.ending() == Ending.RESTORED);
        Map<String, ContentHash> expected = published && !run.rollback() ? wanted : before;
        Map<String, ContentHash> found = ground.live().hashes();
        require(
                name + " ended " + run.ending() + ": live is " + described(found, before, wanted),
                expected.equals(found));
        require(
                name + " was stopped and must not end CUT_OVER",
                run.stopCause() != ExecutionStatus.ABORTED || run.ending() != Ending.CUT_OVER);
        snapshotHolds(run, before);
        if (run.receipt() != null) {
            receiptHolds(name, run);
        }
    }

    private void snapshotHolds(Run run, Map<String, ContentHash> before) {
        if (run.snapshot() == null || run.rollback()) {
            return;
        }
        Snapshot snapshot = ground.platform().context().snapshots().require(run.snapshot());
        Map<String, ContentHash> copied = new TreeMap<>();
        for (SnapshotTarget target : snapshot.targets()) {
            copied.put(target.name(), target.content());
        }
        require("snapshot " + snapshot.id() + " holds what live held", copied.equals(before));
    }

    private void receiptHolds(String name, Run run) {
        JsonNode receipt = run.receipt();
        require(
                name + " and its receipt agree on the ending",
                receipt.path("ending").asText().equals(String.valueOf(run.ending())));
        receipt.path("sources").properties().forEach(source -> {
            SourceAccount account = ControlJson.mapper().convertValue(source.getValue(), SourceAccount.class);
            boolean mapped = run.stages().containsKey("map-chunk");
            require(name + " accounts for all of source " + source.getKey(), !mapped || account.balanced());
        });
        longestWindow =
                Math.max(longestWindow, receipt.at("/cutOver/windowSeconds").asDouble());
    }

    /** Lets the sweeper work, then looks for locks and collections that nobody needs. */
    void nothingLeft() {
        ground.calm();
        Map<String, ContentHash> before = ground.live().hashes();
        ground.reconcile();
        require(
                "what comes after the end changes nothing",
                before.equals(ground.live().hashes()));
        List<BsonDocument> held = control()
                .getCollection("locks", BsonDocument.class)
                .find(BsonDocument.parse("{holder: {$ne: null}}"))
                .into(new ArrayList<>());
        require("no lock is held: " + held, held.isEmpty());
        long open = ground.platform().context().runs().all().stream()
                .filter(run -> run.state() != RunState.CLOSED)
                .count();
        require("no run is open", open == 0);
        Set<String> strays = strays();
        require("nothing is left but snapshots: " + strays, strays.isEmpty());
    }

    private Set<String> strays() {
        Set<String> left = new TreeSet<>();
        for (String database : List.of(MongoStore.CONTROL_DATABASE, ScratchData.DATABASE)) {
            for (String name : ground.direct().getDatabase(database).listCollectionNames()) {
                if (name.startsWith(RunCollection.prefixOfAll()) && !RunCollection.isDisplaced(name)) {
                    left.add(database + "." + name);
                }
            }
        }
        ground.platform().context().snapshots().all().forEach(snapshot -> snapshot.targets()
                .forEach(target -> left.remove(target.collection())));
        return left;
    }

    private MongoDatabase control() {
        return ground.direct().getDatabase(MongoStore.CONTROL_DATABASE);
    }

    /**
     * Returns what the reader saw in this round.
     *
     * @param states views that live may have had
     */
    Seen reader(Map<String, Map<String, ContentHash>> states) {
        ReaderProbe.Account account = ground.reader().take(states);
        account.errors().forEach(error -> violations.add("the reader failed: " + error));
        require("the reader saw views of this round only: " + account.views(), account.others() == 0);
        return new Seen(account.reads(), account.errors().size() + account.others());
    }

    private static String described(
            Map<String, ContentHash> found, Map<String, ContentHash> before, Map<String, ContentHash> wanted) {
        Map<String, String> views = new TreeMap<>();
        found.forEach((name, content) -> {
            String what = content.equals(before.get(name))
                    ? "before"
                    : content.equals(wanted.get(name)) ? "wanted" : "something else (" + content.documents() + ")";
            views.put(name, what);
        });
        return views.toString();
    }
}
